"""Let the roles have what came with drafts, pictures and templates of notes."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from apps.accounts import roles


def grant(apps: Any, schema_editor: Any) -> None:
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_roles"), ("notes", "0005_reading_template")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

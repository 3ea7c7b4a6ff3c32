"""Let the roles have what came with saved searches."""

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
    dependencies = [("accounts", "0003_harvest"), ("lists", "0004_saved_searches")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

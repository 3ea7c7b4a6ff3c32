"""Let the roles have what came with arXiv: its queries, its inbox, its jobs."""

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
    dependencies = [("accounts", "0002_writing"), ("harvest", "0002_records")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

"""Make the four roles as groups, once every model they speak of exists."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from apps.accounts import roles


def make_roles(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise only made after the last migration.
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0001_initial"),
        ("core", "0001_initial"),
        ("exchange", "0003_ignored_spelling"),
        ("lists", "0001_initial"),
        ("notes", "0001_initial"),
        ("papers", "0001_initial"),
        ("shares", "0001_initial"),
        ("vocabulary", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

"""The first vocabulary: venues, base LLMs, tuning types, roles, tags, organisations and arXiv's categories."""

from typing import Any

from django.db import migrations

from apps.vocabulary import loading


def load(apps: Any, schema_editor: Any) -> None:
    loading.load(apps, using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_initial")]

    # Backwards nothing needs to go: the tables themselves go with the migration before.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

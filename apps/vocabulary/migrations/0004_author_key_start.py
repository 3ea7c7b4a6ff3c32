"""Authors are offered by the beginning of their names: on PostgreSQL only an index of this kind answers that."""

from typing import Any

from django.db import migrations

NAME = "author_key_start"


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {NAME} ON vocabulary_author (key varchar_pattern_ops)")


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0003_words")]
    operations = [migrations.RunPython(add, remove)]

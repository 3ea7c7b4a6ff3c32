"""The template that every team begins with; it may be changed or deleted like any other."""

from typing import Any

from django.db import migrations

_HEADINGS = ("Problem", "Method", "Experiments", "Conclusion", "Questions")
_HEADINGS_ZH = ("解决的问题", "方法", "实验", "结论", "疑问")


def add(apps: Any, schema_editor: Any) -> None:
    values = {
        "name_zh": "论文阅读",
        "body": "\n\n".join(f"## {heading}\n" for heading in _HEADINGS),
        "body_zh": "\n\n".join(f"## {heading}\n" for heading in _HEADINGS_ZH),
    }
    # Not twice when somebody goes back and comes again.
    apps.get_model("notes", "NoteTemplate").objects.get_or_create(name="Reading a paper", defaults=values)


class Migration(migrations.Migration):
    dependencies = [("notes", "0004_writing")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

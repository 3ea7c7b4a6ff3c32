"""What was typed stays when its note goes: nothing changes in the database itself."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0007_papers_of_versions")]

    operations = [
        migrations.AlterField(
            model_name="draft",
            name="note",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="drafts",
                to="notes.note",
            ),
        ),
    ]

from django.db import migrations


def settle(apps, schema_editor):
    """Nobody will ever be asked for the metadata of papers without an arXiv id."""
    paper = apps.get_model("papers", "Paper")
    paper.objects.filter(metadata="pending", arxiv_id__isnull=True).update(metadata="")


class Migration(migrations.Migration):
    dependencies = [("papers", "0007_other_titles")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop, elidable=True)]

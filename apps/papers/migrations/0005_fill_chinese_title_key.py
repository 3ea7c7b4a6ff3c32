from django.db import migrations

from apps.papers.titles import title_key

AT_ONCE = 1000


def fill(apps, schema_editor):
    """Every Chinese title that is there already gets its key."""
    model = apps.get_model("papers", "Paper")
    papers = model.objects.exclude(title_zh="").only("title_zh").order_by("pk")
    last = 0
    while found := list(papers.filter(pk__gt=last)[:AT_ONCE]):
        for paper in found:
            paper.title_zh_key = title_key(paper.title_zh)[:200]
        model.objects.bulk_update(found, ["title_zh_key"], batch_size=200)
        last = found[-1].pk


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_chinese_title_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_words")]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="title_zh_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=200),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="classification",
            name="by_hand",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
    ]

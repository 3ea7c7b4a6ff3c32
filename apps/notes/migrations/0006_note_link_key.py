from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0005_reading_template")]

    operations = [
        migrations.AddField(
            model_name="notelink",
            name="key",
            field=models.CharField(db_index=True, default="", max_length=200),
        ),
    ]

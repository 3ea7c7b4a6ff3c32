import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vocabulary', '0002_first_vocabulary'),
    ]

    operations = [
        migrations.AlterField(
            model_name='alias',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.author', verbose_name='author'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='llm',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.basellm', verbose_name='base LLM'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.organisation', verbose_name='organisation'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.llmrole', verbose_name='role of the LLM'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='tag',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.tag', verbose_name='tag'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='tuning',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.tuningtype', verbose_name='tuning type'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='vocabulary.venue', verbose_name='venue'),
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0002_row_by_hand'),
        ('vocabulary', '0003_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='authorship',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorships', to='vocabulary.author', verbose_name='author'),
        ),
        migrations.AlterField(
            model_name='categorytable',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tables', to='papers.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='classification',
            name='line',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='line'),
        ),
        migrations.AlterField(
            model_name='classification',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rows', to='papers.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='merge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='papers.paper', verbose_name='record that stays'),
        ),
        migrations.AlterField(
            model_name='merge',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AlterField(
            model_name='paperlink',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='papername',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='review',
            name='at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='when'),
        ),
        migrations.AlterField(
            model_name='review',
            name='decided_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='decided at'),
        ),
        migrations.AlterField(
            model_name='review',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AlterField(
            model_name='review',
            name='detail',
            field=models.JSONField(blank=True, default=dict, verbose_name='details'),
        ),
        migrations.AlterField(
            model_name='review',
            name='other',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews_as_other', to='papers.paper', verbose_name='the other paper'),
        ),
        migrations.AlterField(
            model_name='review',
            name='outcome',
            field=models.JSONField(blank=True, default=dict, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='review',
            name='paper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='papers.paper', verbose_name='paper'),
        ),
        migrations.AlterField(
            model_name='review',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='papers.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='rowllm',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='section',
            name='table',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='papers.categorytable', verbose_name='category table'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='papers.paper', verbose_name='paper'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='papers.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='weight',
            field=models.SmallIntegerField(default=0, help_text="How directly the document says it: a row's own field over a note's heading.", verbose_name='weight'),
        ),
    ]

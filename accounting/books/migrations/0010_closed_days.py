import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('books', '0009_settlement_replaced'),
        ('company', '0004_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('marked_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'stengt dag',
                'verbose_name_plural': 'stengte dager',
            },
        ),
        migrations.AddIndex(
            model_name='zreport',
            index=models.Index(fields=['company', 'at_utc'], name='z_report_by_time'),
        ),
        migrations.AddField(
            model_name='closedday',
            name='company',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_days', to='company.company'),
        ),
        migrations.AddField(
            model_name='closedday',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='company.department'),
        ),
        migrations.AddField(
            model_name='closedday',
            name='marked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='closedday',
            index=models.Index(fields=['company', 'day'], name='closed_day_of_company'),
        ),
        migrations.AddConstraint(
            model_name='closedday',
            constraint=models.UniqueConstraint(condition=models.Q(('department__isnull', False)), fields=('department', 'day'), name='closed_day_once_per_department'),
        ),
        migrations.AddConstraint(
            model_name='closedday',
            constraint=models.UniqueConstraint(condition=models.Q(('department__isnull', True)), fields=('company', 'day'), name='closed_day_once_per_company'),
        ),
    ]

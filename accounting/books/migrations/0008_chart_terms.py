import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('books', '0007_z_figures'),
        ('company', '0004_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChartTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locked_through', models.DateField(null=True)),
                ('begins', models.DateField(null=True)),
                ('vat_registered', models.BooleanField(default=True)),
                ('company', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chart_terms', to='company.company')),
            ],
            options={
                'verbose_name': 'regnskapets grenser',
                'verbose_name_plural': 'regnskapenes grenser',
            },
        ),
    ]

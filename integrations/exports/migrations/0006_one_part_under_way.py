from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0005_running"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="export",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["BLOCKED", "HELD", "READY", "SENDING", "UNCERTAIN"])
                ),
                fields=("company", "provider", "document"),
                name="export_one_part_under_way",
            ),
        ),
    ]

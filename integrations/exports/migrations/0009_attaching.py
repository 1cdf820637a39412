from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0008_attempt_journal")]

    operations = [
        migrations.AddField(
            "export",
            "attached_to",
            models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField("export", "attach_at", models.DateTimeField(null=True)),
        migrations.AddField("export", "attach_tries", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField(
            "attempt",
            "purpose",
            models.CharField(
                choices=[
                    ("send", "send"),
                    ("look", "look"),
                    ("withdraw", "withdraw"),
                    ("attach", "attach"),
                ],
                max_length=8,
            ),
        ),
    ]

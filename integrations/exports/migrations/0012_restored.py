from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0011_past_indexed")]

    operations = [
        migrations.AddField("connection", "restored_at", models.DateTimeField(null=True)),
    ]

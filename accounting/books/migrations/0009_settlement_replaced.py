from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0008_chart_terms"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="settlement",
            index=models.Index(
                condition=models.Q(("current", False)),
                fields=["company"],
                name="settlement_replaced",
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0009_settlement_replaced"),
        ("exports", "0007_telling"),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="snapshot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="books.journalsnapshot",
            ),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(
                condition=models.Q(("issues", []), _negated=True),
                fields=["company"],
                name="export_told",
            ),
        ),
    ]

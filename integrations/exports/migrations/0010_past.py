from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery

from accounting.books.domain.stored import journal_from

CHUNK = 500


def fill(apps, schema_editor):
    """What the columns say of the exports there are: their day, their arrival, the VAT of what was built."""
    Export = apps.get_model("exports", "Export")
    Settlement = apps.get_model("books", "Settlement")
    Attempt = apps.get_model("exports", "Attempt")
    days = Settlement.objects.filter(pk=OuterRef("settlement")).values("business_date")
    found = Attempt.objects.filter(
        export=OuterRef("pk"), revision=OuterRef("revision"), outcome__in=["Sent", "Found"]
    )
    latest = found.order_by().values("export").annotate(at=Max("finished_at")).values("at")
    Export.objects.update(voucher_date=Subquery(days))
    Export.objects.exclude(remote_id=None).update(arrived_at=Subquery(latest))
    built = Export.objects.exclude(snapshot=None).select_related("snapshot").order_by("pk")
    part = list(built[:CHUNK])
    while part:
        for export in part:
            export.vat = journal_from(export.snapshot.content).vat
        Export.objects.bulk_update(part, ["vat"])
        part = list(built.filter(pk__gt=part[-1].pk)[:CHUNK])


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0009_settlement_replaced"),
        ("exports", "0009_attaching"),
    ]

    operations = [
        migrations.AddField("export", "arrived_at", models.DateTimeField(null=True)),
        migrations.AddField("export", "vat", models.BigIntegerField(default=0)),
        migrations.AddField("export", "voucher_date", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

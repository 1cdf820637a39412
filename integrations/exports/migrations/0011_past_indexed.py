from django.db import migrations, models
from django.db.models import Q


def index(name, *fields, **more):
    """One index on exports."""
    return migrations.AddIndex("export", models.Index(name=name, fields=[*fields], **more))


class Migration(migrations.Migration):
    """Apart from the rows it stands on: PostgreSQL alters no table whose triggers still wait."""

    dependencies = [("exports", "0010_past")]

    operations = [
        migrations.AlterField("export", "voucher_date", models.DateField()),
        index("export_by_day", "company", "voucher_date", "id"),
        index("export_by_state", "company", "state", "voucher_date", "id"),
        index("export_by_arrival", "company", "arrived_at", "id"),
        index("export_by_sum", "company", "debit", "id"),
        index("export_by_mark", "company", "mark"),
        index("export_by_voucher", "company", "voucher_no", condition=~Q(voucher_no="")),
    ]

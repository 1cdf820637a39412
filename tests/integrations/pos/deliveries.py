"""Deliveries for the tests of the way in, and what is published of them afterwards."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction

from accounting.company.models import Company
from integrations.pos import summary
from integrations.pos.generator import Plan
from integrations.pos.intake import Report, take_in
from tests.build import ORG_NO

TWO_TILLS = (("Sentrum", "1"), ("Sentrum", "2"))
# Over the night when summer time ends; two tills that see everything the generator knows of.
SMALL = Plan(ORG_NO, "Fjord & Fjell AS", date(2026, 10, 22), 4, TWO_TILLS, 25, 7)
# What a property looks at many times over: four Z reports, some thirty receipts.
TINY = Plan(ORG_NO, "Fjord & Fjell AS", date(2026, 10, 23), 4, (("Sentrum", "1"),), 7, 3)

Json = dict[str, Any]


def take(company: Company, data: bytes) -> Report:
    """Deliver a file."""
    return take_in(company, io.BytesIO(data))


def told(company: Company) -> list[Json]:
    """Every current settlement as the oracle tells it, in its order; warnings it knows nothing of."""
    registers = list(company.registers.all())
    ids = [register.till_id for register in registers]
    names = {
        r.pk: r.till_id if ids.count(r.till_id) == 1 else f"{r.location}/{r.till_id}"
        for r in registers
    }
    rows = [
        summary._settlement(names[s.register_id], s.as_day())
        for s in company.settlements.filter(current=True)
    ]
    for row in rows:
        row["findings"] = [found for found in row["findings"] if found["severity"] == "blocked"]
    return sorted(rows, key=lambda row: (row["register"], int(row["z_number"])))


def digests(company: Company) -> dict[tuple[int, str], str]:
    """The content of every current settlement as its hash."""
    rows = company.settlements.filter(current=True)
    return {(s.register_id, s.z_number): s.digest for s in rows}


def nothing_wrong_is_published(company: Company, oracle: Json) -> None:
    """What is not stopped has the oracle's money; what is missing or stopped waits."""
    right = {(row["register"], row["z_number"]): _money(row) for row in oracle["settlements"]}
    for row in told(company):
        if not any(finding["severity"] == "blocked" for finding in row["findings"]):
            assert _money(row) == right[row["register"], row["z_number"]]


def _money(row: Mapping[str, Any]) -> Json:
    """What a delivery's evidence answers for.

    Moved cash leaves no receipt event, so one that is still missing at the edge of a part is made up for
    by the next revision; a part is never smaller than a Z period (saft.md 1.11).
    """
    aside = {"transactions", "findings", "business_date", "other"}
    return {name: value for name, value in row.items() if name not in aside}


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is rolled back: one example of a property leaves the next alone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_of_every_table() -> dict[str, int]:
    """How many rows each table of ours has."""
    models = [m for m in apps.get_models() if m._meta.managed]
    return {m._meta.label: m._base_manager.count() for m in models}

"""The till's own files for a storm, and what each settlement must come to over there.

What is expected is read from the generator's oracle and the suggested accounts written out here, never
through the code that is tried. Amounts are whole øre, debit +.
"""

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stdnum.no import orgnr

from integrations.pos.generator import Plan, write

# Standard payment type → the account that Kontooppsett suggests for it.
PAID_TO = {"12001": "1900", "12002": "1901", "12003": "1902", "12011": "1903"}
ROUNDING = "7740"
WATCHED = frozenset((*PAID_TO.values(), ROUNDING))
RECEIPTS = 4


@dataclass(frozen=True, order=True, slots=True)
class Booked:
    """One settlement as it must lie over there: whose, which day and Z, and the money by account."""

    org_no: str
    day: str
    z_number: str
    money: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One company's file."""

    org_no: str
    file: Path
    first: date


def write_all(folder: Path, settlements: int, seed: int, last: date) -> list[Source]:
    """Write files of so many settlements or some more, over companies and tills, up to `last`."""
    companies = min(20, max(4, settlements // 100))
    tills = min(5, max(2, settlements // (companies * 20)))
    days = settlements // (companies * tills) + 2
    first = last - timedelta(days=days - 1)
    numbers = _org_numbers()
    return [
        _write(folder, next(numbers), first, days, tills, seed + company)
        for company in range(companies)
    ]


def _write(folder: Path, org_no: str, first: date, days: int, tills: int, seed: int) -> Source:
    plan = Plan(
        org_no=org_no,
        name=f"Butikk {org_no}",
        start=first,
        days=days,
        tills=tuple(("Sentrum", str(till + 1)) for till in range(tills)),
        receipts=RECEIPTS,
        seed=seed,
        kinds="basic",
        tips="none",
        currency="nok",
    )
    oracle: dict[str, Any] = {}
    out = io.BytesIO()
    write(plan, out, oracle)
    file = folder / f"{org_no}.xml"
    file.write_bytes(out.getvalue())
    file.with_suffix(".json").write_text(json.dumps(oracle))
    return Source(org_no, file, first)


def expected(sources: Sequence[Source]) -> Counter[Booked]:
    """Count what must lie over there once all is sent: every Z that moved money."""
    found: Counter[Booked] = Counter()
    for source in sources:
        oracle = json.loads(source.file.with_suffix(".json").read_text())
        for row in oracle["settlements"]:
            if row["payments"]:
                day, z_number = row["business_date"], row["z_number"]
                found[Booked(source.org_no, day, z_number, _money(row))] += 1
    return found


def _money(row: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    money: Counter[str] = Counter()
    for payment in row["payments"]:
        account = PAID_TO.get(payment["predefined_type"])
        if account:
            money[account] += ore(payment["amount"])
    money[ROUNDING] -= ore(row["rounding"])
    return amounts(money)


def amounts(money: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The watched accounts that money moved on, in order."""
    return tuple(sorted((a, n) for a, n in money.items() if n and a in WATCHED))


def ore(kroner: str) -> int:
    """Øre of a text like "-12.50"."""
    return int(kroner.replace(".", ""))


def _org_numbers() -> Iterator[str]:
    return filter(orgnr.is_valid, map(str, range(910_000_000, 1_000_000_000)))

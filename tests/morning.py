"""Five o'clock with many companies: who is due, the ticks until everything is over there, what it took."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from accounting import clock
from accounting.books import records as books
from accounting.books.models import ChartAccount, ChartDepartment, ChartTerms, ChartVatCode
from accounting.books.suggestions import SUGGESTED
from accounting.company.models import Company
from integrations.exports import records as exports
from integrations.exports import tasks
from integrations.exports.models import Connection, Export
from integrations.poweroffice.connect import PROVIDER, fetch_chart
from integrations.poweroffice.models import SharedToken
from tests import build
from tests.sandbox import Sandbox

SALES = {"cash": "295.00", "sales": {"31": "115.00", "3": "180.00"}}
SUBSCRIPTION = "one-subscription"


def _org_nos() -> Iterator[str]:
    """Organisation numbers with a right check digit."""
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    for start in range(81_000_000, 99_000_000):
        digits = [int(digit) for digit in str(start)]
        check = (11 - sum(w * d for w, d in zip(weights, digits, strict=True)) % 11) % 11
        if check < 10:
            yield f"{start}{check}"


def many_companies(count: int, largest: int) -> list[Company]:
    """So many, each due at the next 05:00 with one day sold; the first has `largest` tills instead.

    Their chart is the sandbox's: fetched once, and copied for the others.
    """
    made: list[Company] = []
    for number, org_no in enumerate(islice(_org_nos(), count)):
        company = build.a_company(org_no, f"Selskap {number}")
        books.save_setup(company, None, SUGGESTED)
        tested = exports.Tested(
            provider=PROVIDER,
            environment="sandbox",
            keys={
                "application": "an-application",
                "client": f"client-{number}",
                "subscription": SUBSCRIPTION,
            },
            shown_key="client",
            client_id=f"client-of-{number}",
            client_name=company.name,
        )
        connection = exports.save_connection(company, tested)
        exports.set_export_start(company, PROVIDER, build.DAY)
        if number:
            _copy_chart(made[0], company)
        else:
            fetch_chart(connection)
        for till in range(largest if number == 0 else 1):
            build.a_settlement(company, register=str(till + 1), **SALES)
        made.append(company)
    return made


def _copy_chart(whose: Company, company: Company) -> None:
    for table in (ChartAccount, ChartVatCode, ChartDepartment, ChartTerms):
        rows = list(table.objects.filter(company=whose))
        for row in rows:
            row.pk, row.company = None, company
        table.objects.bulk_create(rows)


@dataclass(frozen=True)
class Morning:
    """What the run took, in seconds of the wall and of this process's work; calls by route and answer."""

    seconds: float
    cpu: float
    calls: list[dict[str, Any]]
    drafts: list[dict[str, Any]]
    most_a_second: int

    @property
    def count(self) -> int:
        return sum(call["count"] for call in self.calls)

    @property
    def answers(self) -> set[int]:
        return {call["status"] for call in self.calls}

    def of(self, call: str) -> int:
        return sum(c["count"] for c in self.calls if f"{c['method']} {c['path']}" == call)


def five_oclock(sandbox: Sandbox, settings: Any, limit: int, theirs: int | None = None) -> Morning:
    """Tick until every draft is over there, read back and documented; the tokens of the night are gone.

    `limit` is our pace, `theirs` the sandbox's limit where a busy machine shall have room.
    """
    SharedToken.objects.all().delete()
    Connection.objects.update(prechecked_at=clock.now() + timedelta(days=2), swept_at=clock.now())
    settings.EXPORT_READ_BACK_S = 0
    settings.EXPORT_CALLS_PER_SECOND = limit
    before = sandbox.state()
    sandbox.seed({"limit": limit if theirs is None else theirs})
    begun, worked = time.monotonic(), time.process_time()
    while True:
        tasks.tick()
        if not _unfinished():
            break
        assert time.monotonic() - begun < 1200, "it does not end"
    seconds, cpu = time.monotonic() - begun, time.process_time() - worked
    after = sandbox.state()
    return Morning(
        seconds,
        cpu,
        _less(after["calls"], before["calls"]),
        after["drafts"],
        after["max_calls_per_second"],
    )


def _unfinished() -> bool:
    """Whether anything is still to be sent, read back or given its document."""
    rows = Export.objects.all()
    return rows.exclude(state="SENT", read_at__isnull=False, attached_to__gt="").exists()


def _less(after: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    earlier = {(c["method"], c["path"], c["status"]): c["count"] for c in before}
    left = [
        c | {"count": c["count"] - earlier.get((c["method"], c["path"], c["status"]), 0)}
        for c in after
    ]
    return [c for c in left if c["count"]]


def first_of_each_before_second_of_any(morning: Morning) -> bool:
    """Whether every company's first draft was made before anybody's second, but for those in flight."""
    made = [draft["client_id"] for draft in morning.drafts]
    firsts: set[str] = set()
    for place, client in enumerate(made):
        if client in firsts:
            return place >= len(set(made)) - 4
        firsts.add(client)
    return True

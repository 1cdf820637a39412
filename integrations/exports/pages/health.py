"""Every company's health in one row each, whatever their number in the same few queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q

from accounting.company.models import Company
from integrations.exports.models import Attempt, Connection, Export, ExportStart
from integrations.exports.pages.headline import Around, Kind, kind_of
from integrations.exports.schedule import Frequency, last_slot
from integrations.exports.states import ARRIVED, STOPPED, Sent, State

_NOT_WAITED_FOR = (*ARRIVED, State.LEFT_OUT, State.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Health:
    """One company: `kind` is what its own front page says; no key, nor any part of one, is in here.

    `sent` counts what was transferred since the latest 05.00; `oldest_unsent` is a business date.
    """

    company: Company
    kind: Kind
    client_name: str
    paused: bool
    start: date | None
    stopped: int
    uncertain: int
    waiting: int
    oldest_unsent: date | None
    sent: int

    @property
    def connected(self) -> bool:
        """Say whether keys that were seen to open the far side are kept."""
        return bool(self.client_name)


def health_of(companies: Iterable[Company], now: datetime) -> list[Health]:
    """Give the health of these companies, in their order."""
    asked = list(companies)
    chosen = Q(company__in=asked)
    # The keys themselves are never read here: what is shown to SuperAdmin starts from these columns.
    connections = {
        company: (name, paused)
        for company, name, paused in Connection.objects.filter(chosen).values_list(
            "company", "client_name", "paused"
        )
    }
    starts = dict(ExportStart.objects.filter(chosen).values_list("company", "day"))
    counted, oldest = _exports(chosen)
    sent = _sent_since(last_slot(Frequency.DAILY, now), asked)
    return [
        _health(
            company,
            *connections.get(company.pk, ("", False)),
            starts.get(company.pk),
            counted[company.pk],
            oldest.get(company.pk),
            sent.get(company.pk, 0),
        )
        for company in asked
    ]


def gravest_first(rows: Iterable[Health]) -> list[Health]:
    """Put what a person must mend on top, then what is in doubt; the rest keeps its order."""
    return sorted(rows, key=lambda row: (not row.stopped, not row.uncertain))


def _health(  # noqa: PLR0913  # one column each
    company: Company,
    client_name: str,
    paused: bool,  # noqa: FBT001  # a column
    start: date | None,
    counted: Counter[str],
    oldest: date | None,
    sent: int,
) -> Health:
    on = bool(client_name) and company.accounting_enabled
    kind, _number = kind_of(counted, Around(on, start is not None, paused))
    return Health(
        company=company,
        kind=kind,
        client_name=client_name,
        paused=paused,
        start=start,
        stopped=sum(counted[state] for state in STOPPED),
        uncertain=counted[State.UNCERTAIN],
        waiting=counted[State.READY] + counted[State.SENDING],
        oldest_unsent=oldest,
        sent=sent,
    )


def _exports(chosen: Q) -> tuple[dict[int, Counter[str]], dict[int, date]]:
    """Count each company's exports by state, and find the oldest day that is not over there."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    oldest: dict[int, date] = {}
    rows = (
        Export.objects.filter(chosen)
        .order_by()
        .values_list("company", "state")
        .annotate(Count("pk"), Min("settlement__business_date"))
    )
    for company, state, number, day in rows:
        counted[company][state] = number
        if state not in _NOT_WAITED_FOR:
            oldest[company] = min(day, oldest.get(company, day))
    return counted, oldest


def _sent_since(moment: datetime, companies: list[Company]) -> dict[int, int]:
    sends = Attempt.objects.filter(
        export__company__in=companies, outcome=Sent.__name__, finished_at__gte=moment
    )
    return dict(sends.order_by().values_list("export__company").annotate(Count("pk")))

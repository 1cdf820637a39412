"""What a company's tills should have delivered and did not: days, and Z reports between others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from accounting.books.domain.absence import PATTERN, Closing, Gap, gaps, likeliest, missing_days
from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.models import ClosedDay, Settlement, ZReport
from accounting.clock import OSLO
from accounting.company.models import Company
from integrations.exports.pages.days import Unit, units
from integrations.exports.queries import export_start_of

SPAN = timedelta(weeks=6)  # how far back the overview and Status ask
_BEFORE = timedelta(weeks=2)  # a gap at the first day is seen from the Z report before it
Place = tuple[int | None, date]


@dataclass(frozen=True, slots=True)
class Absent:
    """A day that nothing came on, or a Z report that is not here; `gap` is None for a whole day."""

    unit: Unit
    day: date
    gap: Gap | None = None
    till: str = ""

    @property
    def issue(self) -> Issue:
        """Give what a person should do about it; the link leads to the day in the calendar."""
        fix = Fix(Page.CALENDAR, (("dag", self.day.isoformat()), ("avdeling", self.unit.key)))
        department = ("department", self.unit.name)
        if self.gap is None:
            return Issue("day-missing", self.day.isoformat(), (department,), fix)
        facts = (
            department,
            ("till", self.till),
            ("before", self.gap.before.number),
            ("after", self.gap.after.number),
            ("day", self.day.isoformat()),
        )
        return Issue("z-missing", self.gap.numbers, facts, fix)


@dataclass(frozen=True, slots=True)
class Absences:
    """What is known of a span of days: who was closed, what never came, and what is still to come.

    Nothing is missed before its business day has ended. `waiting` has the number of a Z report whose
    receipts are not all here.
    """

    units: tuple[Unit, ...]
    closed: Mapping[Place, ClosedDay]
    absent: Mapping[Place, tuple[Absent, ...]]
    expected: frozenset[Place]
    waiting: Mapping[Place, str]


@dataclass(slots=True)
class _Till:
    """One till's Z reports in the order in which they were made."""

    till_id: str
    department: int | None
    closings: list[Closing] = field(default_factory=list)
    waiting: list[Closing] = field(default_factory=list)


def last_over(company: Company, now: datetime) -> date:
    """Give the last business day that has ended: the next one has begun (DESIGN.md 4)."""
    return _business_day(company, now) - timedelta(days=1)


def whats_missing(company: Company, now: datetime) -> tuple[Absent, ...]:
    """Give what is missed of the last six weeks, the latest day first."""
    over = last_over(company, now)
    found = absences(company, over - SPAN, over, now).absent
    latest_first = sorted(found, key=lambda place: place[1], reverse=True)
    return tuple(each for place in latest_first for each in found[place])


def absences(company: Company, first: date, last: date, now: datetime) -> Absences:
    """Find what should have come between two days and did not; nothing before the export-from date."""
    over, known = last_over(company, now), first - PATTERN
    opened = _opened(company, known, last)
    closed = {(row.department_id, row.day): row for row in _closed(company, known, last)}
    shown = units(company, {key for key, days in opened.items() if max(days) >= first}, last)
    tills = _tills(company, first - _BEFORE, last)
    waiting = {(till.department, z.day): z.number for till in tills for z in till.waiting}
    start = export_start_of(company)
    begins = max(first, start.day) if start else first
    expected = {
        place for place in _expected(shown, known, opened, closed.keys()) if place[1] >= begins
    }
    absent: dict[Place, list[Absent]] = defaultdict(list)
    for found in _gaps(tills, shown, expected, opened):
        place = (found.unit.department, found.day)
        if begins <= found.day <= last and place not in closed:
            absent[place].append(found)
    for unit in shown:
        for place in expected - absent.keys() - waiting.keys():
            if place[0] == unit.department and place[1] <= over:
                absent[place].append(Absent(unit, place[1]))
    return Absences(
        shown,
        closed,
        {place: tuple(found) for place, found in absent.items()},
        frozenset(place for place in expected if over < place[1] <= over + timedelta(days=1)),
        waiting,
    )


def _expected(
    shown: tuple[Unit, ...],
    known: date,
    opened: Mapping[int | None, set[date]],
    closed: Iterable[Place],
) -> Iterator[Place]:
    """Give the days of each department that were expected, and neither came nor were closed."""
    for unit in shown:
        days = frozenset(opened.get(unit.department, ()))
        shut = frozenset(day for key, day in closed if key == unit.department)
        for day in missing_days(known, unit.last, days, shut):
            yield unit.department, day


def _gaps(
    tills: list[_Till],
    shown: tuple[Unit, ...],
    expected: set[Place],
    opened: Mapping[int | None, set[date]],
) -> Iterator[Absent]:
    """Give the numbers that each till skipped, each on the day that it is likeliest of."""
    by_key = {unit.department: unit for unit in shown}
    for till in tills:
        unit = by_key.get(till.department)
        if unit is None:
            continue
        missed = frozenset(day for key, day in expected if key == till.department)
        came = frozenset(opened.get(till.department, ()))
        for gap in gaps(till.closings):
            yield Absent(unit, likeliest(gap, missed, came), gap, till.till_id)


def _opened(company: Company, first: date, last: date) -> dict[int | None, set[date]]:
    opened: dict[int | None, set[date]] = defaultdict(set)
    rows = company.settlements.filter(current=True, business_date__range=(first, last))
    pairs = rows.order_by().values_list("register__department", "business_date").distinct()
    for department, day in pairs:
        opened[department].add(day)
    return dict(opened)


def _closed(company: Company, first: date, last: date) -> Iterator[ClosedDay]:
    rows = company.closed_days.filter(day__range=(first, last))
    yield from rows.select_related("department", "marked_by")


def _tills(company: Company, first: date, last: date) -> list[_Till]:
    """Read the Z reports of a span, with the business date of what was settled from each."""
    after = datetime.combine(first, company.opening_hour, tzinfo=OSLO)
    before = datetime.combine(last + timedelta(days=2), company.opening_hour, tzinfo=OSLO)
    settled = Settlement.objects.filter(
        register=OuterRef("register"), z_number=OuterRef("number"), current=True
    )
    rows = ZReport.objects.filter(company=company, in_use=True, at_utc__range=(after, before))
    values = (
        rows.annotate(day=Subquery(settled.values("business_date")[:1]))
        .order_by("at_utc", "pk")
        .values_list(
            "register", "register__till_id", "register__department", "number", "at_utc", "day"
        )
    )
    tills: dict[int, _Till] = {}
    for register, till_id, department, number, at_utc, day in values:
        till = tills.setdefault(register, _Till(till_id, department))
        closing = Closing(number, day or _business_day(company, at_utc))
        till.closings.append(closing)
        if day is None:
            till.waiting.append(closing)
    return list(tills.values())


def _business_day(company: Company, moment: datetime) -> date:
    hour = company.opening_hour
    local = moment.astimezone(OSLO).replace(tzinfo=None)
    return (local - timedelta(hours=hour.hour, minutes=hour.minute)).date()

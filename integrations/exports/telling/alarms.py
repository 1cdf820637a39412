"""What no export can tell: a till fallen silent, a Z that never came, drafts before a VAT deadline.

Looked for once an hour while people are awake; each is told once for as long as it stands.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounting.books.domain.absence import PATTERN
from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.models import ClosedDay, Settlement
from accounting.company.models import Company, Register
from accounting.company.roles import Role
from integrations.exports.models import Connection, Export, Recipient
from integrations.exports.pages.absent import whats_missing
from integrations.exports.schedule import OSLO
from integrations.exports.states import State
from integrations.exports.telling import letters, terms
from integrations.exports.telling.silence import silence

logger = logging.getLogger(__name__)

KIND = "alarm"
AWAKE = (time(6), time(20))  # Oslo
EVERY = timedelta(hours=1)
MOST = 50  # companies a tick, which has other work too
NOON = time(12)  # what a till delivers in parts has come by then
_Closed = dict[int | None, frozenset[date]]  # by department


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to be told once, under `key`; what only accountants can do is told to them alone."""

    key: str
    issue: Issue
    for_accountants: bool = False


def tell_all(now: datetime) -> None:
    """Look at every company that has recipients, an hour after the last time.

    A company that makes us fail is logged, and never keeps the others back.
    """
    if not AWAKE[0] <= now.astimezone(OSLO).time() < AWAKE[1]:
        return
    read = Exists(Recipient.objects.filter(company=OuterRef("company")))
    due = Q(watched_at=None) | Q(watched_at__lte=now - EVERY)
    rows = Connection.objects.filter(due, read, company__accounting_enabled=True)
    longest_ago = (F("watched_at").asc(nulls_first=True), "pk")
    for connection in rows.select_related("company").order_by(*longest_ago)[:MOST]:
        try:
            if tell(connection.company, now):
                Connection.objects.filter(pk=connection.pk).update(watched_at=now)
        except Exception:
            logger.exception("watching company %s failed on our side", connection.company_id)


def tell(company: Company, now: datetime) -> bool:
    """Tell the recipients what they do not know; False where a letter must be tried again."""
    found = list(alarms(company, now))
    letters.forget(company, KIND, [alarm.key for alarm in found])
    accountants = set(
        company.memberships.filter(role=Role.ACCOUNTANT).values_list("user", flat=True)
    )
    readers = list(letters.readers(company)) if found else []
    someone = accountants & {reader.user_id for reader in readers}
    all_went = True
    for reader in readers:
        known = letters.told(reader)
        mine = not someone or reader.user_id in accountants
        fresh = [a for a in found if a.key not in known and (mine or not a.for_accountants)]
        if not fresh:
            continue
        said = {"company": company, "issues": [alarm.issue for alarm in fresh]}
        if letters.send("alarm", said, reader):
            letters.remember(reader, [alarm.key for alarm in fresh], now)
        else:
            all_went = False
    return all_went


def alarms(company: Company, now: datetime) -> Iterator[Alarm]:
    """Give everything that stands at this moment, told or not; a fixed number of queries."""
    closed = _closed(company, now)
    tills = {till.pk: till for till in _tills(company)}
    yield from _silent(company, tills, closed, now)
    yield from _skipped(company, now)
    yield from _unposted(company, now)


def _tills(company: Company) -> QuerySet[Register]:
    """Give the tills in use: a department that is archived takes its tills with it."""
    return company.registers.filter(department__archived_at=None).select_related("department")


def _closed(company: Company, now: datetime) -> _Closed:
    days = defaultdict(set)
    since = (now - PATTERN).date()
    rows = ClosedDay.objects.filter(company=company, day__gte=since)
    for department, day in rows.values_list("department", "day"):
        days[department].add(day)
    return {department: frozenset(found) for department, found in days.items()}


def _silent(
    company: Company, tills: dict[int, Register], closed: _Closed, now: datetime
) -> Iterator[Alarm]:
    since = (now - PATTERN).date()
    rows = Settlement.objects.filter(company=company, current=True, business_date__gte=since)
    came: dict[int, dict[date, datetime]] = defaultdict(dict)
    for pk, day, at in rows.values_list("register", "business_date", "stored_at"):
        came[pk][day] = min(at, came[pk].get(day, at))
    for pk, till in tills.items():
        found = silence(
            came[pk], closed.get(till.department_id, frozenset()), company.opening_hour, now
        )
        if found:
            facts = (("last", found.last.isoformat()), ("missed", found.missed.isoformat()))
            issue = Issue("till-silent", _named(till), facts, _day(till, found.missed))
            yield Alarm(f"{KIND}:silent:{pk}:{found.last}", issue)


def _named(till: Register) -> str:
    return f"{till.till_id} ({till.department})" if till.department else till.till_id


def _day(till: Register, day: date) -> Fix:
    """Lead to the day in the calendar, where it is fetched or marked as closed."""
    department = str(till.department_id or "")
    return Fix(Page.CALENDAR, (("dag", day.isoformat()), ("avdeling", department)))


def _skipped(company: Company, now: datetime) -> Iterator[Alarm]:
    """Give the numbers that tills skipped, as the calendar finds them, from noon of the day after."""
    local = now.astimezone(OSLO)
    since = local.date() - timedelta(days=1 if local.time() >= NOON else 2)
    for absent in whats_missing(company, now):
        if absent.gap and absent.gap.after.day <= since:
            key = f"{KIND}:z:{absent.unit.key}:{absent.till}:{absent.gap.numbers}"
            yield Alarm(key, absent.issue)


def _unposted(company: Company, now: datetime) -> Iterator[Alarm]:
    term = terms.ending(now.astimezone(OSLO).date())
    if term is None:
        return
    drafts = Export.objects.filter(
        company=company,
        state=State.SENT,
        settlement__business_date__range=(term.first, term.last),
    ).count()
    if drafts:
        facts = tuple((name, getattr(term, name).isoformat()) for name in ("first", "last", "due"))
        issue = Issue("drafts-before-vat", str(drafts), facts, Fix(Page.STATUS))
        yield Alarm(f"{KIND}:vat:{term.first}", issue, for_accountants=True)

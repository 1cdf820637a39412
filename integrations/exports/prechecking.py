"""The look before the run: at 04:30 the chart is fetched, and people are told of what 05:00 will meet.

Every company that is due at the coming slot, once a slot, and a worker's own for as long as it takes.
Where the far side does not answer it is tried again until the slot; no run waits for it.
"""

import hashlib
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounting.books.domain.issues import Issue, to_json
from accounting.books.domain.journal import Journal
from accounting.books.row_checks import wrong_rows
from accounting.company.models import Company
from integrations.exports import build, standstill
from integrations.exports.builder import Builder
from integrations.exports.crew import share_out
from integrations.exports.models import Connection, ExportStart
from integrations.exports.provider import load_provider
from integrations.exports.schedule import OSLO, PRECHECK, Frequency, last_precheck
from integrations.exports.states import CannotLook
from integrations.exports.telling import letters

logger = logging.getLogger(__name__)

KIND = "night"
SECONDS = 50.0
OURS = timedelta(minutes=5)


def due(now: datetime, *, seconds: float = SECONDS) -> None:
    """Look at every company whose run comes within half an hour, until the time is up.

    A company that makes us fail is logged, and never keeps the others back.
    """
    begun = time.monotonic()

    def look(pk: int) -> None:
        try:
            _one(pk, now)
        except Exception:
            logger.exception("looking ahead for connection %s failed on our side", pk)

    waiting = [(pk, pk) for pk in _due(now).values_list("pk", flat=True)]
    share_out(waiting, look, lambda: time.monotonic() - begun >= seconds)


def _due(now: datetime) -> QuerySet[Connection]:
    """Give what was not looked at since the moment for it, and is nobody's at the moment."""
    waits = Q()
    for frequency in Frequency:
        waits |= Q(frequency=frequency, last__lt=last_precheck(frequency, now))
    free = Q(prechecking_until=None) | Q(prechecking_until__lte=now)
    start = ExportStart.objects.filter(company=OuterRef("company"), provider=OuterRef("provider"))
    rows = Connection.objects.alias(last=Coalesce("prechecked_at", "connected_at"))
    return rows.filter(
        waits, free, Exists(start), paused=False, company__accounting_enabled=True
    ).order_by("pk")


def _one(pk: int, now: datetime) -> None:
    if _due(now).filter(pk=pk).update(prechecking_until=now + OURS) != 1:
        return  # another worker has it
    connection = Connection.objects.select_related("company").get(pk=pk)
    found = load_provider(connection).check()
    slot = last_precheck(Frequency(connection.frequency), now) + PRECHECK
    if isinstance(found, CannotLook) and now < slot:
        return
    if not isinstance(found, CannotLook):
        standstill.learn(connection, found)
    issues = foreseen(connection, slot, now)
    if not _tell(connection.company, issues, now) and now < slot:
        return
    Connection.objects.filter(pk=pk).update(
        foreseen=[to_json(issue) for issue in issues], prechecked_at=now, prechecking_until=None
    )


def foreseen(connection: Connection, slot: datetime, now: datetime) -> tuple[Issue, ...]:
    """Say what the run at `slot` will meet: what stops every send, some settlement, or a row's money.

    Stopped by their own content alone, settlements tell that on their pages; here is what a person can
    mend before the run.
    """
    company = Company.objects.get(
        pk=connection.company_id
    )  # as it is now that the chart is fetched
    builder = Builder(company, connection.provider, now)
    issues = list(standstill.problems_of(connection))
    for settlement in build.coming(connection, slot):
        built = builder.built(settlement)
        if not isinstance(built, Journal):
            issues += (issue for issue in built if issue.fix)
    issues += wrong_rows(company, slot.astimezone(OSLO).date())
    return tuple(reversed(list(_once(issues))))


def _cause(issue: Issue) -> Issue:
    """Give what several issues have in common: a day that is locked is the same lock as the day after."""
    return replace(issue, subject="", facts=tuple(fact for fact in issue.facts if fact[0] != "day"))


def _once(issues: Iterable[Issue]) -> Iterable[Issue]:
    return {_cause(issue): issue for issue in reversed(list(issues))}.values()


def _tell(company: Company, issues: tuple[Issue, ...], now: datetime) -> bool:
    """Write to each recipient of what they do not know yet; False where a letter must be tried again."""
    keys = {f"{KIND}:{_digest(issue)}": issue for issue in issues}
    letters.forget(company, KIND, keys)
    all_went = True
    for reader in letters.readers(company) if keys else ():
        known = letters.told(reader)
        fresh = [issue for key, issue in keys.items() if key not in known]
        if not fresh:
            continue
        if letters.send("night", {"company": company, "issues": fresh}, reader):
            letters.remember(reader, keys, now)
        else:
            all_went = False
    return all_went


def _digest(issue: Issue) -> str:
    return hashlib.sha256(json.dumps(to_json(_cause(issue))).encode()).hexdigest()[:32]

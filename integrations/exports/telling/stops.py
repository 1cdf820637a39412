"""Who is told when something stops: one letter a run and reader, naming what, with the way to mend it.

A cause is told once for as long as it stands, however many settlements wait for it; what a person must
answer for one settlement alone is told for each. A letter may go twice when we die between sending and
writing that down, or two ticks meet; one that fails is tried again by the next tick.
"""

import hashlib
import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.company.models import Company
from integrations.exports import outbox
from integrations.exports.models import Export, ToldStop
from integrations.exports.queries import Cause, causes
from integrations.exports.states import ARRIVED, STOPPED, State
from integrations.exports.telling import letters

logger = logging.getLogger(__name__)

MOST_CAUSES = 10
KIND = "stop"
LATE = timedelta(hours=1)  # in doubt for so long, the far side does not answer
_ONE_BY_ONE = (State.HELD, State.REMOVED, State.UNCERTAIN, *ARRIVED)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one letter says: what has stopped since the last one, by what must be done."""

    company: Company
    causes: tuple[Cause, ...]

    @property
    def shown(self) -> tuple[Cause, ...]:
        """Give the causes that the letter names."""
        return self.causes[:MOST_CAUSES]

    @property
    def more(self) -> int:
        """Count the causes that the letter does not name."""
        return max(0, len(self.causes) - MOST_CAUSES)

    @property
    def stopped(self) -> int:
        """Count the settlements that the letter is about."""
        return len({export.pk for cause in self.causes for export in cause.exports})

    @property
    def not_there(self) -> bool:
        """Say whether all of them are known to be stopped, none of them over there or in doubt."""
        states = {export.state for cause in self.causes for export in cause.exports}
        return states == {State.BLOCKED}


def tell_all(now: datetime) -> None:
    """Tell the recipients of every company whose run is over what has stopped in it.

    A company that makes us fail is logged, and never keeps the others back.
    """
    sending = Export.objects.filter(state=State.SENDING)
    busy = {
        *sending.values_list("company", flat=True),
        *outbox.due(now).values_list("company", flat=True),
    }
    mended = ToldStop.objects.exclude(export__in=_standing(now))
    concerned = {
        *mended.values_list("export__company", flat=True),
        *_untold(now).exclude(company__in=busy).values_list("company", flat=True),
    }
    mended.delete()
    for company in Company.objects.filter(pk__in=concerned).order_by("pk"):
        try:
            tell(company, now)
        except Exception:
            logger.exception("telling about company %s failed on our side", company.pk)


def tell(company: Company, now: datetime) -> int:
    """Write to the company's recipients about stops that they do not know; give how many letters went.

    What could not be sent to somebody stays untold for them, and the next tick tries again.
    """
    readers = list(letters.readers(company))
    if not readers:
        return 0
    found = [*causes(company), *_late(company, now)]
    letters.forget(company, KIND, {key for cause in found for key in _keys(cause)})
    untold = set(_untold(now).filter(company=company).values_list("pk", flat=True))
    news = [cause for cause in found if untold & {export.pk for export in cause.exports}]
    if not news:
        return 0
    went, failed = 0, 0
    for reader in readers:
        known = letters.told(reader)
        fresh = tuple(_unknown(cause, known) for cause in news if _keys(cause) - known)
        if not fresh:
            continue
        notice = Notice(company, fresh)
        if letters.send("stopped", {"notice": notice, "company": company}, reader):
            letters.remember(reader, {key for cause in fresh for key in _keys(cause)}, now)
            went += 1
        else:
            failed += 1
    if not failed:
        rows = [ToldStop(export_id=pk, told_at=now) for pk in sorted(untold)]
        ToldStop.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["export"], update_fields=["told_at"]
        )
    return went


def _standing(now: datetime) -> QuerySet[Export]:
    late = Q(state=State.UNCERTAIN, doubted_at__lte=now - LATE)
    found = ~Q(issues=[]) & Q(state__in=[*STOPPED, *ARRIVED])
    return Export.objects.filter(found | late)


def _untold(now: datetime) -> QuerySet[Export]:
    """Give what stands and was never looked at, or has changed since: its cause may be another now."""
    return _standing(now).filter(Q(told=None) | Q(told__told_at__lt=F("changed_at")))


def _late(company: Company, now: datetime) -> list[Cause]:
    rows = _standing(now).filter(company=company, state=State.UNCERTAIN)
    rows = rows.select_related("settlement__register__department").order_by("pk")
    return [Cause(_unanswered(export), (export,)) for export in rows]


def _unanswered(export: Export) -> Issue:
    fix = Fix(Page.SETTLEMENT, (("settlement", str(export.settlement_id)),))
    return Issue("outcome-late", export.settlement.z_number, fix=fix)


def _keys(cause: Cause) -> set[str]:
    """Name what is told: the cause, or each settlement that needs an answer of its own."""
    return {_key(cause.issue, export) for export in cause.exports}


def _key(issue: Issue, export: Export) -> str:
    own = export.state in _ONE_BY_ONE or (issue.fix and issue.fix.page is Page.SETTLEMENT)
    if own:
        return f"{KIND}:{issue.code}:{export.pk}"
    text = json.dumps(to_json(issue), sort_keys=True)
    return f"{KIND}:{issue.code}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _unknown(cause: Cause, known: set[str]) -> Cause:
    """Give the cause with the settlements that the reader does not know of, and the way to the first."""
    fresh = tuple(export for export in cause.exports if _key(cause.issue, export) not in known)
    same = replace(cause.issue, fix=None)
    own = (issue for issue in fresh[0].found_issues if replace(issue, fix=None) == same)
    return replace(cause, exports=fresh, issue=next(own, cause.issue))

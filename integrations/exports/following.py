"""What became of the drafts that are over there: looked for in time, and written down.

A look writes nothing over there, so it needs no attempt; what it finds is a line of the log.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from accounting.books.domain.issues import to_json
from accounting.company import audit
from accounting.company.models import Company
from integrations.exports.crew import share_out
from integrations.exports.fates import Draft, Fate, Turn, after_fate
from integrations.exports.models import Attempt, Connection, Export
from integrations.exports.outbox import pace
from integrations.exports.provider import load_provider
from integrations.exports.states import ARRIVED, State

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Sent(TypedDict):
    sent_at: datetime


logger = logging.getLogger(__name__)

CHUNK = 500


def due(
    now: datetime, company: Company | None = None, *, also_early: bool = False
) -> Counter[State]:
    """Look at every draft whose time has come, a company at a time; `also_early`: at all of them.

    Gives how many were found posted, and how many removed.

    A company that makes us fail is logged, and never keeps the others back.
    """
    rows = _to_look_at(now, also_early=also_early)
    if company:
        rows = rows.filter(company=company)

    def look(whose: tuple[int, str]) -> Counter[State]:
        company_id, provider = whose
        mine = rows.filter(company=company_id, provider=provider)
        try:
            return _look(Connection.objects.get(company=company_id, provider=provider), mine, now)
        except Exception:
            logger.exception("looking at the drafts of company %s failed on our side", company_id)
            return Counter()

    whose = rows.values_list("company", "provider").distinct().order_by()
    found = share_out([(each, each) for each in whose], look)
    return sum((counted for _, counted in found), Counter())


def _to_look_at(now: datetime, *, also_early: bool) -> QuerySet[Export]:
    waiting = Q(state=State.SENT) | Q(state=State.POSTED, voucher_no="")
    rows = Export.objects.filter(waiting)
    return rows if also_early else rows.filter(Q(not_before=None) | Q(not_before__lte=now))


def _look(connection: Connection, rows: QuerySet[Export], now: datetime) -> Counter[State]:
    """Take a chunk of one company's drafts, ask, and write down; another tick finds them taken."""
    with transaction.atomic(durable=True):
        mine = rows.select_for_update().order_by("pk")
        taken = list(mine.values_list("pk", flat=True)[:CHUNK])
        Export.objects.filter(pk__in=taken).update(not_before=now + pace().lease)
    if not taken:
        return Counter()  # another tick was here between our look and now
    exports = list(_with_first_send(taken))
    drafts = [_draft(export) for export in exports]
    fates = load_provider(connection).read_back(drafts)
    return _write(connection.company, list(zip(drafts, fates, strict=True)), now)


def _with_first_send(taken: Sequence[int]) -> "QuerySet[WithAnnotations[Export, _Sent]]":
    ours = Q(attempts__purpose=Attempt.SEND, attempts__revision=F("revision"))
    rows = Export.objects.filter(pk__in=taken).select_related("snapshot")
    return rows.annotate(sent_at=Min("attempts__started_at", filter=ours))


def _draft(export: "WithAnnotations[Export, _Sent]") -> Draft:
    if export.snapshot is None or export.remote_id is None:
        raise AssertionError(f"export {export.pk} has arrived without a journal or an id")
    return Draft(
        export.remote_id,
        export.snapshot.as_journal(),
        export.mark,
        sent_at=export.sent_at,
        arrived_at=export.changed_at,
        read_at=export.read_at,
    )


def _write(company: Company, seen: Sequence[tuple[Draft, Fate]], now: datetime) -> Counter[State]:
    """Write down what was seen of drafts that are still what they were when we began to look."""
    by_id = {draft.remote_id: (draft, fate) for draft, fate in seen}
    with transaction.atomic(durable=True):
        rows = Export.objects.select_for_update().filter(
            company=company, remote_id__in=by_id, state__in=ARRIVED
        )
        exports = list(rows)
        notes: dict[State, list[tuple[str, object, object]]] = defaultdict(list)
        for export in exports:
            draft, fate = by_id[export.remote_id or ""]
            turn = after_fate(fate, draft, now, pace())
            if turn.state != export.state:
                before, after = {"state": export.state}, {"state": turn.state}
                numbered = after | {"voucher_no": turn.voucher_no} if turn.voucher_no else after
                notes[turn.state].append((export.document[:200], before, numbered))
            _turn(export, turn, now)
        Export.objects.bulk_update(exports, _TURNED)
        audit.note_all(company, "export-posted", notes[State.POSTED])
        audit.note_all(company, "export-removed", notes[State.REMOVED])
    return Counter({state: len(noted) for state, noted in notes.items()})


def _turn(export: Export, turn: Turn, now: datetime) -> None:
    if turn.state != export.state:
        export.changed_at = now
    export.state = turn.state
    if turn.state != State.SENT:
        export.withdraw_at = None
    export.not_before = turn.look_at
    export.voucher_no = turn.voucher_no or export.voucher_no
    if turn.issues is not None:
        export.issues = [to_json(issue) for issue in turn.issues]
    if turn.compared:
        export.read_at = now


_TURNED = ["state", "not_before", "voucher_no", "issues", "read_at", "withdraw_at", "changed_at"]

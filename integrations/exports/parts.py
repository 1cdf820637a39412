"""One document over there in several parts: itself, and the corrections of what was found out later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounting.books.domain.journal import Journal
from accounting.books.models import Settlement
from integrations.exports.fates import Kept
from integrations.exports.models import Attempt, Export
from integrations.exports.states import ARRIVED, UNDER_WAY, State

_UNSETTLED = UNDER_WAY | {State.REMOVED}


def parts_of(settlement: Settlement) -> list[Export]:
    """Give every part of a settlement's Z in order, whichever revision each was built from."""
    rows = Export.objects.filter(
        settlement__register=settlement.register_id, settlement__z_number=settlement.z_number
    )
    return list(rows.select_related("snapshot", "settlement").order_by("part"))


def speaking(parts: Sequence[Export]) -> Export | None:
    """Give the part that tells how a document stands: what is not settled, else the last that counts."""
    unsettled = [part for part in parts if part.state in _UNSETTLED]
    arrived = [part for part in parts if part.state in ARRIVED]
    last = unsettled or arrived or list(parts)
    return last[-1] if last else None


def stands(parts: Iterable[Export]) -> list[Export]:
    """Give the parts that lie over there, in order."""
    return [part for part in parts if part.state in ARRIVED]


def journals_of(parts: Iterable[Export]) -> tuple[Journal, ...]:
    """Give what the parts posted, as it was sent."""
    return tuple(part.snapshot.as_journal() for part in parts if part.snapshot)


def name_of(part: Export) -> str:
    """Say what people call a part that lies over there; never with the brackets of its mark."""
    return f"bilag {part.voucher_no}" if part.voucher_no else f"utkast {part.mark}"


def on_its_way(parts: Iterable[Export]) -> bool:
    """Say whether a part is approved and not settled: nothing else of the document may move."""
    return any(part.state in UNDER_WAY and not part.awaits_approval for part in parts)


def by_document(exports: Sequence[Export]) -> dict[str, list[Export]]:
    """Give every part of these exports' documents (all of one company) by document, in order."""
    if not exports:
        return {}
    company, provider = exports[0].company_id, exports[0].provider
    documents = {export.document for export in exports}
    rows = Export.objects.filter(company=company, provider=provider, document__in=documents)
    found: dict[str, list[Export]] = defaultdict(list)
    for part in rows.select_related("snapshot", "settlement").order_by("part"):
        found[part.document].append(part)
    return found


def beside(export: Export, parts: Iterable[Export]) -> list[Export]:
    """Give the other parts of an export's document."""
    return [part for part in parts if part.pk != export.pk]


def locked(export: Export) -> list[Export]:
    """Give every part of an export's document, in order, and keep them from others until we are done."""
    rows = Export.objects.filter(
        company=export.company_id, provider=export.provider, document=export.document
    )
    related = rows.select_related("snapshot", "settlement__register").order_by("part")
    return list(related.select_for_update(of=("self",)))


def overtaken() -> QuerySet[Export]:
    """Give the last part over there of every document that the till has since changed.

    Not where a part is of the new content already, nor while one is still unsettled.
    """
    same = Export.objects.filter(
        company=OuterRef("company"), provider=OuterRef("provider"), document=OuterRef("document")
    )
    later = same.filter(part__gt=OuterRef("part"), state__in=ARRIVED)
    unsettled_or_known = same.filter(Q(state__in=_UNSETTLED) | Q(settlement__current=True))
    rows = Export.objects.filter(state__in=ARRIVED, settlement__current=False)
    return rows.filter(~Exists(later), ~Exists(unsettled_or_known))


def may_be_corrected(parts: Iterable[Export]) -> bool:
    """Say whether a correction may be sent: what is over there is posted, or they keep the draft.

    A draft that can still be asked back is, and built anew instead (DESIGN.md 5).
    """
    there = stands(parts)
    sent = [part.pk for part in there if part.state == State.SENT]
    asked = any(part.withdraw_at for part in there)
    return bool(there) and not asked and (not sent or _kept(sent) >= set(sent))


def _kept(sent: Sequence[int]) -> set[int]:
    refused = Attempt.objects.filter(
        export__in=sent,
        purpose=Attempt.WITHDRAW,
        revision=F("export__revision"),
        outcome=Kept.__name__,
    )
    return set(refused.values_list("export", flat=True))

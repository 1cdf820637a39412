"""What became of the exports whose outcome nobody knows: they are looked for, never resent blindly."""

import logging
from collections import Counter
from collections.abc import Callable
from functools import cache

from accounting import clock
from accounting.company.models import Company
from integrations.exports import outbox, restoring
from integrations.exports.models import Connection, Export
from integrations.exports.provider import Provider, load_provider
from integrations.exports.states import Found, State

logger = logging.getLogger(__name__)
ProviderOf = Callable[[Connection], Provider]


def one(export_id: int, provider_of: ProviderOf = load_provider) -> tuple[State | None, int]:
    """Look for one UNCERTAIN export; give its new state and how many drafts were found."""
    look = outbox.take_look(export_id, clock.now())
    if look is None:
        return None, 0
    if look.export.snapshot is None:
        raise AssertionError(f"export {export_id} is UNCERTAIN without a journal")
    probe = provider_of(look.connection).look_for(
        look.export.snapshot.as_journal(), look.export.mark, look.since
    )
    found = len(probe.remote_ids) if isinstance(probe, Found) else 0
    return outbox.finish_look(look, probe, clock.now()), found


def due() -> None:
    """Close sends whose lease has run out, then look for every doubt whose time has come."""
    restoring.doubt(clock.now())
    outbox.release_stale(clock.now())
    provider_of = cache(load_provider)  # one a company: it reads each stranger once
    for export_id in list(outbox.uncertain(clock.now()).values_list("pk", flat=True)):
        _guarded(export_id, provider_of)


def everything(company: Company | None = None) -> Counter[str]:
    """Look for every doubt now, also before its time; give how many were adopted, freed, surplus.

    A look before its time can adopt, but never frees an export for sending.
    """
    outbox.release_stale(clock.now())
    rows = Export.objects.filter(state=State.UNCERTAIN).order_by("pk")
    if company:
        rows = rows.filter(company=company)
    counts: Counter[str] = Counter()
    provider_of = cache(load_provider)
    for export_id in list(rows.values_list("pk", flat=True)):
        state, found = _guarded(export_id, provider_of)
        counts["adopted"] += state is State.SENT
        counts["ready"] += state is State.READY
        counts["surplus"] += max(0, found - 1)
    counts["uncertain"] = rows.count()
    return counts


def _guarded(export_id: int, provider_of: ProviderOf) -> tuple[State | None, int]:
    try:
        return one(export_id, provider_of)
    except Exception:
        logger.exception("looking for export %s failed on our side", export_id)
        return None, 0

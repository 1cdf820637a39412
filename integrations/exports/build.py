"""Which settlements are due and which exports have changed; a builder turns them into journals."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounting import clock
from accounting.books.models import Settlement
from accounting.company import audit
from accounting.company.models import Company
from integrations.exports import parts
from integrations.exports.builder import BY_ITSELF, Builder
from integrations.exports.models import Connection, Export, ExportRun
from integrations.exports.states import REBUILDS, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)

CHUNK = 250
_Row = TypeVar("_Row", Settlement, Export)
_Of = TypeVar("_Of", ExportRun, Connection)


def build_all(now: datetime) -> None:
    """Build every run that waits, and anew whatever has changed before it was sent.

    A company that makes us fail is logged, and never keeps the others back.
    """
    free = Connection.objects.filter(paused=False, company__accounting_enabled=True)
    mine = Q(company=OuterRef("company"), provider=OuterRef("provider"))
    runs = ExportRun.objects.filter(Exists(free.filter(mine)), built_at=None)
    for run in runs.order_by("made_at", "pk"):
        _guarded(build_run, run, now)
    for connection in free.filter(Exists(_changed().filter(mine))):
        _guarded(build_changed, connection, now)
    # A proposal sends nothing: also where exporting is paused a person is told.
    for connection in Connection.objects.filter(Exists(parts.overtaken().filter(mine))):
        _guarded(propose_corrections, connection, now)


def _guarded(build: Callable[[_Of, datetime], None], of: _Of, now: datetime) -> None:
    try:
        build(of, now)
    except Exception:
        logger.exception("building for company %s failed on our side", of.company_id)


def build_run(run: ExportRun, now: datetime) -> None:
    """Put every settlement that was closed before the run's cut-off in the outbox, once.

    Nothing is built before the export-from date, nor where there is none. Where it breaks off, the
    run stays unbuilt and the next tick goes on.
    """
    builder: Builder | None = None
    for waiting in _chunks(_not_yet_exported(run), _after_settlement):
        builder = builder or Builder(waiting[0].company, run.provider, now, run)
        _build(waiting, builder.add)
    ExportRun.objects.filter(pk=run.pk, built_at=None).update(built_at=now)


def build_changed(connection: Connection, now: datetime) -> None:
    """Build anew what a changed setup may have mended, and what the till has changed before it was sent."""
    builder: Builder | None = None
    for changed in _chunks(_to_rebuild(connection), _after_export):
        builder = builder or Builder(changed[0].company, connection.provider, now)
        _build(changed, builder.rebuild)


def propose_corrections(connection: Connection, now: datetime) -> None:
    """Put what the till has changed after it was sent before a person; nothing is sent by itself."""
    mine = parts.overtaken().filter(company=connection.company_id, provider=connection.provider)
    rows = mine.select_related("company", "settlement").order_by("pk")
    builder: Builder | None = None
    for overtaken in _chunks(rows, _after_export):
        builder = builder or Builder(overtaken[0].company, connection.provider, now)
        _build(overtaken, builder.correct)


def build_anew(export: Export, actor: "AbstractBaseUser") -> bool:
    """Build one export again because a person asks, with today's setup and the till's latest content.

    False when it may not be built in its state, has moved meanwhile, or another part is on its way.
    """
    now = clock.now()
    with transaction.atomic():
        document = parts.locked(export)
        same = next(part for part in document if part.pk == export.pk)
        free = not parts.on_its_way(parts.beside(same, document))
        if same.state not in REBUILDS or same.revision != export.revision or not free:
            return False
        company = Company.objects.get(pk=export.company_id)
        Builder(company, export.provider, now).rebuild([export])
        audit.note(company, "export-built-anew", export.document[:200], actor=actor)
    return True


def _chunks(rows: QuerySet[_Row], after: Callable[[_Row], Q]) -> Iterator[list[_Row]]:
    """Give rows a chunk at a time; `after` says what comes after one, in the order of the rows."""
    part = list(rows[:CHUNK])
    while part:
        yield part
        part = list(rows.filter(after(part[-1]))[:CHUNK]) if len(part) == CHUNK else []


def _after_settlement(last: Settlement) -> Q:
    same_day = Q(business_date=last.business_date, pk__gt=last.pk)
    return same_day | Q(business_date__gt=last.business_date)


def _after_export(last: Export) -> Q:
    return Q(pk__gt=last.pk)


def _build(rows: Sequence[_Row], build: Callable[[Sequence[_Row]], None]) -> None:
    """Build a chunk; where it fails on our side, one by one, so that only the failing row is missing."""
    try:
        build(rows)
    except Exception:
        logger.exception("a chunk of %s failed; its rows are built one by one", len(rows))
        for row in rows:
            _alone(row, build)


def _alone(row: _Row, build: Callable[[Sequence[_Row]], None]) -> None:
    try:
        build([row])
    except Exception:
        logger.exception("row %s (of %s) cannot be built", row.pk, build.__name__)


def coming(connection: Connection, cut_off: datetime) -> QuerySet[Settlement]:
    """Give what a run with this cut-off would build, as far as the tills have delivered by now."""
    mine = {"company_id": connection.company_id, "provider": connection.provider}
    return _not_yet_exported(ExportRun(**mine, cut_off=cut_off))


def _not_yet_exported(run: ExportRun) -> QuerySet[Settlement]:
    exported = Export.objects.filter(
        provider=run.provider,
        settlement__register=OuterRef("register"),
        settlement__z_number=OuterRef("z_number"),
    )
    from_the_first_day = Settlement.objects.filter(
        company=run.company_id,
        company__export_starts__provider=run.provider,
        company__export_starts__day__lte=F("created_on"),
    )
    closed = from_the_first_day.filter(current=True, has_movement=True, closed_at__lt=run.cut_off)
    rows = closed.filter(~Exists(exported)).select_related("register", "company")
    return rows.order_by("business_date", "pk")


def _to_rebuild(connection: Connection) -> QuerySet[Export]:
    mine = _changed().filter(company=connection.company_id, provider=connection.provider)
    return mine.select_related("company").order_by("pk")


def _changed() -> QuerySet[Export]:
    """Give what must be built anew, of all companies."""
    newer_setup = Q(
        state__in=[State.READY, State.BLOCKED], setup_version__lt=F("company__setup_version")
    )
    # What a person left out, or the accountant removed, waits for a person also when it changes.
    left_out_by_us = Q(state=State.LEFT_OUT, reason__in=BY_ITSELF)
    unsent = Q(state__in=[State.READY, State.BLOCKED]) | left_out_by_us
    newer_content = unsent & (
        Q(settlement__current=False) | Q(settlement__decided_at__gt=F("changed_at"))
    )
    return Export.objects.filter(newer_setup | newer_content)

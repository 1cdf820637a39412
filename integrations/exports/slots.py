"""The slots that were due and the runs that fill them: one row a slot, whoever ticks, however late.

A tick inserts every slot that is missing, so that days without a beat are caught up and can be named
(reliability.md 2.2). What lies in a run is only a grouping for people: the outbox holds the truth.
"""

import logging
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext

from accounting.company.records import Refused
from integrations.exports.models import Connection, ExportRun, ExportSlot, ExportStart
from integrations.exports.schedule import Frequency, next_slot, slots_between

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django_stubs_ext import WithAnnotations


class _Last(TypedDict):
    since: datetime
    waiting: bool


logger = logging.getLogger(__name__)


def fill(now: datetime) -> None:
    """Insert every slot up to `now` that is missing, for every company with a date to export from.

    One run covers all that came at once. Where exporting is paused or switched off the slots say so,
    and the first tick after it is resumed makes their run. A company that fails keeps none back.
    """
    for connection in _scheduled():
        if connection.waiting or next_slot(_frequency(connection), connection.since) <= now:
            try:
                _fill(connection.pk, now)
            except Exception:
                logger.exception("the slots of company %s failed", connection.company_id)


def ask(
    connection: Connection,
    now: datetime,
    cut_off: datetime | None = None,
    *,
    actor: "AbstractBaseUser | None" = None,
) -> ExportRun:
    """Have all that is closed before `cut_off` (else now) go with the next tick: «Kjør nå».

    Asked again before that tick, it is the same run. Raises Refused when nothing may be sent.
    """
    with transaction.atomic():
        fresh = Connection.objects.select_related("company").select_for_update(of=("self",))
        held = _held(fresh.get(pk=connection.pk))
        if held:
            raise Refused(gettext("Overføringen er satt på pause. Ingenting er sendt."))
        if not _starts(connection).exists():
            raise Refused(gettext("Velg først datoen det skal eksporteres fra."))
        mine = ExportRun.objects.filter(company=connection.company_id, provider=connection.provider)
        waiting = mine.filter(built_at=None, slot_at=None).first()
        if waiting:
            waiting.cut_off = max(waiting.cut_off, cut_off or now)
            waiting.save(update_fields=["cut_off"])
            return waiting
        return ExportRun.objects.create(
            company_id=connection.company_id,
            provider=connection.provider,
            cut_off=cut_off or now,
            started_by_id=actor.pk if actor else None,
            made_at=now,
        )


def _scheduled() -> "QuerySet[WithAnnotations[Connection, _Last]]":
    """Give every connection with an export-from date: `since` its last slot, or since it began.

    `waiting` says that slots which were held may go now.
    """
    mine = ExportSlot.objects.filter(company=OuterRef("company"), provider=OuterRef("provider"))
    start = ExportStart.objects.filter(company=OuterRef("company"), provider=OuterRef("provider"))
    last = Subquery(mine.order_by("-slot_at").values("slot_at")[:1])
    begun = Greatest(Subquery(start.values("set_at")), "connected_at")
    waiting = Exists(mine.filter(run=None)) & Q(paused=False, company__accounting_enabled=True)
    rows = Connection.objects.annotate(since=Coalesce(last, begun), waiting=waiting)
    return rows.filter(Exists(start)).order_by("pk")


def _frequency(connection: Connection) -> Frequency:
    return Frequency(connection.frequency)


def _held(connection: Connection) -> str:
    if not connection.company.accounting_enabled:
        return ExportSlot.OFF
    return ExportSlot.PAUSED if connection.paused else ""


def _starts(connection: Connection) -> QuerySet[ExportStart]:
    return ExportStart.objects.filter(company=connection.company_id, provider=connection.provider)


@transaction.atomic
def _fill(pk: int, now: datetime) -> None:
    """Insert what is missing of one company's slots, and the one run of all that may go."""
    Connection.objects.select_for_update().get(pk=pk)  # one tick at a time
    connection = _scheduled().select_related("company").get(pk=pk)
    mine = {"company_id": connection.company_id, "provider": connection.provider}
    held, run = _held(connection), None
    moments = list(slots_between(_frequency(connection), connection.since, now))
    if not held:
        waiting = ExportSlot.objects.filter(**mine, run=None)
        newest = max([*moments, *waiting.values_list("slot_at", flat=True)], default=None)
        if newest is None:
            return
        run = ExportRun.objects.create(**mine, slot_at=newest, cut_off=newest, made_at=now)
        waiting.update(run=run)
    slots = [
        ExportSlot(**mine, slot_at=moment, made_at=now, held=held, run=run) for moment in moments
    ]
    ExportSlot.objects.bulk_create(slots)

"""Where each settlement stands for a reader: its export's state, or why there is no export.

The words of `Standing` that are not states of an export are in templates/exports/_standing.html.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounting.books.models import Settlement
from accounting.company.models import Company
from integrations.exports.builder import NO_MOVEMENT
from integrations.exports.models import Export
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.states import ARRIVED, State

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Standing(StrEnum):
    """What stands in the place of an export's state."""

    CHANGED = "CHANGED"
    NO_MOVEMENT = "NO_MOVEMENT"
    NOT_CONNECTED = "NOT_CONNECTED"
    NO_START = "NO_START"
    BEFORE_START = "BEFORE_START"


class Told(TypedDict):
    """What `with_standing` adds to a settlement; None where there is no export."""

    standing: str
    mark: str | None
    voucher_no: str | None
    remote_id: str | None


def with_standing(company: Company) -> "QuerySet[WithAnnotations[Settlement, Told]]":
    """Give the company's current settlements, each with `standing`, `mark`, `voucher_no`, `remote_id`.

    `standing` is a State or a Standing; READY only where the settlement will be exported.
    """
    parts = Export.objects.filter(
        settlement__register=OuterRef("register"), settlement__z_number=OuterRef("z_number")
    )
    exports = parts.filter(part=0)
    # A correction that came to nothing, or that a person left out, does not speak for the day.
    counts = Q(part=0) | ~Q(state__in=[State.SUPERSEDED, State.LEFT_OUT])
    speaks = parts.filter(counts).order_by("-part")
    proposed = Q(part__gt=0, state=State.BLOCKED, snapshot=None)
    rows = company.settlements.filter(current=True).annotate(
        export_state=Subquery(speaks.values("state")[:1]),
        export_reason=Subquery(exports.values("reason")[:1]),
        known=Exists(parts.filter(settlement=OuterRef("pk"))),
        proposed=Exists(parts.filter(proposed)),
        mark=Subquery(exports.values("mark")[:1]),
        voucher_no=Subquery(exports.values("voucher_no")[:1]),
        remote_id=Subquery(exports.values("remote_id")[:1]),
    )
    return rows.annotate(standing=_standing(company))


def _standing(company: Company) -> Case:
    start = export_start_of(company)
    connected = connection_of(company) is not None and company.accounting_enabled
    left_out_by_itself = Q(export_state=State.LEFT_OUT, export_reason=NO_MOVEMENT)
    cases = [
        When(
            Q(export_state__in=ARRIVED, known=False) | Q(proposed=True),
            then=Value(Standing.CHANGED.value),
        ),
        When(Q(has_movement=False) | left_out_by_itself, then=Value(Standing.NO_MOVEMENT.value)),
        When(export_state__isnull=False, then=F("export_state")),
    ]
    if not connected:
        cases.append(_always(Standing.NOT_CONNECTED))
    elif start is None:
        cases.append(_always(Standing.NO_START))
    else:
        before = Q(created_on__lt=start.day)
        cases.append(When(before, then=Value(Standing.BEFORE_START.value)))
    cases.append(When(stopped=True, then=Value(State.BLOCKED.value)))
    return Case(*cases, default=Value(State.READY.value), output_field=CharField())


def _always(standing: Standing) -> When:
    return When(Q(pk__isnull=False), then=Value(standing.value))

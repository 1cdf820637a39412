"""What a person decides about a delivered settlement; each decision stands in the activity log.

A decision never changes what the till delivered: it is kept beside it, with reason and name, and the
exporter builds anew what is not sent yet.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounting import clock
from accounting.books.deliveries import Touched, lock
from accounting.books.domain.day import ACKNOWLEDGEABLE
from accounting.books.domain.issues import Issue, to_json
from accounting.books.domain.money import Ore, to_kroner
from accounting.books.models import Receipt, Settlement
from accounting.books.settling import Source, settle_register
from accounting.company import audit
from accounting.company.records import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def acknowledge(
    settlement: Settlement, issue: Issue, reason: str, actor: "AbstractBaseUser"
) -> None:
    """Let a settlement go in spite of a gap or a difference in its Z report, with the reason.

    Raises Refused without a reason, for an issue that the settlement does not have, and for one that
    nobody may acknowledge: money that does not add up is never waved through.
    """
    if not reason.strip():
        raise Refused(_("Skriv hvorfor avviket er i orden."))
    _hold(settlement)
    if issue.code not in ACKNOWLEDGEABLE or issue not in settlement.as_day().stops:
        raise Refused(_("Dette avviket kan ikke godkjennes."))
    now = clock.now()
    settlement.acknowledgements = [
        *settlement.acknowledgements,
        {
            "issue": to_json(issue),
            "reason": reason.strip(),
            "by": actor.get_username(),
            "at": now.isoformat(),
        },
    ]
    settlement.stopped = bool(settlement.as_day().stops)
    settlement.decided_at = now
    settlement.save(update_fields=["acknowledgements", "stopped", "decided_at"])
    audit.note(
        settlement.company,
        "finding-acknowledged",
        str(settlement),
        actor=actor,
        after={"code": issue.code, "facts": dict(issue.facts), "reason": reason.strip()},
    )


@transaction.atomic
def count_cash(settlement: Settlement, amount: Ore | None, actor: "AbstractBaseUser") -> None:
    """Write down the counted cash in øre; None takes the count back. Raises Refused below zero."""
    if amount is not None and amount < 0:
        raise Refused(_("Talte kontanter kan ikke være mindre enn null."))
    _hold(settlement)
    before = settlement.counted_cash
    settlement.counted_cash = amount
    settlement.decided_at = clock.now()
    settlement.save(update_fields=["counted_cash", "decided_at"])
    audit.note(
        settlement.company,
        "cash-counted",
        str(settlement),
        actor=actor,
        before={"amount": None if before is None else to_kroner(before)},
        after={"amount": None if amount is None else to_kroner(amount)},
    )


@transaction.atomic
def choose_receipt(receipt: Receipt, reason: str, actor: "AbstractBaseUser") -> None:
    """Let this version of a receipt count, with the reason, and settle its Z anew.

    The other versions of the number are kept and no longer asked about. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused(_("Skriv hvorfor kvitteringen gjelder."))
    lock(receipt.register)
    versions = Receipt.objects.filter(register=receipt.register, nr=receipt.nr)
    before = versions.filter(in_use=True).values_list("version", flat=True).first()
    versions.update(in_use=False, undecided=False)
    versions.filter(pk=receipt.pk).update(in_use=True)
    audit.note(
        receipt.company,
        "receipt-chosen",
        str(receipt),
        actor=actor,
        before={"version": before},
        after={
            "version": receipt.version,
            "nr": receipt.nr,
            "amount": to_kroner(receipt.gross),
            "reason": reason.strip(),
        },
    )
    touched = Touched()
    touched.span([receipt.position])
    settle_register(receipt.register, touched, Source("", clock.now()))


def _hold(settlement: Settlement) -> None:
    """Keep deliveries away until the decision is written. Raises Refused for an older revision."""
    lock(settlement.register)
    settlement.refresh_from_db()
    if not settlement.current:
        raise Refused(_("Oppgjøret er endret i mellomtiden. Åpne det på nytt."))

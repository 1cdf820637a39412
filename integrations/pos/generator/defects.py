"""What can be wrong with a file on purpose: a table of names, each one small function of damage.

A defect strikes once, at the first place where it changes something, unless its text says «all».
The oracle follows those that change what happened (the stages ``receipt`` and ``number``, and a Z
never written); beside the others it tells the day as it would be without them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from integrations.pos.generator import damage
from integrations.pos.generator.plan import Refused

Stage = Literal[
    "head", "receipt", "number", "copies", "transaction", "z_report", "tail", "stream"
]  # fmt: skip
Verdict = Literal["refused", "blocked", "warning", "accepted"]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Defect:
    """Where it strikes, how, a sentence for ``--help``, and what a reader should make of it.

    ``change`` returns its argument where it does not apply, and for ``stream`` a writer around the
    writer. ``verdict`` is DESIGN.md 5's; ``code`` the code of the issue, '' when it is accepted.
    """

    says: str
    stage: Stage
    change: Callable[[Any], Any]
    verdict: Verdict
    code: str = ""
    everywhere: bool = False


class Injections:
    """The defects asked for, and which of them have not struck yet."""

    def __init__(self, names: Iterable[str]) -> None:
        """Raise ``Refused`` for a name that is not in ``DEFECTS``."""
        names = tuple(names)
        unknown = [name for name in names if name not in DEFECTS]
        if unknown:
            raise Refused(f"Feilen «{unknown[0]}» finnes ikke.")
        self._active = {name: DEFECTS[name] for name in names}
        self._waiting = set(names)

    def strike(self, stage: Stage, thing: Thing) -> Thing:
        """The thing with every defect of this stage that is still to come."""
        if not self._active:
            return thing
        for name in [name for name, defect in self._active.items() if defect.stage == stage]:
            defect = self._active[name]
            changed = defect.change(thing)
            if changed != thing:
                thing = changed
                self._waiting.discard(name)
                if not defect.everywhere:
                    del self._active[name]
        return thing

    def check_all_struck(self) -> None:
        """Raise ``Refused`` if the file offered no place for a defect: it would be a lie."""
        if self._waiting:
            names = ", ".join(sorted(self._waiting))
            raise Refused(f"Filen ga ikke rom for feilen {names}. Be om flere dager.")


def _refused(says: str, stage: Stage, change: Callable[[Any], Any], code: str) -> Defect:
    return Defect(says, stage, change, "refused", code)


def _blocked(
    says: str, stage: Stage, change: Callable[[Any], Any], code: str, *, everywhere: bool = False
) -> Defect:
    return Defect(says, stage, change, "blocked", code, everywhere)


def _warned(says: str, stage: Stage, change: Callable[[Any], Any], code: str) -> Defect:
    return Defect(says, stage, change, "warning", code)


DEFECTS: dict[str, Defect] = {
    "nr-gap": _blocked(
        "et bonnummer er hoppet over", "number", damage.leave_out_number, "receipt-gap"
    ),
    "duplicate-same": Defect(
        "en kvittering står to ganger, likt", "copies", damage.twice, "accepted"
    ),
    "duplicate-differs": _blocked(
        "et bonnummer står to ganger med ulikt beløp", "copies",
        damage.twice_with_another_sum, "receipt-changed",
    ),
    "z-total-differs": _blocked(
        "en Z viser 1,00 for mye salg", "z_report", damage.more_in_total, "z-total-differs"
    ),
    "z-vat-differs": _blocked(
        "en Z viser 1,00 for mye mva", "z_report", damage.more_in_vat, "z-vat-differs"
    ),
    "z-payment-differs": _blocked(
        "en Z viser 1,00 for mye betalt", "z_report", damage.more_in_payment, "z-payment-differs"
    ),
    "z-of-another-register": _blocked(
        "en Z nevner en annen kasse", "z_report", damage.of_another_register,
        "z-of-another-register",
    ),
    "z-missing": _warned(
        "den andre Z med salg er aldri skrevet", "z_report", damage.never_written, "z-gap"
    ),
    "unknown-vat-code": _blocked(
        "en kvittering bruker en mva-kode uten forklaring", "transaction",
        damage.unknown_vat_code, "vat-code-unresolved",
    ),
    "vat-of-gross": _blocked(
        "mva er sats × brutto på alle linjer", "receipt", damage.vat_of_gross, "vat-differs",
        everywhere=True,
    ),
    "rounding-on-card": _blocked(
        "et kortkjøp er avrundet", "receipt", damage.round_card, "rounding-without-cash"
    ),
    "missing-basics": _blocked(
        "bankkort mangler i basics", "head", damage.without_card, "payment-type-unresolved"
    ),
    "unknown-transaction-type": _blocked(
        "et salg har typen 11999", "receipt", damage.unknown_type, "transaction-type-unresolved"
    ),
    "d-positive": Defect(
        "en retur er D med positive beløp", "transaction", damage.without_minus, "accepted"
    ),
    "receipt-num-1000": _warned(
        "en kvittering er skrevet ut 1000 ganger", "transaction", damage.many_prints,
        "receipt-num-large",
    ),
    "empty-book-date": _warned(
        "en kvittering har tom bookDate", "transaction", damage.empty_book_date, "book-date-empty"
    ),
    "z-count-differs": _warned(
        "en Z teller 1000 kvitteringer for mye", "z_report", damage.more_receipts,
        "z-count-differs",
    ),
    "missing-employee": _warned(
        "en ansatt mangler i listen over ansatte", "transaction", damage.unknown_employee,
        "employee-missing",
    ),
    "missing-article": _warned(
        "en vare mangler i varelisten", "transaction", damage.unknown_article, "article-missing"
    ),
    "truncated": _refused(
        "filen slutter før tiden", "stream", damage.Truncated, "file-truncated"
    ),
    "cp1252-bytes": _refused(
        "filen sier UTF-8, men er Windows-1252", "stream", damage.Cp1252, "file-undecodable"
    ),
    "doctype": _refused("filen har DOCTYPE", "head", damage.with_doctype, "file-has-doctype"),
    "two-companies": _refused(
        "filen har to selskaper", "tail", damage.second_company, "file-two-companies"
    ),
    "third-decimal": _refused(
        "et linjebeløp har tre desimaler", "transaction", damage.third_decimal, "amount-malformed"
    ),
    "danish-namespace": _refused(
        "filen har det danske navnerommet", "head", damage.danish, "file-not-saft"
    ),
}  # fmt: skip

"""What can be wrong with a file on purpose: a table of names, each one small function.

A defect strikes once, at the first place where it changes something, unless its text says «all».
The oracle follows those that change what happened (``receipt`` stage, and a Z never written);
beside the others it tells the day as it would be without them.
"""

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeVar

from integrations.pos.generator import codebook
from integrations.pos.generator.markup import kroner
from integrations.pos.generator.plan import Refused
from integrations.pos.generator.receipt import Line, Payment, Receipt
from integrations.pos.generator.tenders import KRONE, to_krone

Stage = Literal["head", "receipt", "transaction", "z_report", "tail", "stream"]
Thing = TypeVar("Thing")
HELD_BACK = 400


class Writer(Protocol):
    """Something bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Defect:
    """Where it strikes, how, and a sentence for ``--help``; ``change`` returns its argument where
    it does not apply, and for ``stream`` a writer around the writer."""

    says: str
    stage: Stage
    change: Callable[[Any], Any]
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


def _leave_out_number(receipt: Receipt) -> Receipt:
    return replace(receipt, nr=receipt.nr + 1) if receipt.nr >= 3 else receipt


def _round_card(receipt: Receipt) -> Receipt:
    by_card = [payment.type for payment in receipt.payments] == [codebook.CARD]
    if not (by_card and receipt.counts and receipt.gross > KRONE and receipt.gross % KRONE):
        return receipt
    paid = to_krone(receipt.gross)
    rounding = paid - receipt.gross
    return replace(receipt, payments=(Payment(codebook.CARD, paid),), rounding=rounding)


def _unknown_type(receipt: Receipt) -> Receipt:
    if receipt.kind is not codebook.SALE or not (receipt.counts and receipt.gross):
        return receipt
    return replace(receipt, kind=codebook.OTHER)


def _vat_of_gross(receipt: Receipt) -> Receipt:
    """VAT as rate × gross: what the customer would pay on top, not what is inside."""
    lines = tuple(replace(line, tax=_on_top(line)) for line in receipt.lines)
    return replace(receipt, lines=lines, tax=sum(line.tax for line in lines))


def _on_top(line: Line) -> int:
    """Rate × gross in whole øre, half up by size."""
    vat = (abs(line.gross) * line.vat.basis_points + 5_000) // 10_000
    return vat if line.gross >= 0 else -vat


def _unknown_vat_code(transaction: str) -> str:
    if "<voidTransaction>true" in transaction or "<trainingID>true" in transaction:
        return transaction
    return transaction.replace("<vatCode>1</vatCode>", "<vatCode>99</vatCode>")


def _third_decimal(transaction: str) -> str:
    return re.sub(r"(<lineAmntIn>-?\d+\.\d\d)", r"\g<1>1", transaction, count=1)


def _one_krone_more(z_report: str) -> str:
    def more(found: re.Match[str]) -> str:
        return f"<totalCashSaleAmnt>{kroner(int(found[1].replace('.', '')) + KRONE)}<"

    return re.sub(r"<totalCashSaleAmnt>(.+?)<", more, z_report)


def _never_written(z_report: str) -> str:
    return z_report if "<totalCashSaleAmnt>0.00<" in z_report else ""


def _without_card(head: str) -> str:
    return re.sub(r"<basic>(?:(?!</basic>).)*<basicID>BANKKORT<.*?</basic>\n", "", head)


def _with_doctype(head: str) -> str:
    doctype = '<!DOCTYPE auditfile [<!ENTITY kasse "kasse">]>\n<auditfile'
    return head.replace("<auditfile", doctype, 1)


def _danish(head: str) -> str:
    return head.replace('CashRegister:NO"', 'CashRegister:DK"', 1)


def _second_company(tail: str) -> str:
    other = (
        "<company><companyIdent>123456785</companyIdent><companyName>En annen AS</companyName>"
        "</company>"
    )
    return tail.replace("</company>", f"</company>\n{other}", 1)


class _Truncated:
    """Lets all but the last bytes through."""

    def __init__(self, out: Writer) -> None:
        self._out, self._held = out, b""

    def write(self, data: bytes, /) -> object:
        held = self._held + data
        cut = max(0, len(held) - HELD_BACK)
        self._held = held[cut:]
        return self._out.write(held[:cut])


class _Cp1252:
    """Writes Windows-1252 although the file says UTF-8."""

    def __init__(self, out: Writer) -> None:
        self._out, self._decoder = out, codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes, /) -> object:
        words = self._decoder.decode(data)
        return self._out.write(words.encode("cp1252", "xmlcharrefreplace"))


DEFECTS: dict[str, Defect] = {
    "nr-gap": Defect("et bonnummer er hoppet over", "receipt", _leave_out_number),
    "z-total-differs": Defect("en Z viser 1,00 for mye salg", "z_report", _one_krone_more),
    "unknown-vat-code": Defect(
        "en kvittering bruker en mva-kode uten forklaring", "transaction", _unknown_vat_code
    ),
    "rounding-on-card": Defect("et kortkjøp er avrundet", "receipt", _round_card),
    "missing-basics": Defect("bankkort mangler i basics", "head", _without_card),
    "truncated": Defect("filen slutter før tiden", "stream", _Truncated),
    "cp1252-bytes": Defect("filen sier UTF-8, men er Windows-1252", "stream", _Cp1252),
    "doctype": Defect("filen har DOCTYPE", "head", _with_doctype),
    "two-companies": Defect("filen har to selskaper", "tail", _second_company),
    "third-decimal": Defect("et linjebeløp har tre desimaler", "transaction", _third_decimal),
    "danish-namespace": Defect("filen har det danske navnerommet", "head", _danish),
    "z-missing": Defect("den første Z med salg er aldri skrevet", "z_report", _never_written),
    "vat-of-gross": Defect(
        "mva er sats × brutto på alle linjer", "receipt", _vat_of_gross, everywhere=True
    ),
    "unknown-transaction-type": Defect("et salg har typen 11999", "receipt", _unknown_type),
}

"""Receipts and events as SAF-T elements, in the order the schema fixes (saft.md appendix A)."""

from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from integrations.pos.generator import codebook
from integrations.pos.generator.codebook import Code
from integrations.pos.generator.receipt import OUTWARD, Line, Payment, Receipt

WITH_TERMINAL = {one.own for one in (codebook.CARD, codebook.CREDIT_CARD, codebook.MOBILE)}


@lru_cache(maxsize=1 << 14)
def kroner(amount: int) -> str:
    """Øre as «-0.40»."""
    if amount < 0:
        return f"-{-amount // 100}.{-amount % 100:02d}"
    return f"{amount // 100}.{amount % 100:02d}"


@lru_cache(maxsize=16)
def percent(basis_points: int) -> str:
    """1500 as «15.00»."""
    return kroner(basis_points)


@lru_cache(maxsize=1 << 12)
def text(value: str) -> str:
    """Free text with ``& < >`` escaped."""
    return escape(value)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the till adds to a receipt: ids, operator, local date and time, number of copies."""

    nr: str
    trans_id: str
    employee: str
    date: str
    time: str
    copies: int


def side(*amounts: int) -> str:
    """``D`` when no amount is up and at least one is down, else ``C`` (saft.md 1.7)."""
    return "D" if min(amounts) < 0 and max(amounts) <= 0 else "C"


@dataclass(frozen=True, slots=True)
class Form:
    """The till's habits of writing.

    ``under_d``: amounts under ``D`` keep their minus sign (1) or lose it (-1). ``tip_inside``: a tip
    is in transAmntIn. ``euro_in_kroner``: paidAmnt is in kroner also where curCode is EUR.
    """

    under_d: int
    tip_inside: bool = False
    euro_in_kroner: bool = False

    def sign(self, credit_or_debit: str) -> int:
        """What to multiply every amount beside this C/D with."""
        return self.under_d if credit_or_debit == "D" else 1

    def sign_of_payments(self, receipt: Receipt, credit_or_debit: str) -> int:
        """Payments have no C/D: they follow their receipt, and money going out its amount."""
        return self.under_d if receipt.nature in OUTWARD else self.sign(credit_or_debit)


def transaction(receipt: Receipt, stamp: Stamp, signature: str, form: Form) -> str:
    """One ``cashtransaction``; ``signature`` signs the amounts as ``signed_amounts`` gives them."""
    to, amount_in, amount_ex = signed_amounts(receipt, form)
    kind = f"<transType>{receipt.kind.own}</transType>" if receipt.kind else ""
    lines = [_line(line, number, stamp, form) for number, line in enumerate(receipt.lines, 1)]
    return (
        f"<cashtransaction><nr>{stamp.nr}</nr><transID>{stamp.trans_id}</transID>{kind}"
        f"<transAmntIn>{amount_in}</transAmntIn><transAmntEx>{amount_ex}</transAmntEx>"
        f"<amntTp>{to}</amntTp><empID>{stamp.employee}</empID>{_optional(receipt.customer, 'custSupID')}"
        f"<transDate>{stamp.date}</transDate><transTime>{stamp.time}</transTime>"
        f"{_optional(receipt.invoice, 'invoiceID')}\n"
        f"{''.join(lines)}{_vat_rows(receipt, form)}{_raised(receipt)}{_paid(receipt, stamp, form, to)}"
        f"<signature>{signature}</signature><keyVersion>1</keyVersion>"
        f"<receiptNum>1</receiptNum><receiptCopyNum>{stamp.copies}</receiptCopyNum>"
        "<receiptProformaNum>0</receiptProformaNum>"
        f"<receiptDeliveryNum>{int(receipt.nature == 'credit')}</receiptDeliveryNum>"
        f"<voidTransaction>{'true' if receipt.void else 'false'}</voidTransaction>"
        f"<trainingID>{'true' if receipt.training else 'false'}</trainingID></cashtransaction>\n"
    )


def signed_amounts(receipt: Receipt, form: Form) -> tuple[str, str, str]:
    """C/D, transAmntIn and transAmntEx as they are written and signed (saft.md 1.10)."""
    gross = receipt.gross
    if receipt.tip and form.tip_inside:
        gross += receipt.tip
    net = gross - receipt.tax
    to = side(gross, net)
    sign = form.sign(to)
    return to, kroner(sign * gross), kroner(sign * net)


def _optional(value: str, name: str) -> str:
    return f"<{name}>{value}</{name}>" if value else ""


def _line(line: Line, number: int, stamp: Stamp, form: Form) -> str:
    article, vat = line.article, line.vat
    to = "D" if line.gross < 0 else "C"
    sign = form.sign(to)
    net = kroner(sign * (line.gross - line.tax))
    kind = codebook.LINE_RETURN if line.quantity < 0 else codebook.LINE_SALE
    return (
        f"<ctLine><nr>{stamp.nr}</nr><lineID>{number}</lineID><lineType>{kind.own}</lineType>"
        f"<artGroupID>{article.group.own}</artGroupID><artID>{article.own}</artID>"
        f"<qnt>{sign * line.quantity}</qnt><lineAmntIn>{kroner(sign * line.gross)}</lineAmntIn>"
        f"<lineAmntEx>{net}</lineAmntEx><amntTp>{to}</amntTp><ppu>{kroner(article.price)}</ppu>"
        f"<empID>{stamp.employee}</empID>"
        f"<cashTransLineDescr>{text(article.name)}</cashTransLineDescr>"
        f"<lineDate>{stamp.date}</lineDate><lineTime>{stamp.time}</lineTime>"
        f"<vat><vatCode>{vat.own}</vatCode><vatPerc>{percent(vat.basis_points)}</vatPerc>"
        f"<vatAmnt>{kroner(sign * line.tax)}</vatAmnt><vatAmntTp>{to}</vatAmntTp>"
        f"<vatBasAmnt>{net}</vatBasAmnt></vat>{_discount(line)}</ctLine>\n"
    )


def _discount(line: Line) -> str:
    """Information only: the line is reduced already (saft.md 4.7)."""
    if not line.discount:
        return ""
    kind = codebook.DISCOUNT if line.gross else codebook.FREE
    return (
        f"<discount><dscTp>{kind.own}</dscTp><dscAmnt>{kroner(line.discount)}</dscAmnt></discount>"
    )


def _vat_rows(receipt: Receipt, form: Form) -> str:
    """One row per VAT code: the sum of its lines."""
    sums: dict[str, tuple[int, int, int]] = {}
    for line in receipt.lines:
        gross, tax, _ = sums.get(line.vat.own, (0, 0, 0))
        sums[line.vat.own] = (gross + line.gross, tax + line.tax, line.vat.basis_points)
    rows = []
    for own, (gross, tax, basis_points) in sums.items():
        to = side(tax, gross - tax)
        sign = form.sign(to)
        rows.append(
            f"<vat><vatCode>{own}</vatCode><vatPerc>{percent(basis_points)}</vatPerc>"
            f"<vatAmnt>{kroner(sign * tax)}</vatAmnt><vatAmntTp>{to}</vatAmntTp>"
            f"<vatBasAmnt>{kroner(sign * (gross - tax))}</vatBasAmnt></vat>\n"
        )
    return "".join(rows)


def _raised(receipt: Receipt) -> str:
    """A tip, wherever else it stands (saft.md 2.3)."""
    tip = receipt.tip or receipt.told_tip
    if not tip:
        return ""
    kind = codebook.TIPS.own
    return f"<raise><raiseType>{kind}</raiseType><raiseAmnt>{kroner(tip)}</raiseAmnt></raise>\n"


def _paid(receipt: Receipt, stamp: Stamp, form: Form, to: str) -> str:
    """Rounding as paid less owed, always with its own sign; payments follow the receipt's C/D."""
    rounding = ""
    if any(payment.type is codebook.CASH for payment in receipt.payments) or receipt.rounding:
        amount = kroner(receipt.rounding)
        rounding = f"<rounding><roundingAmnt>{amount}</roundingAmnt></rounding>"
    sign = form.sign_of_payments(receipt, to)
    return rounding + "".join([_payment(one, stamp, sign, form) for one in receipt.payments])


def _payment(payment: Payment, stamp: Stamp, sign: int, form: Form) -> str:
    own, amount, currency = payment.type.own, payment.amount, "<curCode>NOK</curCode>"
    if payment.euro:
        rate = f"{payment.euro.rate // 10_000}.{payment.euro.rate % 10_000:04d}00"
        currency = f"<curCode>EUR</curCode><exchRt>{rate}</exchRt>"
        if not form.euro_in_kroner:
            amount = payment.euro.cents
    reference = (
        f"<paymentRefID>{own}: {stamp.trans_id}</paymentRefID>" if own in WITH_TERMINAL else ""
    )
    return (
        f"<payment><paymentType>{own}</paymentType><paidAmnt>{kroner(sign * amount)}</paidAmnt>"
        f"<empID>{stamp.employee}</empID>{currency}{reference}</payment>\n"
    )


def event(number: str, kind: Code, stamp: Stamp, said: str = "", report: str = "") -> str:
    """One ``event``; ``said`` is its free text, ``stamp.trans_id`` may be empty."""
    trans_id = f"<transID>{stamp.trans_id}</transID>" if stamp.trans_id else ""
    words = f"<eventText>{text(said)}</eventText>" if said else ""
    return (
        f"<event><eventID>{number}</eventID><eventType>{kind.own}</eventType>{trans_id}"
        f"<empID>{stamp.employee}</empID><eventDate>{stamp.date}</eventDate>"
        f"<eventTime>{stamp.time}</eventTime>{words}{report}</event>\n"
    )

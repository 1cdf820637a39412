"""How each defect damages what it is given; what it does not apply to is given back as it was.

Receipts and amounts are values; transactions, Z reports, head and tail are the words of the file.
"""

import codecs
import re
from dataclasses import replace

from integrations.pos.generator import codebook
from integrations.pos.generator.markup import kroner
from integrations.pos.generator.receipt import Line, Payment, Receipt, vat_of
from integrations.pos.generator.tenders import KRONE, to_krone
from integrations.pos.generator.wrapping import Writer

HELD_BACK = 400


def leave_out_number(nr: int) -> int:
    """The till's fourth receipt has the number of the fifth."""
    return nr + 1 if nr >= 3 else nr


def round_card(receipt: Receipt) -> Receipt:
    """Only notes and coins may be rounded (saft.md 0.9)."""
    if not (_plain_card(receipt) and receipt.gross > KRONE and receipt.gross % KRONE):
        return receipt
    paid = to_krone(receipt.gross)
    rounding = paid - receipt.gross
    return replace(receipt, payments=(Payment(codebook.CARD, paid),), rounding=rounding)


def unknown_type(receipt: Receipt) -> Receipt:
    """11999 on a sale that has a sum."""
    if receipt.kind is not codebook.SALE or not (receipt.counts and receipt.gross):
        return receipt
    return replace(receipt, kind=codebook.OTHER)


def vat_of_gross(receipt: Receipt) -> Receipt:
    """VAT as rate × gross: what the customer would pay on top, not what is inside."""
    lines = tuple(replace(line, tax=_on_top(line)) for line in receipt.lines)
    return replace(receipt, lines=lines, tax=sum(line.tax for line in lines))


def twice(copies: tuple[Receipt, ...]) -> tuple[Receipt, ...]:
    """The same receipt again under its number."""
    return (*copies, *copies) if _plain_card(copies[0]) and copies[0].gross else copies


def twice_with_another_sum(copies: tuple[Receipt, ...]) -> tuple[Receipt, ...]:
    """Another receipt, ten kroner dearer and sound in itself, under the same number."""
    receipt = copies[0]
    if not (_plain_card(receipt) and receipt.gross > 0):
        return copies
    line = receipt.lines[0]
    gross = line.gross + 10 * KRONE
    dearer = replace(line, gross=gross, tax=vat_of(gross, line.vat.basis_points))
    other = replace(
        receipt,
        lines=(dearer, *receipt.lines[1:]),
        gross=receipt.gross + 10 * KRONE,
        tax=receipt.tax - line.tax + dearer.tax,
        payments=(Payment(codebook.CARD, receipt.gross + 10 * KRONE),),
    )
    return (*copies, other)


def unknown_vat_code(transaction: str) -> str:
    """Own code 99 is in no code book."""
    if not _is_sale(transaction):
        return transaction
    return transaction.replace("<vatCode>1</vatCode>", "<vatCode>99</vatCode>")


def third_decimal(transaction: str) -> str:
    """A tenth of an øre."""
    return re.sub(r"(<lineAmntIn>-?\d+\.\d\d)", r"\g<1>1", transaction, count=1)


def unknown_employee(transaction: str) -> str:
    """Rung up by someone who is in no list."""
    return re.sub("<empID>.*?<", "<empID>9999<", transaction, count=1)


def unknown_article(transaction: str) -> str:
    """An article that is in no list."""
    return re.sub("<artID>.*?<", "<artID>9999<", transaction, count=1)


def without_minus(transaction: str) -> str:
    """A return in the other dialect: amounts under D are positive (saft.md 0.6)."""
    all_down = "<amntTp>D<" in transaction and "<amntTp>C<" not in transaction
    if not all_down or "<rounding>" in transaction or not _is_sale(transaction):
        return transaction
    return transaction.replace(">-", ">")


def many_prints(transaction: str) -> str:
    """More printouts than the schema's three digits hold."""
    return transaction.replace("<receiptNum>1<", "<receiptNum>1000<")


def empty_book_date(transaction: str) -> str:
    """A table was never booked, and the till says so with an empty element."""
    return transaction.replace("</transTime>", "</transTime><bookDate></bookDate>", 1)


def more_in_total(z_report: str) -> str:
    """One krone too much sold."""
    return _one_krone_more("totalCashSaleAmnt", z_report)


def more_in_vat(z_report: str) -> str:
    """One krone too much VAT, on the first code."""
    return _one_krone_more("vatAmnt", z_report)


def more_in_payment(z_report: str) -> str:
    """One krone too much, by the first means of payment."""
    return _one_krone_more("paymentAmnt", z_report)


def more_receipts(z_report: str) -> str:
    """A thousand sales receipts too many: no way of counting gives that."""
    return re.sub(
        r"(?<=<reportReceiptNum>)\d+", lambda found: str(int(found[0]) + 1000), z_report, count=1
    )


def of_another_register(z_report: str) -> str:
    """The report names a till that is not the one it lies under."""
    return re.sub("<registerID>(.*?)</registerID>", r"<registerID>\1-annen</registerID>", z_report)


def never_written(z_report: str) -> str:
    """No Z at all. The first could not be missed, nor one that closes no sales."""
    first = "<reportID>1</reportID>" in z_report
    return z_report if first or "<totalCashSaleAmnt>0.00<" in z_report else ""


def without_card(head: str) -> str:
    """The code book does not know bank cards."""
    return re.sub(r"<basic>(?:(?!</basic>).)*<basicID>BANKKORT<.*?</basic>\n", "", head)


def with_doctype(head: str) -> str:
    """A document type with an entity, which no till writes."""
    doctype = '<!DOCTYPE auditfile [<!ENTITY kasse "kasse">]>\n<auditfile'
    return head.replace("<auditfile", doctype, 1)


def danish(head: str) -> str:
    """The namespace of the Danish format with the same layout."""
    return head.replace('CashRegister:NO"', 'CashRegister:DK"', 1)


def second_company(tail: str) -> str:
    """Another company after the first."""
    other = (
        "<company><companyIdent>123456785</companyIdent><companyName>En annen AS</companyName>"
        "</company>"
    )
    return tail.replace("</company>", f"</company>\n{other}", 1)


class Truncated:
    """Lets all but the last bytes through."""

    def __init__(self, out: Writer) -> None:
        self._out, self._held = out, b""

    def write(self, data: bytes, /) -> object:
        """Hold the end back, for good."""
        held = self._held + data
        cut = max(0, len(held) - HELD_BACK)
        self._held = held[cut:]
        return self._out.write(held[:cut])


class Cp1252:
    """Writes Windows-1252 although the file says UTF-8."""

    def __init__(self, out: Writer) -> None:
        self._out, self._decoder = out, codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes, /) -> object:
        """The same words in other bytes."""
        words = self._decoder.decode(data)
        return self._out.write(words.encode("cp1252", "xmlcharrefreplace"))


def _plain_card(receipt: Receipt) -> bool:
    by_card = [payment.type for payment in receipt.payments] == [codebook.CARD]
    return by_card and receipt.counts and not (receipt.tip or receipt.told_tip)


def _on_top(line: Line) -> int:
    """Rate × gross in whole øre, half up by size."""
    vat = (abs(line.gross) * line.vat.basis_points + 5_000) // 10_000
    return vat if line.gross >= 0 else -vat


def _is_sale(transaction: str) -> bool:
    """Neither training, void, nor on account."""
    marks = ("<voidTransaction>true", "<trainingID>true", "<custSupID>")
    return not any(mark in transaction for mark in marks)


def _one_krone_more(name: str, z_report: str) -> str:
    def more(found: re.Match[str]) -> str:
        return f"<{name}>{kroner(int(found[1].replace('.', '')) + KRONE)}<"

    return re.sub(f"<{name}>(.+?)<", more, z_report, count=1)

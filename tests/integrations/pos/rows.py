"""Small days at one till, written as files: what the tests of saft.md's rows are made of.

A till's own id of a type is the official code itself, so that a test reads as the table does. The Z
says what the receipts come to, net of returns; a test that needs another Z replaces a piece of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from accounting.books.domain.codes import PAYMENT_TYPES, TRANSACTION_TYPES, Role
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import from_kroner, to_kroner, vat_of_gross
from accounting.books.domain.setup import Kind, Rule, RuleKey, Setup
from accounting.books.suggestions import SUGGESTED
from integrations.pos.saft import read
from tests import saft_builder as xml
from tests.integrations.pos.divided import registers

_GROUPS = {"100": ("04006", "Mat"), "300": ("04007", "Øl"), "310": ("04008", "Vin")}
_GROUPS |= {"400": ("04016", "Fri inngang"), "900": ("04999", "Gavekort")}
_GROUPS |= {"910": ("04999", "Pant"), "920": ("04999", "Tips"), "940": ("04999", "Brukte varer")}
_GROUPS |= {"950": ("04999", "Kontantuttak")}
BASICS = (
    *(("04", own, standard, name) for own, (standard, name) in _GROUPS.items()),
    ("05", "SAL", "", "Salg"),
    ("10", "10001", "10001", "Tips"),
    ("10", "10999", "10999", "Serveringstillegg"),
    *(("11", code, code, name) for code, name in TRANSACTION_TYPES.items()),
    *(("12", code, code, name) for code, name in PAYMENT_TYPES.items()),
    ("13", "ZREP", "13009", "Z-rapport"),
    ("13", "SALREC", "13012", "Salgskvittering"),
    *(("13", code, code, "Hendelse") for code in ("13014", "13015", "13021", "13022", "13999")),
)
RATES = {"0": 0, "1": 1200, "2": 1500, "3": 2500}  # own VAT codes, standard 7, 33, 31 and 3
FOOD, BEER = ("100", "115.00", "2"), ("300", "125.00", "3")
CARD = ("12002", "115.00")
SALES = ("11001", "11006", "11009", "11012", "11013", "11016", "")

# The rows of Kontooppsett that are asked for, when a test says that they have been filled in.
MAPPED = {
    **{RuleKey(Role.PAIDOUT, code): Rule("4300", "0") for code in ("11003", "11004", "11999")},
    RuleKey(Role.PAIDOUT, "11012"): Rule("4310", "0"),
    RuleKey(Role.PAIDIN, "11011"): Rule("1911", "0"),
    RuleKey(Role.CARD, "12004"): Rule("1920", "0"),
    RuleKey(Role.DEPOSIT, "12008"): Rule("1570", "0"),
    **{RuleKey(Role.SUSPENSE, code): Rule("7330", "0") for code in ("12007", "12009", "12999")},
    RuleKey(Role.SALES, "900", "", "7"): Rule("2901", "0", kind=Kind.GIFT_CARD),
    RuleKey(Role.SALES, "910", "", "7"): Rule("2970", "0", kind=Kind.DEPOSIT),
    RuleKey(Role.SALES, "920", "", "7"): Rule("2910", "0", kind=Kind.TIP),
    RuleKey(Role.SALES, "950", "", "7"): Rule("1900", "0", kind=Kind.DEPOSIT),
}
Sold = tuple[str, str, str]  # article group, gross, own VAT code
Paid = tuple[str, ...]  # payment type, amount, then perhaps currency and exchange rate


@dataclass(frozen=True)
class Said:
    """One transaction as its till writes it, and what it adds to the Z."""

    xml: str
    gross: int
    vat: Counter[str]
    paid: Counter[str]
    in_z: bool


_numbers = count(1)


def told(
    code: str = "11001",
    sold: Sequence[Sold] = (FOOD,),
    paid: Sequence[Paid] = (CARD,),
    *,
    gross: str | None = None,
    side: str = "",
    beside: Sequence[str] = (),
    rounding: str | None = None,
    tip: str = "",
    in_z: bool = True,
    **more: str | None,
) -> Said:
    """A transaction of type `code` ('' for none); `gross` where it is not the sum of its lines.

    `beside` stands between the VAT rows and the rounding; `more` as `saft_builder.receipt` has it.
    """
    sums = [(from_kroner(amount), RATES[own], own) for _, amount, own in sold]
    vat: Counter[str] = Counter()
    for amount, rate, own in sums:
        vat[own] += vat_of_gross(amount, rate)
    total = sum(amount for amount, *_ in sums) if gross is None else from_kroner(gross)
    net = total - sum(vat.values())
    side = side or ("D" if total < 0 else "C")
    body = [_line(*line) for line in sold]
    body += [_vat_row(own, tax) for own, tax in vat.items()]
    raises = [_raise("10001", tip)] if tip else []
    tail = [xml.rounding(rounding)] if rounding else []
    tail += [_payment(*one) for one in paid]
    nr = more.pop("nr", None) or str(next(_numbers))
    text = xml.receipt(
        nr, to_kroner(total), to_kroner(net), *body, *beside, *raises, *tail,
        side=side, own_type=code or None, **more,
    )  # fmt: skip
    amounts = Counter[str]()
    for kind, amount, *_ in paid:
        amounts[kind] += from_kroner(amount)
    return Said(text, total, vat, amounts, in_z=in_z and code in SALES)


def _line(group: str, amount: str, own: str) -> str:
    gross = from_kroner(amount)
    vat = vat_of_gross(gross, RATES[own])
    side = "D" if gross < 0 else "C"
    return xml.line(group, amount, to_kroner(gross - vat), to_kroner(vat), own, side)


def _vat_row(own: str, tax: int) -> str:
    return xml.vat_row(own, to_kroner(tax), "D" if tax < 0 else "C")


def _raise(kind: str, amount: str) -> str:
    return xml.el("raise", xml.leaves({"raiseType": kind, "raiseAmnt": amount}))


def service(amount: str) -> str:
    """A service charge (10999)."""
    return _raise("10999", amount)


def _payment(kind: str, amount: str, currency: str = "", rate: str = "") -> str:
    more = {"curCode": currency} if currency else {}
    return xml.payment(kind, amount, **(more | ({"exchRt": rate} if rate else {})))


def closing(receipts: Iterable[Said], number: str = "1", **more: str) -> str:
    """The Z that agrees with its receipts."""
    sales = [receipt for receipt in receipts if receipt.in_z]
    paid, vat = Counter[str](), Counter[str]()
    for receipt in sales:
        paid.update(receipt.paid)
        vat.update(receipt.vat)
    fields = {"at": "2020-01-01T23:56:59", **more}
    return xml.z_report(
        number,
        fields.pop("total", to_kroner(sum(receipt.gross for receipt in sales))),
        {kind: to_kroner(amount) for kind, amount in paid.items()} or {"12002": "0.00"},
        {own: ("0.00", to_kroner(tax)) for own, tax in vat.items()} or {"2": ("0.00", "0.00")},
        **fields,
    )


def a_file(*receipts: Said, z: str | None = None) -> str:
    """One till's day with its Z."""
    journal = z if z is not None else closing(receipts)
    return in_places(xml.location(xml.till(journal, *(receipt.xml for receipt in receipts))))


def in_places(*locations: str) -> str:
    """A file with these locations; own VAT code 0 is standard 7, «no VAT treatment»."""
    text = xml.saft(*locations, basics=BASICS)
    return text.replace("<standardVatCode>0<", "<standardVatCode>7<")


def a_day(file: str) -> SalesDay:
    """The one settlement of a file."""
    (day,) = [day for register in registers(read(xml.source(file))) for day, _ in register.settled]
    return day


def booked(file: str, *, mapped: bool = False) -> dict[str, int] | list[str]:
    """Account → øre (debit +) as it is booked with the suggested setup, or the codes that stop it."""
    rules = {**SUGGESTED, **(MAPPED if mapped else {})}
    return entries(build_journal(a_day(file), Setup(default={k: (r,) for k, r in rules.items()})))


def entries(built: Journal | tuple[Issue, ...]) -> dict[str, int] | list[str]:
    """A journal's sums per account, or the codes of what stands in its way."""
    if not isinstance(built, Journal):
        return [issue.code for issue in built]
    sums = Counter[str]()
    for line in built.lines:
        sums[line.account] += line.amount
    return dict(sums)


def noted(file: str) -> list[str]:
    """The codes of all findings of the one settlement."""
    return [finding.code for finding in a_day(file).findings]

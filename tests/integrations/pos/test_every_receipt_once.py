"""Every receipt ends up in one place, and every krone once: the sums of a file, added up three ways.

What stands in the file is counted with regular expressions here, never with our reader.
"""

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.books.domain.codes import ON_ACCOUNT, Role
from accounting.books.domain.sales import LEFT_OUT, ON_CREDIT, SALE_TYPES, ReceiptKind
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.domain.totals import settle
from integrations.pos.generator import Plan, write
from integrations.pos.generator.defects import DEFECTS
from integrations.pos.generator.plan import CURRENCIES, KINDS, PROFILES, TIPS, Refused
from integrations.pos.saft import RefusedFile, read
from integrations.pos.summary import summarise
from tests.integrations.pos.divided import OPENING, registers
from tests.integrations.pos.settled import ADDED, the_journal, the_setup

PLAN = Plan(
    "923456783", "Fjord AS", date(2026, 11, 2), 3, (("Sentrum", "1"), ("Torget", "1")), 14, 1
)
HARMLESS = sorted(name for name, d in DEFECTS.items() if d.verdict != "refused")
REFUSED = sorted(DEFECTS.keys() - set(HARMLESS))
# The tender gift card has an account of its own here, apart from the cards that are sold.
TENDERS = {**ADDED, RuleKey(Role.GIFTCARD): Rule("1991", "0")}
MONEY = frozenset({"1900", "1901", "1902", "1903", "1991", "2902", "1570", "1990"})
PLANS = st.builds(
    lambda seed, **habits: replace(PLAN, seed=seed, **habits),
    seed=st.integers(0, 10**6),
    profile=st.sampled_from(PROFILES),
    kinds=st.sampled_from(KINDS),
    tips=st.sampled_from(TIPS),
    currency=st.sampled_from(CURRENCIES),
    dialect=st.sampled_from(["signed", "absolute"]),
    defects=st.lists(st.sampled_from(HARMLESS), max_size=2, unique=True).map(tuple),
)


def written(plan):
    """The file of a plan; without the defects for which there was no room."""
    out = io.BytesIO()
    try:
        write(plan, out)
    except Refused:
        out = io.BytesIO()
        write(replace(plan, defects=()), out)
    return out.getvalue()


def in_file(data):
    """(register's place in the file, nr) of every transaction, each once."""
    tills = data.split(b"<cashregister>")[1:]
    return {
        (place, nr.decode())
        for place, till in enumerate(tills)
        for nr in re.findall(rb"<cashtransaction><nr>(.*?)</nr>", till)
    }


@settings(deadline=None, max_examples=15)
@given(PLANS)
def test_every_receipt_is_settled_waiting_or_open_exactly_once(plan):
    """Settled + waiting for the rest of its Z + closed by no Z = every receipt of the file.

    And of the settled: what goes as an invoice is handed on, once.
    """
    data = written(plan)
    found = registers(read(io.BytesIO(data)))
    fates = Counter(
        (place, receipt.nr)
        for place, register in enumerate(found)
        for part in (*(part for _, part in register.settled), register.waiting, register.open)
        for receipt in part
    )
    assert fates == Counter(in_file(data))
    for register in found:
        for day, part in register.settled:
            assert day.transactions == len(part)
            invoiced = [receipt.nr for receipt in part if receipt.kind in ON_CREDIT]
            assert [sale.nr for sale in day.credit_sales] == invoiced


REASONS = {
    ReceiptKind.TRAINING: b"<trainingID>true<",
    ReceiptKind.VOID: b"<voidTransaction>true<",
    ReceiptKind.INVENTORY: b"<transType>LAGER<",
}


def reasons(data):
    """Each receipt that the file itself says is to be left out, and why."""
    tills = data.split(b"<cashregister>")[1:]
    found = {}
    for place, till in enumerate(tills):
        for receipt in till.split(b"<cashtransaction>")[1:]:
            nr = re.match(rb"<nr>(.*?)</nr>", receipt)[1].decode()
            why = next((kind for kind, mark in REASONS.items() if mark in receipt), None)
            if why:
                found[place, nr] = why
    return found


@settings(deadline=None, max_examples=15)
@given(PLANS)
def test_what_is_left_out_has_its_reason_in_the_file_and_changes_no_sum(plan):
    """No other receipt is left out, and without those that are, the settlement is the same."""
    data = written(plan)
    found = registers(read(io.BytesIO(data)))
    left_out = {
        (place, nr): receipt.kind
        for place, register in enumerate(found)
        for nr, receipt in register.receipts.items()
        if receipt.kind in LEFT_OUT
    }
    assert left_out == reasons(data)
    for register in found:
        reports = {z.number: z for z in register.reports}
        for day, part in register.settled:
            rest = [receipt for receipt in part if receipt.kind not in LEFT_OUT]
            without = settle(reports[day.z_number], rest, day.register, OPENING)
            assert _sums(without) == _sums(day)


def _sums(day):
    return replace(day, transactions=0, first_nr="", last_nr="", findings=())


@settings(deadline=None, max_examples=15)
@given(PLANS, st.sampled_from(REFUSED))
def test_a_refused_file_settles_nothing_and_says_why(plan, defect):
    """All of it is left out, for one reason, whatever could be read before the fault."""
    out = io.BytesIO()
    write(replace(plan, defects=(defect,)), out)
    with pytest.raises(RefusedFile) as refused:
        summarise(read(io.BytesIO(out.getvalue())))
    assert refused.value.code == DEFECTS[defect].code


@settings(deadline=None, max_examples=15)
@given(PLANS)
def test_the_counts_that_are_told_add_up_to_the_file(plan):
    """Σ transactions of settlements + Σ open = receipts in the file; a credit sale is named once."""
    data = written(plan)
    found = summarise(read(io.BytesIO(data)))
    settled = sum(row["transactions"] for row in found["settlements"])
    waiting = sum(row["transactions"] for row in found["open"])
    assert settled + waiting == len(in_file(data))
    named = [(sale["register"], sale["nr"]) for sale in found["credit_sales"]]
    assert len(set(named)) == len(named)


@settings(deadline=None, max_examples=15)
@given(PLANS.map(lambda plan: replace(plan, defects=())))
def test_the_sum_of_the_file_is_the_sum_of_its_parts(plan):
    """Σ transAmntIn = Σ settlements + Σ taken in + Σ credit sales + Σ moved + Σ left out + Σ open.

    In the dialect whose amounts carry their sign and with tips outside, so that In is what it says.
    """
    data = written(replace(plan, dialect="signed", tips="outside"))
    total = sum(_ore(amount) for amount in re.findall(rb"<transAmntIn>(.*?)<", data))
    parts = 0
    for register in registers(read(io.BytesIO(data))):
        assert register.waiting == []
        for day, part in register.settled:
            traded_in = sum(m.amount for m in day.movements if m.kind == ReceiptKind.TRADE_IN)
            beside = (r for r in part if r.kind not in SALE_TYPES | ON_CREDIT)
            parts += day.gross + traded_in
            parts += sum(sale.gross for sale in day.credit_sales)
            parts += sum(receipt.gross for receipt in beside)
        parts += sum(receipt.gross for receipt in register.open)
    assert parts == total


@settings(deadline=None, max_examples=15)
@given(PLANS.map(lambda plan: replace(plan, defects=())))
def test_money_in_is_money_booked(plan):
    """For each settlement, in øre:

    Σ tenders of its receipts (not on account, not of what is left out, a float being no money that came)
      = Σ journal lines on the accounts of the tenders                                   (money booked)
      = sales gross + tips + rounding + customer payments + trade-ins + money moved in − out.
    """
    found = registers(read(io.BytesIO(written(plan))))
    setup = the_setup((day for register in found for day, _ in register.settled), TENDERS)
    for register in found:
        for day, part in register.settled:
            received = sum(_received(receipt) for receipt in part)
            booked = sum(x.amount for x in the_journal(day, setup).lines if x.account in MONEY)
            moved = sum(m.amount for m in day.movements if m.kind != ReceiptKind.FLOAT)
            assert received == booked == day.gross + day.tips + day.rounding + moved


OUTWARD = frozenset({ReceiptKind.PAID_OUT, ReceiptKind.PURCHASE, ReceiptKind.PAYMENT})


def _received(receipt):
    """What came into the till: floats are there already, money taken out is negative either way."""
    if receipt.kind in LEFT_OUT or receipt.kind is ReceiptKind.FLOAT:
        return 0
    paid = sum(p.amount for p in receipt.payments if p.standard_type != ON_ACCOUNT)
    if receipt.kind in OUTWARD:
        return -abs(paid)
    short = receipt.kind is ReceiptKind.CASH_DIFFERENCE and receipt.gross < 0
    return -abs(paid) if short else paid


def _ore(text):
    return int(text.replace(b".", b""))

"""Every known variant of a Z report agrees with its receipts; anything else is said."""

from dataclasses import replace
from itertools import product

import pytest

from accounting.books.domain.issues import sentence
from accounting.books.domain.sales import Counted, Evidence, ReceiptKind
from accounting.books.domain.z_checks import z_issues
from tests.accounting.books.domain.values import BEER, a_line, a_payment, a_receipt, a_z, codes

SALE = a_receipt(1, [a_line(11540)], [a_payment(11500, "12001")], rounding=-40)
CARD = a_receipt(2, [a_line(11500), a_line(2500, BEER)])
RETURN = a_receipt(3, [a_line(-1150)])
DAY = (SALE, CARD, RETURN)
NET = a_z(DAY)
GROSS = a_z((SALE, CARD))


@pytest.mark.parametrize(
    "z",
    [
        NET,
        GROSS,
        replace(NET, total=NET.total - 40),  # after rounding
        replace(NET, total=GROSS.total - 40),
        replace(NET, payments=(("CASH", 11540), ("CARD", 12850))),  # before rounding
        replace(NET, vat=(*NET.vat, ("0", 0, 0, 0))),  # quiet rows of zero
        replace(NET, payments=(*NET.payments, ("VIPPS", 0))),
        replace(NET, vat=GROSS.vat),
        replace(NET, payments=GROSS.payments),
        replace(NET, register_named=""),
    ],
)
def test_a_known_variant_agrees(z):
    assert list(z_issues(z, DAY, "1")) == []


@pytest.mark.parametrize(
    ("z", "said"),
    [
        (replace(NET, total=NET.total + 1), ["z-total-differs"]),
        (replace(NET, vat=NET.vat[1:]), ["z-vat-differs"]),
        (replace(NET, vat=(*NET.vat, ("33", 1200, 0, 5))), ["z-vat-differs"]),
        (replace(NET, payments=NET.payments[:1]), ["z-payment-differs"]),
        (replace(NET, payments=(*NET.payments, ("VIPPS", 100))), ["z-payment-differs"]),
        (replace(NET, register_named="2"), ["z-of-another-register"]),
    ],
)
def test_a_difference_is_said(z, said):
    issues = list(z_issues(z, DAY, "1"))
    assert codes(issues) == said
    assert all(issue.blocks for issue in issues)
    assert "{" not in sentence(issues[0], "nb") + sentence(issues[0], "en")


def test_an_even_exchange_is_no_return():
    """It comes to nothing, yet moves VAT from one code to another: in a Z gross of returns too."""
    even = a_receipt(4, [a_line(-11500), a_line(11500, BEER)], [])
    for counted in ((*DAY, even), (SALE, CARD, even)):
        assert list(z_issues(a_z(counted), (*DAY, even), "1")) == []


def test_a_till_that_gives_no_vat_rows_is_compared_by_its_lines():
    bare = replace(CARD, vat_rows=())
    assert list(z_issues(a_z([CARD]), [bare], "1")) == []


def test_a_z_whose_vat_rows_name_no_code_is_compared_by_rate():
    nameless = tuple(("", rate, net, vat) for _, rate, net, vat in NET.vat)
    assert list(z_issues(replace(NET, vat=nameless), DAY, "1")) == []
    wrong = (("", 1500, 0, 1), *nameless[1:])
    assert codes(z_issues(replace(NET, vat=wrong), DAY, "1")) == ["z-vat-differs"]


def test_nothing_sold_and_a_z_of_zeros_agree():
    assert list(z_issues(a_z(vat=(("2", 1500, 0, 0),), payments=(("CASH", 0),)), [], "1")) == []


TIPPED = replace(CARD, raises=(("10001", 500),), tip=500, payments=(a_payment(14500),))


@pytest.mark.parametrize("total", [14000, 14500])
@pytest.mark.parametrize("paid", [14000, 14500])
def test_tips_are_in_the_total_or_not_and_in_the_payments_or_not(total, paid):
    z = replace(a_z([TIPPED]), total=total, payments=(("CARD", paid),))
    assert list(z_issues(z, [TIPPED], "1")) == []


def test_the_rounding_of_what_is_no_sale_may_be_in_the_total():
    customer = replace(SALE, nr="9", kind=ReceiptKind.CUSTOMER_PAYMENT)
    z = a_z([SALE])
    for total in (11540, 11500, 11460):
        assert codes(z_issues(replace(z, total=total), [SALE, customer], "1")) == []
    assert codes(z_issues(replace(z, total=11420), [SALE, customer], "1")) == ["z-total-differs"]


def test_what_customers_pay_and_what_moves_may_be_among_the_payments_or_not():
    customer = replace(CARD, nr="8", kind=ReceiptKind.CUSTOMER_PAYMENT)
    on_account = replace(
        CARD, nr="7", kind=ReceiptKind.CREDIT_SALE, payments=(a_payment(14000, "12006"),)
    )
    out = replace(
        SALE, nr="9", kind=ReceiptKind.PAID_OUT, payments=(a_payment(500, "12001"),), rounding=0
    )
    receipts = (SALE, customer, on_account, out)
    z = a_z([SALE])
    for cash, card, account in product((11500, 11000), (0, 14000), (0, 14000)):
        said = (("CASH", cash), ("CARD", card), ("ACC", account))
        assert codes(z_issues(replace(z, payments=said), receipts, "1")) == []
    wrong = replace(z, payments=(("CASH", 11999),))
    assert codes(z_issues(wrong, receipts, "1")) == ["z-payment-differs"]


def test_vat_may_be_summed_by_line_or_by_receipt():
    """86.40 in three lines: 11.28 by line, 11.27 on the receipt's total (saft.md 4.7)."""
    three = a_receipt(1, [a_line(2880, vat=376)] * 3)
    recomputed = replace(three, vat_rows=(replace(three.vat_rows[0], vat=1127),))
    for vat, said in ((1128, []), (1127, []), (1126, ["z-vat-differs"])):
        z = replace(a_z([three]), vat=(("31", 1500, 7512, vat),))
        assert codes(z_issues(z, [recomputed], "1")) == said


def of_kind(number, kind, **more):
    return replace(CARD, nr=str(number), kind=kind, **more)


# Two sales, one of nothing, a return, and one of each kind that a till may count beside them.
COUNTED = (
    SALE,
    CARD,
    a_receipt(10, [], []),
    RETURN,
    of_kind(11, ReceiptKind.CREDIT_SALE),
    of_kind(12, ReceiptKind.CUSTOMER_PAYMENT),
    of_kind(13, ReceiptKind.PAID_OUT),
    *(of_kind(nr, ReceiptKind.TRAINING) for nr in range(20, 40)),
    *(of_kind(nr, ReceiptKind.VOID) for nr in range(40, 140)),
)


def count_issues(reported, printed=0, seen=0, receipts=COUNTED):
    z = a_z(receipts, counted=Counted(reported, printed), evidence=Evidence("t1", "t2", seen))
    return [issue for issue in z_issues(z, receipts, "1") if issue.code == "z-count-differs"]


@pytest.mark.parametrize(
    ("habit", "reported"),
    [
        ("6.4.12 sales without returns", 3),
        ("6.4.12 sales of a sum without returns", 2),
        ("6.4.12 sales with returns", 4),
        ("6.4.12 credit sales too", 5),
        ("6.4.12 customer payments too", 6),
        ("6.4.12 everything that happened", 7),
        ("6.4.12 sales and training", 3 + 20),
        ("6.4.12 sales and void", 3 + 100),
        ("6.4.12 every transaction", 7 + 20 + 100),
        ("0.7 a till that does not count", 0),
    ],
)
def test_each_habit_of_counting_agrees(habit, reported):
    assert count_issues(reported) == [], habit


def test_6_4_12_what_the_journal_names_or_saw_printed_agrees():
    assert count_issues(50, printed=50) == []
    assert count_issues(50, seen=50) == []


def test_6_4_12_a_count_that_fits_nothing_is_a_note_with_both_figures():
    (issue,) = count_issues(50)
    assert (issue.subject, dict(issue.facts)) == ("1", {"reported": "50", "computed": "3"})
    assert not issue.blocks
    assert "50" in sentence(issue, "nb")
    assert "50" in sentence(issue, "en")


def test_a_z_whose_count_was_never_read_is_not_asked_for_it():
    assert list(z_issues(a_z(DAY), DAY, "1")) == []


def test_a_trade_in_is_a_sale_however_much_was_taken_in():
    used = a_receipt(5, [a_line(1000), a_line(-5000)], [], kind=ReceiptKind.TRADE_IN)
    assert count_issues(1, receipts=(used,)) == []
    assert dict(count_issues(9, receipts=(used,))[0].facts)["computed"] == "1"

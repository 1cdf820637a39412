"""The order of evidence (DESIGN.md 5) and the dialects of signs (saft.md 4.7), row by row."""

import pytest

from accounting.books.domain.evidence import Witness, kind_of, normalised, signed
from accounting.books.domain.sales import ReceiptKind
from tests.accounting.books.domain.values import a_payment, a_receipt

K = ReceiptKind
CARD = (a_payment(100),)
ACCOUNT = (a_payment(100, "12006"),)


def weighed(standard="11001", payments=CARD, own=None, invoice="", training=False, void=False):
    own = standard if own is None else own
    return kind_of(Witness(training, void, own, standard, invoice, payments))


@pytest.mark.parametrize(
    ("standard", "kind"),
    [
        ("11001", K.SALE),
        ("11002", K.CREDIT_SALE),
        ("11003", K.PURCHASE),
        ("11004", K.PAYMENT),
        ("11005", K.CUSTOMER_PAYMENT),
        ("11006", K.SALE),
        ("11007", K.FLOAT),
        ("11008", K.CASH_DIFFERENCE),
        ("11009", K.SALE),
        ("11010", K.PAID_OUT),
        ("11011", K.PAID_IN),
        ("11012", K.TRADE_IN),
        ("11013", K.SALE),
        ("11014", K.INVENTORY),
        ("11015", K.MIXED),
        ("11016", K.SALE),
        ("11017", K.CREDIT_SALE),
        ("11999", K.UNRESOLVED),
        ("", K.UNRESOLVED),
    ],
)
def test_the_predefined_type_decides_where_nothing_else_does(standard, kind):
    assert weighed(standard, own="X") is kind


def test_a_receipt_without_any_type_is_a_sale():
    assert weighed("", own="") is K.SALE


def test_training_and_void_come_before_everything():
    assert weighed("11002", ACCOUNT, training=True, void=True) is K.TRAINING
    assert weighed("11002", ACCOUNT, void=True) is K.VOID


def test_a_tender_on_account_comes_before_the_type():
    assert weighed("11001", ACCOUNT) is K.CREDIT_SALE
    assert weighed("11005", ACCOUNT) is K.CREDIT_SALE
    assert weighed("11015", ACCOUNT) is K.MIXED


def test_a_customers_payment_is_one_even_with_an_invoice():
    assert weighed("11005", invoice="7") is K.CUSTOMER_PAYMENT
    assert weighed("11005", (), invoice="7") is K.CUSTOMER_PAYMENT


@pytest.mark.parametrize("payments", [(), (a_payment(0),)])
def test_an_invoice_with_nothing_paid_is_a_credit_sale(payments):
    assert weighed("11001", payments, invoice="7") is K.CREDIT_SALE
    assert weighed("11001", CARD, invoice="7") is K.SALE


@pytest.mark.parametrize(
    ("amount", "side", "told"), [(5, "C", 5), (-5, "C", -5), (5, "D", -5), (-5, "D", -5)]
)
def test_one_rule_reads_both_dialects(amount, side, told):
    assert signed(amount, side) == told


@pytest.mark.parametrize(
    ("gross", "rounding", "paid", "turned_rounding", "turned_paid"),
    [
        (29540, -40, 29500, -40, 29500),  # as it should be
        (29540, 40, 29500, -40, 29500),  # rounding with the other sign
        (-1640, 0, 1640, 0, -1640),  # payments with the other sign
        (-1640, 40, 1600, 40, -1600),  # ditto, with a rounding that is right
        (-1640, -40, 1600, 40, -1600),  # both
        (1000, None, 1000, None, 1000),
        (-1000, None, 1000, None, -1000),
        (1000, None, 900, None, 900),  # nothing fits: left for the checks
        (1000, 30, 0, 30, 0),
    ],
)
def test_what_the_sums_prove_is_turned(gross, rounding, paid, turned_rounding, turned_paid):
    receipt = a_receipt(payments=[a_payment(paid, "12001")], gross=gross, rounding=rounding)
    found = normalised(receipt)
    assert (found.rounding, found.payments[0].amount) == (turned_rounding, turned_paid)


def paid(*payments, tip=1000, gross=11500, **more):
    """A receipt of 115.00 with a raise of type tips."""
    raises = (("10001", tip),) if tip else ()
    return a_receipt(**{"payments": payments, "raises": raises, "gross": gross, **more})


@pytest.mark.parametrize(
    ("receipt", "gross", "net", "tip"),
    [
        (paid(a_payment(12500)), 11500, 10000, 1000),  # outside the total
        (paid(a_payment(12500), gross=12500, net=11000), 11500, 10000, 1000),  # inside, net too
        (paid(a_payment(12500), gross=12500, net=10000), 11500, 10000, 1000),  # inside, net not
        (paid(a_payment(11500)), 11500, 10000, 0),  # told, and a line already
        (paid(a_payment(13000)), 11500, 10000, 0),  # nothing fits: left for the checks
        (paid(a_payment(12460, "12001"), rounding=-40), 11500, 10000, 1000),
        (paid(a_payment(12460, "12001"), rounding=None), 11500, 10000, 1000),  # rounding derived
        (paid(a_payment(11500), tip=0), 11500, 10000, 0),
        (paid(a_payment(11500), tip=0, raises=(("10999", 500),)), 11500, 10000, 0),
    ],
)
def test_a_tip_is_what_the_sums_prove(receipt, gross, net, tip):
    found = normalised(receipt)
    assert (found.gross, found.net, found.tip) == (gross, net, tip)


def euro(amount, rate, **more):
    return a_payment(amount, "12001", currency="EUR", rate=rate, **more)


@pytest.mark.parametrize(
    ("payments", "nok"),
    [
        ((euro(1000, 11_500_000),), [11500]),  # in euro, the rate for one
        ((euro(1000, 1_150_000_000),), [11500]),  # the rate for a hundred
        ((euro(11500, 11_500_000),), [11500]),  # in kroner already
        ((euro(2000, 11_500_000), a_payment(-11500, "12001")), [23000, -11500]),
        ((euro(11500, None),), [11500]),
        ((euro(1000, None),), [1000]),  # nothing fits
        ((euro(-1000, 11_500_000),), [11500]),  # flipped
    ],
)
def test_foreign_cash_is_read_the_way_that_comes_out(payments, nok):
    found = normalised(paid(*payments, tip=0))
    assert [payment.amount for payment in found.payments] == nok


def test_foreign_cash_given_back_is_rounded_as_what_was_given():
    back = normalised(paid(euro(-1001, 11_488_500), tip=0, gross=-11500))
    assert back.payments[0].amount == -11500


def test_a_customers_payment_without_a_total_is_what_was_paid():
    receipt = paid(a_payment(500), tip=0, gross=0, kind=K.CUSTOMER_PAYMENT)
    assert normalised(receipt) == receipt


@pytest.mark.parametrize("kind", [K.PAID_OUT, K.FLOAT, K.TRAINING, K.UNRESOLVED])
def test_what_is_not_settled_by_tenders_is_left_as_it_was_written(kind):
    receipt = paid(a_payment(-500), tip=0, kind=kind)
    assert normalised(receipt) == receipt

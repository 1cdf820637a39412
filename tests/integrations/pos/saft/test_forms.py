"""What is kept at hand while reading is bounded, and forgetting it changes nothing."""

from lxml import etree

from integrations.pos.saft.master import Master
from integrations.pos.saft.receipts import Till
from integrations.pos.saft.shape import Forms
from tests.saft_builder import NAMESPACE, card_sale, payment, receipt

SALES = [
    *(card_sale(str(nr), f"{nr}.00", f"{nr}.00", "0.00") for nr in range(1, 20)),
    *(receipt(str(nr), "1.00", "1.00", *[payment("CASH", "1.00")] * nr) for nr in range(20, 30)),
    *(card_sale(str(nr), f"{nr}.00", f"{nr}.00", "0.00") for nr in range(1, 20)),
]


def read_all(forms, till):
    elements = [etree.fromstring(sale.replace(">", f' xmlns="{NAMESPACE}">', 1)) for sale in SALES]
    return [till.read(*forms.read(element)) for element in elements]


def test_a_reader_that_forgets_reads_the_same():
    kept = read_all(Forms(), Till(Master()))
    assert read_all(Forms(most=2), Till(Master(), most_lines=3)) == kept
    assert [receipt.position for receipt in kept] == [*range(1, 30), *range(1, 20)]


def test_equal_lines_are_one_value():
    kept = read_all(Forms(), Till(Master()))
    assert kept[0].lines[0] is kept[29].lines[0]

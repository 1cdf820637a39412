"""What is kept at hand while reading is bounded, and forgetting it changes nothing."""

from integrations.pos.saft.master import Master
from integrations.pos.saft.receipts import Till
from integrations.pos.saft.shape import shapes_of
from tests.saft_builder import card_sale, payment, receipt

SALES = [
    *(card_sale(str(nr), f"{nr}.00", f"{nr}.00", "0.00") for nr in range(1, 20)),
    *(receipt(str(nr), "1.00", "1.00", *[payment("CASH", "1.00")] * nr) for nr in range(20, 30)),
    *(card_sale(str(nr), f"{nr}.00", f"{nr}.00", "0.00") for nr in range(1, 20)),
]


def read_all(till):
    shapes = shapes_of("")
    return [till.read(shapes, sale) for sale in SALES]


def test_a_reader_that_forgets_reads_the_same():
    kept = read_all(Till(Master()))
    assert read_all(Till(Master(), most_kept=3)) == kept
    assert [receipt.position for receipt in kept] == [*range(1, 30), *range(1, 20)]


def test_equal_lines_are_one_value():
    kept = read_all(Till(Master()))
    assert kept[0].lines[0] is kept[29].lines[0]
    assert kept[0].payments is kept[29].payments

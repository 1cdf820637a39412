"""Short ways to read a built file in tests."""

import pytest

from integrations.pos.saft import ReceiptRead, RefusedFile, ZRead, read
from tests.saft_builder import card_sale, location, saft, source, till


def items(file):
    return list(read(source(file)))


def receipts(file):
    return [item.receipt for item in items(file) if isinstance(item, ReceiptRead)]


def z_reports(file):
    return [item.z for item in items(file) if isinstance(item, ZRead)]


def one_till(*entries, **more):
    """A file with one till at one place."""
    return saft(location(till(*entries)), **more)


def only_receipt(*entries, **more):
    (found,) = receipts(one_till(*entries, **more))
    return found


def refusal(file):
    """The refusal of a file; fails when it is read to the end."""
    with pytest.raises(RefusedFile) as refused:
        items(file)
    return refused.value


def facts(refused):
    return dict(refused.issue.facts)


SALE = one_till(card_sale("1"))
LINES = SALE.replace("><", ">\n<")  # one element a line, so that line numbers say something


def broken(old, new, text=SALE):
    """The file with one piece replaced; fails if the piece is not there."""
    assert old in text
    return text.replace(old, new, 1)

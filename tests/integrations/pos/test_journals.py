"""A journal is summed while it is read; in whatever order it comes, it comes to the same."""

import io
from random import Random

import pytest

from integrations.pos.generator import write
from integrations.pos.journals import Journal
from integrations.pos.saft import Company, ReceiptRead, RegisterSeen, ZRead, read
from integrations.pos.summary import OPENING, summarise
from tests.integrations.pos.deliveries import SMALL


@pytest.fixture(scope="module")
def items():
    out = io.BytesIO()
    write(SMALL, out)
    out.seek(0)
    return list(read(out))


def of_kind(items, kind):
    return [item for item in items if isinstance(item, kind)]


def shuffled(items, seed):
    """Z reports and receipts each in any order, the receipts of the registers mixed."""
    head, zs, receipts = (
        of_kind(items, kind) for kind in (Company | RegisterSeen, ZRead, ReceiptRead)
    )
    random = Random(seed)  # noqa: S311  # no secrets
    random.shuffle(zs)
    random.shuffle(receipts)
    return [*head, *zs, *receipts]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_receipts_does_not_matter(items, seed):
    assert summarise(shuffled(items, seed)) == summarise(items)


def test_parts_of_a_delivery_may_overlap_and_come_in_any_order(items):
    first = [item for item in items if not isinstance(item, ZRead) or item.z.number == "1"]
    assert summarise([*first, *items]) == summarise(items)
    assert summarise([*items, *first]) == summarise(items)
    late = [item for item in items if not isinstance(item, ZRead) or item.z.number != "1"]
    assert summarise([*late, *of_kind(items, ZRead)]) == summarise(items)


def test_no_more_than_a_few_days_are_held(items):
    (place, *_) = [(item.location, item.till_id) for item in of_kind(items, RegisterSeen)]
    journal, most = Journal(*place, OPENING), 0
    own = [item for item in items if (getattr(item, "till_id", ""), 1) == (place[1], 1)]
    for item in own:
        if isinstance(item, ZRead):
            journal.close(item.z)
        elif isinstance(item, ReceiptRead):
            journal.add(item.receipt)
            most = max(most, len(journal._receipts))
    assert most < len(of_kind(own, ReceiptRead)) * 0.8
    assert len(journal.end().days) == len(of_kind(own, ZRead))
    journal.forget()

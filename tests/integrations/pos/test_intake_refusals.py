"""A refused file leaves nothing behind, in any table: it is read wholly before a row is written."""

from dataclasses import replace

import pytest

from integrations.pos.generator.defects import DEFECTS
from integrations.pos.saft import RefusedFile
from tests.build import OTHER_ORG_NO, a_company
from tests.integrations.pos.deliveries import SMALL, rows_of_every_table, take, told
from tests.integrations.pos.generator.plans import written

pytestmark = pytest.mark.django_db

WHOLE = written(SMALL)[0]
LAST_RECEIPT = WHOLE.rindex(b"<cashtransaction>")


def defect(name):
    """The file that the generator breaks on purpose."""
    return written(replace(SMALL, defects=(name,)))[0]


def at_the_end(old, new):
    """The file broken in its very last receipt: everything before it has been read."""
    head, tail = WHOLE[:LAST_RECEIPT], WHOLE[LAST_RECEIPT:]
    assert old in tail
    return head + tail.replace(old, new, 1)


REFUSED = {
    "DOCTYPE": (lambda: defect("doctype"), "file-has-doctype"),
    "another namespace": (lambda: defect("danish-namespace"), "file-not-saft"),
    "another root": (lambda: b"<AuditFile/>", "file-not-saft"),
    "no XML at all": (lambda: b"PK\x03\x04", "file-not-saft"),
    "empty": (lambda: b"", "file-empty"),
    "truncated": (lambda: defect("truncated"), "file-truncated"),
    "without the end tag": (lambda: WHOLE[: WHOLE.rindex(b"</auditfile>")], "file-truncated"),
    "not well-formed": (lambda: at_the_end(b"</cashtransaction>", b"</x>"), "file-not-xml"),
    "undecodable bytes": (lambda: defect("cp1252-bytes"), "file-undecodable"),
    "two companies": (lambda: defect("two-companies"), "file-two-companies"),
    "a third decimal": (lambda: defect("third-decimal"), "amount-malformed"),
    "an amount of letters": (
        lambda: at_the_end(b"<transAmntIn>", b"<transAmntIn>x"),
        "amount-malformed",
    ),
    "an empty required field": (
        lambda: at_the_end(b"<transDate>2026-10-25<", b"<transDate><"),
        "field-missing",
    ),
    "a date that does not exist": (
        lambda: at_the_end(b"<transDate>2026-10-25<", b"<transDate>2026-02-30<"),
        "field-malformed",
    ),
    "elements in the wrong order": (
        lambda: at_the_end(b"<cashtransaction><nr>", b"<cashtransaction><desc>x</desc><nr>"),
        "element-out-of-order",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_nothing_of_a_refused_file_is_stored(fault):
    make, code = REFUSED[fault]
    company = a_company()
    before = rows_of_every_table()
    with pytest.raises(RefusedFile) as refused:
        take(company, make())
    assert refused.value.code == code
    assert rows_of_every_table() == before
    assert sum(before.values()) > 0


def test_nothing_of_another_companys_file_is_stored():
    company = a_company(OTHER_ORG_NO)
    before = rows_of_every_table()
    with pytest.raises(RefusedFile) as refused:
        take(company, WHOLE)
    assert refused.value.code == "file-of-another-company"
    assert rows_of_every_table() == before


REFUSED_DEFECTS = {
    "doctype",
    "danish-namespace",
    "truncated",
    "cp1252-bytes",
    "two-companies",
    "third-decimal",
}


@pytest.mark.parametrize("name", sorted(DEFECTS.keys() - REFUSED_DEFECTS - {"z-missing"}))
def test_a_fault_of_sense_does_not_refuse_the_file_but_shows_in_it(name):
    company = a_company()
    take(company, defect(name))
    findings = {f.code for s in company.settlements.all() for f in s.as_day().findings}
    assert findings


def test_the_z_after_one_that_was_never_written_closes_both_days():
    data, oracle = written(replace(SMALL, defects=("z-missing",)))
    company = a_company()
    take(company, data)
    assert told(company) == oracle["settlements"]


def test_a_file_that_can_be_taken_does_store():
    company = a_company()
    before = rows_of_every_table()
    take(company, WHOLE)
    grown = {name for name, count in rows_of_every_table().items() if count != before[name]}
    assert grown == {"company.Register", "books.Receipt", "books.ZReport", "books.Settlement"}

"""Employees and articles that a file names and does not list: one note a kind, at the end of the file."""

import pytest

from integrations.pos.saft import Company, FileNoted, ReceiptRead
from integrations.pos.saft.named import MOST_MISSING, Named
from tests.integrations.pos.saft.reading import items, one_till
from tests.saft_builder import card_sale, el, leaves, prefixed


def employees(*ids):
    row = {"dateOfEntry": "0001-01-01", "timeOfEntry": "00:00:00", "surName": "N"}
    return el("employees", *(el("employee", leaves({"empID": own, **row})) for own in ids))


def articles(*ids):
    row = {"dateOfEntry": "0001-01-01", "artDesc": "Vare"}
    return el("articles", *(el("article", leaves({"artID": own, **row})) for own in ids))


def sold(nr, employee="", article="", seller=""):
    """A sale by an employee, its line of an article and perhaps with a seller of its own."""
    sale = card_sale(nr)
    if employee:
        sale = sale.replace("<transDate>", f"<empID>{employee}</empID><transDate>", 1)
    if article:
        sale = sale.replace("</artGroupID>", f"</artGroupID><artID>{article}</artID>")
    if seller:
        line, rest = sale.split("</amntTp><vat>", 1)
        sale = f"{line}</amntTp><empID>{seller}</empID><vat>{rest}"
    return sale


def noted(*sales, lists="", written=str):
    file = written(one_till(*sales, lists=lists))
    return [
        (item.issue.code, item.issue.subject, dict(item.issue.facts)["count"])
        for item in items(file)
        if isinstance(item, FileNoted)
    ]


WAYS = pytest.mark.parametrize(
    "written", [str, prefixed, lambda text: text.replace("<nr>", '<nr hint="a">')]
)


@WAYS
def test_1_9_who_is_listed_is_not_missing(written):
    lists = employees("7", "8") + articles("A1", "A&amp;B")
    sales = (sold("1", "7", "A1", "8"), sold("2", " 8 ", "A&amp;B"), sold("3"))
    assert noted(*sales, lists=lists, written=written) == []


@WAYS
def test_1_9_an_employee_of_a_receipt_or_a_line_who_is_not_listed_is_told_once(written):
    sales = (sold("1", "7", seller="9"), sold("2", "9"), sold("3", "8", seller="7"))
    found = noted(*sales, lists=employees("8"), written=written)
    assert found == [("employee-missing", "7, 9", "2")]


@WAYS
def test_1_9_an_article_that_is_not_listed_is_told_once(written):
    sales = [sold(str(nr), article=f"A{nr % 3}") for nr in range(1, 10)]
    assert noted(*sales, lists=articles("A1"), written=written) == [
        ("article-missing", "A2, A0", "2")
    ]


def test_1_9_a_list_that_is_left_out_lists_nobody():
    found = noted(sold("1", "7", "A1"), sold("2", "8", "A2"))
    assert found == [("employee-missing", "7, 8", "2"), ("article-missing", "A1, A2", "2")]


def test_1_9_a_file_that_names_nobody_needs_no_lists():
    assert (
        noted(card_sale("1"), sold("2").replace("<transDate>", "<empID></empID><transDate>")) == []
    )


def test_a_list_of_another_kind_lists_nobody():
    found = noted(sold("1", "7", "A1"), lists=employees("A1") + articles("7"))
    assert [code for code, *_ in found] == ["employee-missing", "article-missing"]


def test_the_note_is_about_the_file_and_changes_no_receipt():
    """The same receipt in a file with other lists is the same receipt, and the note comes last."""
    bare = items(one_till(sold("1", "7", "A1")))
    full = items(one_till(sold("1", "7", "A1"), lists=employees("7") + articles("A1")))
    assert [item for item in bare if not isinstance(item, FileNoted)] == full
    assert [type(item) for item in bare[-3:]] == [ReceiptRead, FileNoted, FileNoted]
    assert isinstance(full[0], Company)


def test_only_the_first_few_are_told_by_name_and_their_number():
    named = Named("article-missing")
    for number in range(7):
        named.name(str(number))
    assert named.issue().subject == "0, 1, 2, 3, 4 …"
    assert dict(named.issue().facts) == {"count": "7"}


def test_what_is_missing_is_counted_to_a_bound_and_a_long_id_is_cut():
    named = Named("article-missing")
    for number in range(MOST_MISSING + 5):
        named.name(f"{number:08}" + "x" * 1000)
    assert dict(named.issue().facts) == {"count": "1000+"}
    assert max(map(len, named.issue().subject.split(", "))) < 40


def test_of_a_list_that_is_too_long_nothing_is_said():
    named = Named("article-missing", most_listed=2)
    for own in ("1", "2"):
        named.add_listed(own)
    named.name("9")
    assert named.issue()
    named.add_listed("3")
    assert named.issue() is None

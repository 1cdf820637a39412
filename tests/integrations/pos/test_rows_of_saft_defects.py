"""Every defect of saft.md 7, injected by the generator: its verdict is the one that stands beside it."""

import io
from dataclasses import replace
from datetime import date

import pytest

from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.setup import Setup
from accounting.books.suggestions import SUGGESTED
from integrations.pos.generator import Plan, parts, write
from integrations.pos.generator.defects import DEFECTS
from integrations.pos.intake import take_in
from integrations.pos.saft import read
from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.summary import summarise
from tests.build import ORG_NO, a_company
from tests.integrations.pos.deliveries import rows_of_every_table, told

pytestmark = pytest.mark.django_db
PLAN = Plan(ORG_NO, "Fjord & Fjell AS", date(2026, 11, 2), 4, (("Sentrum", "1"),), 25, 11)
# Some change what happened, so the oracle follows them; beside the others it tells the day without.
OF_VERDICT = {
    verdict: [name for name, defect in DEFECTS.items() if defect.verdict == verdict]
    for verdict in ("refused", "blocked", "warning", "accepted")
}


def written(*defects, plan=PLAN):
    """The file, and the oracle."""
    out, oracle = io.BytesIO(), {}
    write(replace(plan, defects=defects), out, oracle)
    out.seek(0)
    return out, oracle


def findings(found):
    every = [*found["findings"], *(one for row in found["settlements"] for one in row["findings"])]
    return {(one["code"], one["severity"]) for one in every}


def figures(found):
    return [{k: v for k, v in row.items() if k != "findings"} for row in found["settlements"]]


@pytest.mark.parametrize("name", OF_VERDICT["refused"])
def test_7_this_file_is_refused_and_leaves_nothing(name):
    company = a_company()
    before = rows_of_every_table()
    with pytest.raises(RefusedFile) as refused:
        take_in(company, written(name)[0])
    assert refused.value.code == DEFECTS[name].code
    assert rows_of_every_table() == before


@pytest.mark.parametrize("name", OF_VERDICT["blocked"])
def test_7_this_stops_its_settlement_and_no_other(name):
    file, _ = written(name)
    found = summarise(read(file))
    assert (DEFECTS[name].code, "blocked") in findings(found)
    if not DEFECTS[name].everywhere and name != "missing-basics":
        stopped = [row for row in found["settlements"] if findings({**found, "settlements": [row]}) & {
            (DEFECTS[name].code, "blocked")}]  # fmt: skip
        assert len(stopped) == 1


@pytest.mark.parametrize("name", OF_VERDICT["blocked"])
def test_7_this_is_stored_and_gives_no_journal(name):
    """Basic receipts need no more than the suggested setup, so that the defect is all that stops."""
    company = a_company()
    take_in(company, written(name, plan=replace(PLAN, kinds="basic"))[0])
    setup = Setup(default={key: (rule,) for key, rule in SUGGESTED.items()})
    rows = company.settlements.filter(current=True)
    stopped = [row for row in rows if not isinstance(build_journal(row.as_day(), setup), Journal)]
    assert stopped
    if not DEFECTS[name].everywhere and name != "missing-basics":
        assert len(stopped) == 1


@pytest.mark.parametrize("name", OF_VERDICT["warning"])
def test_7_this_is_noted_and_stops_nothing(name):
    file, oracle = written(name)
    found = summarise(read(file))
    assert (DEFECTS[name].code, "warning") in findings(found)
    assert not any(severity == "blocked" for _, severity in findings(found))
    assert figures(found) == figures(oracle)


@pytest.mark.parametrize("name", OF_VERDICT["accepted"])
def test_7_this_makes_no_difference(name):
    file, oracle = written(name)
    found = summarise(read(file))
    assert not any(severity == "blocked" for _, severity in findings(found))
    assert figures(found) == figures(oracle)


# saft.md 7's list with the verdicts of DESIGN.md 5; beside these, a repeated upload and parts out of
# order, below.
VERDICTS = {
    "vat-of-gross": ("blocked", "vat-differs"),
    "rounding-on-card": ("blocked", "rounding-without-cash"),
    "missing-basics": ("blocked", "payment-type-unresolved"),
    "unknown-vat-code": ("blocked", "vat-code-unresolved"),
    "unknown-transaction-type": ("blocked", "transaction-type-unresolved"),
    "nr-gap": ("blocked", "receipt-gap"),
    "duplicate-same": ("accepted", ""),
    "duplicate-differs": ("blocked", "receipt-changed"),
    "z-vat-differs": ("blocked", "z-vat-differs"),
    "z-total-differs": ("blocked", "z-total-differs"),
    "z-payment-differs": ("blocked", "z-payment-differs"),
    "z-missing": ("warning", "z-gap"),
    "z-of-another-register": ("blocked", "z-of-another-register"),
    "two-companies": ("refused", "file-two-companies"),
    "truncated": ("refused", "file-truncated"),
    "cp1252-bytes": ("refused", "file-undecodable"),
    "doctype": ("refused", "file-has-doctype"),
    "third-decimal": ("refused", "amount-malformed"),
    "d-positive": ("accepted", ""),
    "receipt-num-1000": ("warning", "receipt-num-large"),
    "empty-book-date": ("warning", "book-date-empty"),
    "danish-namespace": ("refused", "file-not-saft"),
    "z-count-differs": ("warning", "z-count-differs"),
    "missing-employee": ("warning", "employee-missing"),
    "missing-article": ("warning", "article-missing"),
}


def test_7_every_defect_has_the_verdict_of_its_row():
    assert {name: (defect.verdict, defect.code) for name, defect in DEFECTS.items()} == VERDICTS


def test_7_a_repeated_upload_changes_nothing():
    company = a_company()
    file, _ = written()
    take_in(company, file)
    before = rows_of_every_table()
    again = take_in(company, file)
    assert (again.receipts["new"], again.settlements["same"]) == (0, company.settlements.count())
    assert rows_of_every_table() == before


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_7_parts_in_any_order_come_to_the_same(order):
    company = a_company()
    outs, oracle = [io.BytesIO() for _ in range(3)], {}
    parts(PLAN, outs, oracle)
    for index in order:
        outs[index].seek(0)
        take_in(company, outs[index])
    assert figures({"settlements": told(company)}) == figures(oracle)
    assert not company.settlements.filter(current=True, stopped=True).exists()

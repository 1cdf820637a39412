"""`journal` as somebody types it: the lines, or every issue with where it is mended (DESIGN.md 6)."""

import pytest

from accounting.books.records import save_setup
from accounting.books.suggestions import SUGGESTED
from tests.backoffice.commands.running import run
from tests.build import ORG_NO, a_chart, a_company, a_department, a_settlement, the_suggested_setup

pytestmark = pytest.mark.django_db
Z_1 = ("--company", ORG_NO, "--register", "1", "--z", "1")
KEYS = {"account", "role", "vat_code", "department", "side", "amount", "text"}


@pytest.fixture
def company():
    company = a_company()
    a_settlement(company, sales={"31": "102.80", "3": "411.40"}, cash="295.00", card="218.80")
    return company


def test_the_document_has_exactly_the_agreed_keys(company):
    the_suggested_setup(company)
    ended = run("journal", *Z_1, "--json")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.json.pop("lines")
    assert all(row.keys() == KEYS for row in lines)
    assert {name: value for name, value in ended.json.items() if name != "lines"} == {
        "register": "1",
        "z_number": "1",
        "voucher_date": "2026-11-23",
        "debit": "514.20",
        "credit": "514.20",
        "balanced": True,
    }


def test_lines_carry_the_tills_department(db):
    company = a_company()
    sentrum = a_department(company, "Sentrum", "10")
    a_settlement(company, sales={"31": "102.80"}, cash="102.80", department=sentrum)
    the_suggested_setup(company)
    lines = run("journal", *Z_1, "--json").json["lines"]
    assert {row["department"] for row in lines} == {"Sentrum"}


def test_a_person_sees_the_lines_and_their_sum(company):
    the_suggested_setup(company)
    ended = run("journal", *Z_1)
    head, *lines, total = ended.out.splitlines()
    assert head == "Kasse 1, Z 1, 23.11.2026"
    assert [line.split()[:3] for line in lines] == [
        ["1900", "0", "295.00"],
        ["1901", "0", "218.80"],
        ["3030", "31", "102.80"],
        ["3000", "3", "411.40"],
        ["7740", "0", "0.40"],
    ]
    assert total.split() == ["Sum", "514.20", "514.20"]


def test_every_issue_is_told_at_once_with_its_address(company):
    keys = list(SUGGESTED)[:2]
    save_setup(company, None, {key: SUGGESTED[key] for key in keys})
    ended = run("journal", *Z_1, "--json")
    assert ended.code == 1
    issues = ended.json["issues"]
    assert [issue["code"] for issue in issues] == [
        "payment-account-missing",
        "payment-account-missing",
        "role-account-missing",
    ]
    for issue in issues:
        assert issue.keys() == {"code", "subject", "text", "fix"}
        assert issue["fix"].startswith(f"/s/{ORG_NO}/oppsett/generelt/kontooppsett/")
        assert issue["text"] in ended.err


def test_what_the_chart_refuses_is_told_too(company):
    the_suggested_setup(company)
    a_chart(company, without=("1900",))
    (issue,) = run("journal", *Z_1, "--json").json["issues"]
    assert (issue["code"], issue["subject"]) == ("account-not-in-chart", "1900")


def test_without_json_the_sentences_stand_on_stderr(company):
    ended = run("journal", *Z_1)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--register", "1", "--z", "2"), "Kasse 1 har ikke noe oppgjør med Z 2."),
        (("--register", "9", "--z", "1"), "Selskapet har ingen kasse 9. Kasser: /1."),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(company, words, sentence):
    ended = run("journal", "--company", ORG_NO, *words)
    assert (ended.code, ended.err) == (1, sentence + "\n")

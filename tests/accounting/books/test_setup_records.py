"""Kontooppsett, the chart and kept journals: what is written, what is noted, what grows."""

from datetime import date

import pytest

from accounting.books import records
from accounting.books.domain.codes import Role
from accounting.books.domain.journal import build_journal
from accounting.books.domain.setup import Account, Rule, RuleKey, VatCode
from accounting.books.domain.stored import digest
from accounting.books.queries import SetupReader, chart_of
from accounting.company.models import AuditEntry, Company
from tests import build

pytestmark = pytest.mark.django_db
FOOD, CASH = RuleKey(Role.SALES, vat_code="31"), RuleKey(Role.CASH, standard="12001")


@pytest.fixture
def company():
    return build.a_company()


def version(company):
    return Company.objects.get(pk=company.pk).setup_version


def rows(company, department=None):
    entries = company.setup_entries.filter(department=department).order_by("pk")
    return [(str(e.role), e.account, e.posting_vat_code) for e in entries]


def test_rows_are_written_and_the_version_grows_once(company):
    before = version(company)
    changed = records.save_setup(company, None, {FOOD: Rule("3030", "31"), CASH: Rule("1900", "0")})
    assert changed == 2
    assert rows(company) == [("SALES", "3030", "31"), ("CASH", "1900", "0")]
    assert version(company) == before + 1


def test_the_same_rows_again_are_no_change(company):
    records.save_setup(company, None, {FOOD: Rule("3030", "31")})
    before, notes = version(company), AuditEntry.objects.count()
    assert records.save_setup(company, None, {FOOD: Rule("3030", "31")}) == 0
    assert (version(company), AuditEntry.objects.count()) == (before, notes)


def test_a_change_is_noted_with_before_after_and_who(company):
    manager = build.a_manager(company)
    records.save_setup(company, None, {FOOD: Rule("3030", "31")})
    records.save_setup(company, None, {FOOD: Rule("3031", "31")}, actor=manager)
    note = AuditEntry.objects.latest("pk")
    assert (note.action, note.subject, note.actor) == ("setup-changed", "SALES|||31", manager)
    assert [row["account"] for row in note.before] == ["3030"]
    assert [row["account"] for row in note.after] == ["3031"]


def test_none_removes_a_row(company):
    records.save_setup(company, None, {FOOD: Rule("3030", "31"), CASH: Rule("1900", "0")})
    assert records.save_setup(company, None, {FOOD: None}) == 1
    assert rows(company) == [("CASH", "1900", "0")]
    assert records.save_setup(company, None, {FOOD: None}) == 0


def test_a_later_day_leaves_the_earlier_rule(company):
    records.save_setup(company, None, {FOOD: Rule("3030", "31")})
    records.save_setup(company, None, {FOOD: Rule("3031", "31", date(2027, 1, 1))})
    assert rows(company) == [("SALES", "3030", "31"), ("SALES", "3031", "31")]


def test_a_departments_rows_leave_the_default_and_another_companys_alone(company):
    sentrum = build.a_department(company, "Sentrum")
    other = build.a_company(build.OTHER_ORG_NO)
    for where in ((company, None), (other, None)):
        records.save_setup(*where, {FOOD: Rule("3030", "31")})
    records.save_setup(company, sentrum, {FOOD: Rule("3031", "31")})
    records.save_setup(company, sentrum, {FOOD: Rule("3032", "31")})
    assert rows(company) == rows(other) == [("SALES", "3030", "31")]
    assert rows(company, sentrum) == [("SALES", "3032", "31")]


def test_a_chart_is_replaced_as_a_whole(company):
    build.a_chart(company)
    before = version(company)
    records.replace_chart(
        company,
        [("77", Account("9000", "Annen", department_required=True, control=True))],
        [("7", VatCode("3", "Høy", 2500, valid_from=date(2005, 1, 1)))],
        [("5", "10", "Sentrum")],
    )
    chart = chart_of(company)
    assert chart.accounts == {
        "9000": Account("9000", "Annen", department_required=True, control=True)
    }
    assert chart.vat_codes == {"3": VatCode("3", "Høy", 2500, valid_from=date(2005, 1, 1))}
    assert chart.departments == {"10": "Sentrum"}
    assert version(company) == before + 1


def test_another_companys_chart_stays(company):
    other = build.a_company(build.OTHER_ORG_NO)
    build.a_chart(other)
    records.replace_chart(company, [], [], [])
    assert chart_of(other).fetched
    assert not chart_of(company).fetched


def test_a_kept_journal_is_the_journal_with_its_hash_and_setup_version(company):
    build.the_suggested_setup(company)
    settlement = build.a_settlement(company, sales={"31": "102.80"}, cash="103.00")
    setup = SetupReader(Company.objects.get()).for_register(settlement.register)
    journal = build_journal(settlement.as_day(), setup)
    (kept,) = records.keep_journals([(settlement, journal)], setup.version, build.NOW)
    kept.refresh_from_db()
    assert kept.as_journal() == journal
    assert (kept.debit, kept.setup_version, kept.digest) == (
        103_00,
        setup.version,
        digest(kept.content),
    )

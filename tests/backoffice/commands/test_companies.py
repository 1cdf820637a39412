"""`create_company` and `apply_suggested_setup` as somebody types them (DESIGN.md 6)."""

import pytest
from django.core.management import CommandError

from accounting.books.models import SetupEntry
from accounting.books.suggestions import SUGGESTED
from accounting.company.models import AuditEntry, Company
from tests.backoffice.commands.running import run
from tests.build import ORG_NO, a_company, a_department

pytestmark = pytest.mark.django_db


def test_a_company_is_made_and_noted():
    ended = run("create_company", "923 456 783", "Fjordkaffe AS")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"Fjordkaffe AS ({ORG_NO}) er opprettet.\n"
    company = Company.objects.get()
    assert (company.org_no, company.name, company.accounting_enabled) == (
        ORG_NO,
        "Fjordkaffe AS",
        True,
    )
    assert AuditEntry.objects.get(action="company-created").company == company


def test_departments_can_be_named_at_once():
    words = ("--department", "Sentrum", "--department", "Torget")
    assert run("create_company", ORG_NO, "Fjordkaffe AS", *words).code == 0
    names = Company.objects.get().departments.values_list("name", flat=True)
    assert sorted(names) == ["Sentrum", "Torget"]


@pytest.mark.parametrize(
    ("org_no", "name", "sentence"),
    [
        ("923456784", "Feil siffer AS", "er ikke et norsk organisasjonsnummer"),
        ("92345678", "For kort AS", "er ikke et norsk organisasjonsnummer"),
        ("abc", "Bokstaver AS", "er ikke et norsk organisasjonsnummer"),
        (ORG_NO, "  ", "Skriv navnet"),
    ],
)
def test_a_company_that_cannot_be_is_refused_with_a_sentence(org_no, name, sentence):
    ended = run("create_company", org_no, name)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert len(ended.err.splitlines()) == 1
    assert not Company.objects.exists()


def test_a_company_is_made_once():
    a_company()
    ended = run("create_company", ORG_NO, "En til AS")
    assert (ended.code, ended.err) == (1, f"Selskapet {ORG_NO} finnes allerede.\n")
    assert Company.objects.get().name == "Fjordkaffe AS"


@pytest.mark.parametrize("department", ["Sentrum", " "])
def test_nothing_is_made_when_a_department_cannot_be(department):
    words = ("--department", "Sentrum", "--department", department)
    assert run("create_company", ORG_NO, "Fjordkaffe AS", *words).code == 1
    assert not Company.objects.exists()


def test_without_a_name_it_is_wrong_usage():
    with pytest.raises(CommandError):
        run("create_company", ORG_NO)


def test_the_suggested_setup_is_written_once():
    company = a_company()
    first = run("apply_suggested_setup", "--company", ORG_NO)
    assert first.out == f"{len(SUGGESTED)} av {len(SUGGESTED)} linjer i Kontooppsett er skrevet.\n"
    assert SetupEntry.objects.filter(company=company, department=None).count() == len(SUGGESTED)
    again = run("apply_suggested_setup", "--company", ORG_NO)
    assert again.out == f"0 av {len(SUGGESTED)} linjer i Kontooppsett er skrevet.\n"


def test_a_department_can_have_the_suggested_setup_as_its_own():
    company = a_company()
    sentrum = a_department(company, "Sentrum")
    words = ("--company", ORG_NO, "--department", "Sentrum")
    assert run("apply_suggested_setup", *words).code == 0
    assert SetupEntry.objects.filter(department=sentrum).count() == len(SUGGESTED)
    assert not SetupEntry.objects.filter(department=None).exists()


def test_an_unknown_department_is_refused_with_those_there_are():
    a_department(a_company(), "Sentrum")
    words = ("--company", ORG_NO, "--department", "Torget")
    ended = run("apply_suggested_setup", *words)
    assert ended.code == 1
    assert ended.err == "Selskapet har ingen avdeling «Torget». Avdelinger: Sentrum.\n"


def test_an_unknown_company_is_refused():
    ended = run("apply_suggested_setup", "--company", ORG_NO)
    assert ended.code == 1
    assert ended.err == f"Det finnes ikke noe selskap med organisasjonsnummer {ORG_NO}.\n"

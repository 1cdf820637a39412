"""The eight kinds of people that every address is tried as, and the company they meet."""

from collections.abc import Callable

from django.test import Client

from accounting.books.models import Receipt
from accounting.company import grants, invitations, records
from accounting.company.models import Company
from accounting.company.roles import Right, Role
from backoffice.models import User
from integrations.pos import tokens
from integrations.pos.models import IntakeFile
from tests import build

UNKNOWN_ORG_NO = "974760673"


def a_company_with_everything() -> Company:
    """One of everything that an address may name; nothing is asked over HTTP about it."""
    company = build.a_company()
    build.a_ready_export(company)
    _delivered_again(Receipt.objects.get())
    build.a_department(company, "Sentrum")
    IntakeFile.objects.create(
        company=company, sha256="0" * 64, name="a.xml", size=1, received_at=build.NOW
    )
    support = build.a_superadmin("ingen@example.no")
    member = build.an_accountant(company, "medlem@example.no")
    asking = build.a_manager(company, "spor@example.no")
    tokens.make(company, "Kasse 1", actor=member)
    grants.request_grant(company, asking, Right.POWEROFFICE)
    invitations.invite(company, "ny@example.no", Role.ACCOUNTANT, actor=support)
    invitations.invite(None, "kollega@example.no", Role.SUPERADMIN, actor=support)
    assert member.pk
    return company


def _delivered_again(receipt: Receipt) -> None:
    """The same receipt once more, so that there is something to choose between."""
    receipt.pk, receipt.version, receipt.in_use, receipt.undecided = None, 2, False, True
    receipt.save()


def places_of(company: Company) -> dict[str, str]:
    """What fills each place of an address about this company."""
    member = User.objects.get(email="medlem@example.no")
    return {
        "org_no": company.org_no,
        "settlement": str(company.settlements.get().pk),
        "nr": "1000",
        "number": "1",
        "run": str(company.export_runs.first().pk),
        "export": str(company.exports.first().pk),
        "file_id": str(IntakeFile.objects.get(company=company).pk),
        "token_id": str(company.intake_tokens.get().pk),
        "department": str(company.departments.get().pk),
        "invitation": str(company.invitations.get().pk),
        "user_id": str(member.pk),
        "asked": str(company.grant_requests.get().pk),
        "token": "ingen",
        "uidb36": "a",
        "key": "b-c",
        "content_type_id": "1",
        "object_id": "1",
        "id": str(member.pk),
        "app_label": "company",
        "url": "ingen",
    }


def _nobody(company: Company) -> None:
    return None


def _stranger(company: Company) -> User:
    return build.a_person("fremmed@example.no")


def _withdrawn(company: Company) -> User:
    user = build.with_grant(company, build.a_manager(company, "var@example.no"))
    records.remove_member(company, user)
    user.refresh_from_db()
    return user


def _elsewhere(company: Company) -> User:
    user = build.a_stranger("andre@example.no")
    other = Company.objects.get(org_no=build.OTHER_ORG_NO)
    return build.with_grant(other, user)


def _granted(company: Company) -> User:
    return build.with_grant(company, build.a_manager(company, "kari@example.no"))


PEOPLE: dict[str, Callable[[Company], User | None]] = {
    "anonymous": _nobody,
    "stranger": _stranger,
    "withdrawn": _withdrawn,
    "another company's manager": _elsewhere,
    "accountant": build.an_accountant,
    "manager without grant": build.a_manager,
    "manager with grant": _granted,
    "superadmin": lambda _company: build.a_superadmin(),
}


def logged_in(client: Client, user: User | None) -> None:
    """Log the person in, who has just confirmed who they are; nobody stays nobody."""
    if user:
        build.a_confirmed_login(client, user)

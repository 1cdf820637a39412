"""Every write about companies, departments, tills and people."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from stdnum.no import orgnr

from accounting.company import audit
from accounting.company.models import Company, Department, Membership, Register
from accounting.company.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class Refused(ValueError):
    """The input cannot be taken; the message is a sentence for the person."""


@transaction.atomic
def create_company(org_no: str, name: str, *, actor: "AbstractBaseUser | None" = None) -> Company:
    """Make a company. Raises Refused for a wrong or taken organisation number, or no name."""
    digits = orgnr.compact(org_no)
    if not orgnr.is_valid(digits):
        said = _("«%(org_no)s» er ikke et norsk organisasjonsnummer. Det har ni sifre.")
        raise Refused(said % {"org_no": org_no})
    if not name.strip():
        raise Refused(_("Selskapet må ha et navn."))
    if Company.objects.filter(org_no=digits).exists():
        raise Refused(_("Selskapet %(org_no)s finnes allerede.") % {"org_no": digits})
    company = Company.objects.create(org_no=digits, name=name.strip(), accounting_enabled=True)
    audit.note(company, "company-created", company.name, actor=actor, after={"org_no": digits})
    return company


@transaction.atomic
def add_department(
    company: Company,
    name: str,
    *,
    remote_code: str = "",
    actor: "AbstractBaseUser | None" = None,
) -> Department:
    """Add a department. Raises Refused when the name is taken or empty."""
    if not name.strip():
        raise Refused(_("Avdelingen må ha et navn."))
    if company.departments.filter(name=name.strip()).exists():
        raise Refused(_("Avdelingen «%(name)s» finnes allerede.") % {"name": name})
    department = company.departments.create(name=name.strip(), remote_code=remote_code)
    audit.note(company, "department-added", name, actor=actor, after={"remote_code": remote_code})
    bump_setup_version(company)
    return department


@transaction.atomic
def link_department(
    department: Department, remote_code: str, *, actor: "AbstractBaseUser | None" = None
) -> None:
    """Link a department to one of the accounting system's, by its code."""
    before = {"remote_code": department.remote_code}
    department.remote_code = remote_code
    department.save(update_fields=["remote_code"])
    audit.note(
        department.company,
        "department-linked",
        department.name,
        actor=actor,
        before=before,
        after={"remote_code": remote_code},
    )
    bump_setup_version(department.company)


def see_register(company: Company, location: str, till_id: str) -> Register:
    """Give the till a file names; one seen for the first time gets the only department, if one."""
    register = company.registers.filter(location=location, till_id=till_id).first()
    if register:
        return register
    departments = list(company.departments.filter(archived_at=None)[:2])
    only = departments[0] if len(departments) == 1 else None
    register, _ = Register.objects.get_or_create(
        company=company, location=location, till_id=till_id, defaults={"department": only}
    )
    return register


@transaction.atomic
def place_register(
    register: Register, department: Department, *, actor: "AbstractBaseUser | None" = None
) -> None:
    """Give a till its department. Raises Refused when that is another company's."""
    if department.company_id != register.company_id:
        raise Refused(_("Avdelingen hører til et annet selskap."))
    before = {"department": register.department.name if register.department else None}
    register.department = department
    register.save(update_fields=["department"])
    after = {"department": department.name}
    audit.note(
        register.company,
        "register-placed",
        register.till_id,
        actor=actor,
        before=before,
        after=after,
    )
    bump_setup_version(register.company)


@transaction.atomic
def give_role(
    company: Company,
    user: "AbstractBaseUser",
    role: Role,
    *,
    actor: "AbstractBaseUser | None" = None,
) -> None:
    """Make a person a member of the company with this role, or change the role they have."""
    Membership.objects.update_or_create(
        company=company, user_id=user.pk, defaults={"role": role.value}
    )
    audit.note(company, "role-given", user.get_username(), actor=actor, after={"role": role.value})


def bump_setup_version(company: Company) -> None:
    """Say that journals may now come out otherwise; the exporter looks at the number, later."""
    Company.objects.filter(pk=company.pk).update(setup_version=F("setup_version") + 1)

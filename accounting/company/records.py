"""Every write about companies, departments, tills and people."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounting import clock
from accounting.company import audit, names
from accounting.company.models import Company, Department, Membership, Register
from accounting.company.people import rights_changed
from accounting.company.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class Refused(ValueError):
    """The input cannot be taken; the message is a sentence for the person."""


@transaction.atomic
def create_company(org_no: str, name: str, *, actor: "AbstractBaseUser | None" = None) -> Company:
    """Make a company, with accounting integration switched on.

    Raises Refused for a wrong or taken organisation number, or a name that is none.
    """
    digits, wanted = names.org_no_digits(org_no), names.tidy(name)
    if not names.is_org_no(digits):
        said = _("«%(org_no)s» er ikke et norsk organisasjonsnummer. Det har ni sifre.")
        raise Refused(said % {"org_no": org_no})
    if said := names.fault(wanted, names.COMPANY_NAME):
        raise Refused(said)
    company, made = Company.objects.get_or_create(
        org_no=digits, defaults={"name": wanted, "accounting_enabled": True}
    )
    if not made:
        raise Refused(_("Selskapet %(org_no)s finnes allerede.") % {"org_no": digits})
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
    """Add a department. Raises Refused when the name is taken or is none."""
    wanted = _free_name(company, name)
    department = company.departments.create(name=wanted, remote_code=remote_code)
    audit.note(company, "department-added", wanted, actor=actor, after={"remote_code": remote_code})
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


@transaction.atomic
def rename_department(
    department: Department, name: str, *, actor: "AbstractBaseUser | None" = None
) -> None:
    """Give a department another name. Raises Refused when the name is taken or is none."""
    wanted = _free_name(department.company, name, department)
    before = {"name": department.name}
    department.name = wanted
    department.save(update_fields=["name"])
    after = {"name": wanted}
    audit.note(
        department.company, "department-renamed", wanted, actor=actor, before=before, after=after
    )
    bump_setup_version(department.company)


def _free_name(company: Company, typed: str, own: Department | None = None) -> str:
    """Give a department's name as it is kept; nobody else takes it before the transaction ends."""
    name = names.tidy(typed)
    if said := names.fault(name, names.DEPARTMENT_NAME):
        raise Refused(said)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    others = [row for row in company.departments.all() if row != own]
    taken = next((row for row in others if names.folded(row.name) == names.folded(name)), None)
    if taken and taken.archived_at:
        said = _("Avdelingen «%(name)s» er arkivert. Ta den i bruk, eller velg et annet navn.")
        raise Refused(said % {"name": taken.name})
    if taken:
        raise Refused(_("Avdelingen «%(name)s» finnes allerede.") % {"name": taken.name})
    return name


@transaction.atomic
def archive_department(department: Department, *, actor: "AbstractBaseUser | None" = None) -> None:
    """Take a department out of use. Nothing is deleted: tills that point at it still book on it."""
    department.archived_at = clock.now()
    department.save(update_fields=["archived_at"])
    tills = sorted(department.register_set.values_list("till_id", flat=True))
    after = {"tills": tills}
    audit.note(department.company, "department-archived", department.name, actor=actor, after=after)
    bump_setup_version(department.company)


@transaction.atomic
def restore_department(department: Department, *, actor: "AbstractBaseUser | None" = None) -> None:
    """Take an archived department into use again."""
    department.archived_at = None
    department.save(update_fields=["archived_at"])
    audit.note(department.company, "department-restored", department.name, actor=actor)
    bump_setup_version(department.company)


@transaction.atomic
def say_no_departments(company: Company, *, actor: "AbstractBaseUser | None" = None) -> None:
    """Write down that the company has no departments. Raises Refused when it has some."""
    if company.departments.filter(archived_at=None).exists():
        raise Refused(_("Selskapet har avdelinger."))
    audit.note(company, "no-departments", company.name, actor=actor)


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
    """Give a till its department; the one it has is no news. Raises Refused for another company's."""
    if department.pk == register.department_id:
        return
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
    """Make a person a member of the company with this role, or change the role they have.

    Only a manager's role has use for a granted right: with another it is gone, and so is the wish.
    """
    before = company.memberships.filter(user=user.pk).values_list("role", flat=True).first()
    if before == role.value:
        return
    Membership.objects.update_or_create(
        company=company, user_id=user.pk, defaults={"role": role.value}
    )
    lost = {} if role is Role.MANAGER else _take_rights(company, user)
    was = {"role": before, **lost} if before else None
    after = {"role": role.value}
    audit.note(company, "role-given", user.get_username(), actor=actor, before=was, after=after)
    if before:
        rights_changed(user)


@transaction.atomic
def remove_member(
    company: Company, user: "AbstractBaseUser", *, actor: "AbstractBaseUser | None" = None
) -> bool:
    """Take a person out of the company, with every right there; False for somebody not in it.

    From then on the company does not exist for them, they are logged out everywhere, and the links
    they sent to others, or were sent themselves, open nothing any more.
    """
    member = company.memberships.filter(user=user.pk).first()
    if member is None:
        return False
    before = {"role": member.role, **_take_rights(company, user)}
    member.delete()
    theirs = Q(invited_by=user.pk) | Q(email=user.get_username())
    waiting = company.invitations.filter(theirs, accepted_at=None, withdrawn_at=None)
    waiting.update(withdrawn_at=clock.now())
    audit.note(company, "member-removed", user.get_username(), actor=actor, before=before)
    rights_changed(user)
    return True


def _take_rights(company: Company, user: "AbstractBaseUser") -> dict[str, list[str]]:
    """Delete what the person was granted here and still asks for; say what it was, for the log."""
    granted = company.grants.filter(user=user.pk)
    held = list(granted.values_list("right", flat=True))
    granted.delete()
    company.grant_requests.filter(user=user.pk, answered_at=None).delete()
    return {"right": held} if held else {}


@transaction.atomic
def switch_accounting(
    company: Company,
    *,
    on: bool,
    actor: "AbstractBaseUser | None" = None,
) -> None:
    """Switch accounting integration on or off. Off: files are still read, nothing is sent."""
    if company.accounting_enabled == on:
        return
    before = {"accounting_enabled": company.accounting_enabled}
    company.accounting_enabled = on
    company.save(update_fields=["accounting_enabled"])
    after = {"accounting_enabled": on}
    audit.note(
        company,
        "accounting-switched-on" if on else "accounting-switched-off",
        company.name,
        actor=actor,
        before=before,
        after=after,
    )


def bump_setup_version(company: Company) -> None:
    """Say that journals may now come out otherwise; the exporter looks at the number, later."""
    Company.objects.filter(pk=company.pk).update(setup_version=F("setup_version") + 1)

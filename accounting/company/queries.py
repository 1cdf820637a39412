"""Reads: companies, and the till that a person means."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from accounting.company.models import (
    AuditEntry,
    Company,
    Department,
    Grant,
    Invitation,
    Membership,
    Register,
)
from accounting.company.roles import Right, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet


class NotOne(LookupError):
    """Nothing, or more than one thing, has that name; the message says which there are."""


def company_by_org_no(org_no: str) -> Company:
    """Give the company. Raises NotOne with a sentence when there is none."""
    company = Company.objects.filter(org_no=org_no.replace(" ", "")).first()
    if company is None:
        raise NotOne(f"Det finnes ikke noe selskap med organisasjonsnummer {org_no}.")
    return company


def companies_of(user: "AbstractBaseUser | AnonymousUser") -> "QuerySet[Company]":
    """Give the companies that exist for this person: all of them for SuperAdmin."""
    every = Company.objects.order_by("name")
    if getattr(user, "is_superuser", False):
        return every
    return every.filter(memberships__user=user.pk)


def role_in(company: Company, user: "AbstractBaseUser | AnonymousUser") -> Role | None:
    """Give the person's role in the company, or None for a stranger."""
    if getattr(user, "is_superuser", False):
        return Role.SUPERADMIN
    membership = company.memberships.filter(user=user.pk).first()
    return Role(membership.role) if membership else None


def valid_grants(now: datetime) -> "QuerySet[Grant]":
    """Give the grants that hold at this moment, in every company."""
    return Grant.objects.filter(Q(until=None) | Q(until__gt=now))


def is_granted(
    company: Company, user: "AbstractBaseUser | AnonymousUser", right: Right, now: datetime
) -> bool:
    """Say whether the person has the right in this company at this moment."""
    return valid_grants(now).filter(company=company, user=user.pk, right=right).exists()


def last_switched(company: Company) -> AuditEntry | None:
    """Give the note of who last switched accounting integration; a company begins with it on."""
    switches = ("accounting-switched-on", "accounting-switched-off", "company-created")
    rows = company.audit.filter(action__in=switches).select_related("actor")
    return rows.order_by("-pk").first()


def unplaced_tills(company: Company) -> "list[Register]":
    """Give the tills that wait for a department; none in a company without departments."""
    if not company.departments.filter(archived_at=None).exists():
        return []
    return list(company.registers.filter(department=None).order_by("location", "till_id"))


def says_no_departments(company: Company) -> bool:
    """Say whether a person has said that the company has no departments, and it still has none."""
    if company.departments.filter(archived_at=None).exists():
        return False
    return company.audit.filter(action="no-departments").exists()


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a company, and the grant they hold there at the moment asked about."""

    membership: Membership
    grant: Grant | None


def members_of(company: Company, now: datetime) -> list[Member]:
    """Give the company's people by name, managers first; two queries however many they are."""
    held = {grant.user_id: grant for grant in valid_grants(now).filter(company=company)}
    rows = company.memberships.select_related("user").order_by("-role", "user__name", "user__email")
    return [Member(row, held.get(row.user_id)) for row in rows]


def open_invitations(company: Company | None, now: datetime) -> "QuerySet[Invitation]":
    """Give the invitations whose links work, newest first; without a company those to support."""
    rows = Invitation.objects.filter(
        company=company, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    return rows.select_related("invited_by").order_by("-invited_at")


def register_named(company: Company, name: str) -> Register:
    """Give the till with this id; `LOCATION/ID` where several locations have one with it.

    Raises NotOne, naming the candidates, when the name fits none or several.
    """
    registers = list(company.registers.order_by("location", "till_id"))
    fits = [r for r in registers if r.till_id == name]
    fits = fits or [r for r in registers if f"{r.location}/{r.till_id}" == name]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(f"{r.location}/{r.till_id}" for r in (fits or registers)) or "ingen"
    if fits:
        raise NotOne(f"Flere kasser heter {name}. Skriv en av disse: {known}.")
    raise NotOne(f"Selskapet har ingen kasse {name}. Kasser: {known}.")


def department_named(company: Company, name: str) -> Department:
    """Give the department. Raises NotOne, naming those there are."""
    department = company.departments.filter(name=name, archived_at=None).first()
    if department is None:
        names = company.departments.filter(archived_at=None).values_list("name", flat=True)
        known = ", ".join(names) or "ingen"
        raise NotOne(f"Selskapet har ingen avdeling «{name}». Avdelinger: {known}.")
    return department

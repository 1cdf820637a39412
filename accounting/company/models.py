"""Who owns the books: companies, departments, tills, memberships, and what was done by whom."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounting.company.roles import Right, Role
from accounting.insert_only import add_only


class Company(models.Model):
    """A customer. `setup_version` grows whenever something that journals are built from changes."""

    org_no = models.CharField(_("organisasjonsnummer"), max_length=9, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    accounting_enabled = models.BooleanField(_("regnskapsintegrasjon"), default=False)
    opening_hour = models.TimeField(_("forretningsdagen begynner"), default=datetime.time(5))
    setup_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("selskap")
        verbose_name_plural = _("selskaper")
        constraints = [
            models.CheckConstraint(
                name="company_org_no_has_nine_digits", condition=Q(org_no__regex=r"^[0-9]{9}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def shared_till_ids(self) -> frozenset[str]:
        """Give the ids that tills of several shops have in common: two shops' till "1"."""
        counted = self.registers.order_by().values("till_id").annotate(tills=Count("pk"))
        return frozenset(counted.filter(tills__gt=1).values_list("till_id", flat=True))

    def place_of(self, register: "Register") -> str:
        """Give the location that tells a till from another of the same id.

        '' where the till's department does, where no other has its id, and for a file that names none.
        """
        if register.department_id or not register.location:
            return ""
        return register.location if register.till_id in self.shared_till_ids else ""


class Department(models.Model):
    """A part of a company with accounts of its own. Archived, never deleted."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="departments")
    name = models.CharField(_("navn"), max_length=100)
    remote_code = models.CharField(_("avdeling i PowerOffice Go"), max_length=50, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("avdeling")
        verbose_name_plural = _("avdelinger")
        constraints = [
            models.UniqueConstraint(name="department_name_once", fields=["company", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """A till. `location` is the name and address in its file, '' when the file names none."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="registers")
    location = models.CharField(max_length=400, blank=True)
    till_id = models.CharField(max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("kasse")
        verbose_name_plural = _("kasser")
        constraints = [
            models.UniqueConstraint(
                name="register_once", fields=["company", "location", "till_id"]
            ),
        ]

    def __str__(self) -> str:
        return self.till_id


class Membership(models.Model):
    """A person's role in a company; without one the company does not exist for them."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=20,
        choices=[(Role.MANAGER, _("Daglig leder")), (Role.ACCOUNTANT, _("Regnskapsfører"))],
    )

    class Meta:
        verbose_name = _("tilgang")
        verbose_name_plural = _("tilganger")
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["company", "user"]),
            models.CheckConstraint(
                name="membership_role_known",
                condition=Q(role__in=[Role.MANAGER, Role.ACCOUNTANT]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.company}"


class Grant(models.Model):
    """A right that SuperAdmin gave one person in one company, until when."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    right = models.CharField(max_length=40, choices=[(Right.POWEROFFICE, _("PowerOffice Go"))])
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants_given"
    )
    granted_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tillatelse")
        verbose_name_plural = _("tillatelser")
        constraints = [
            models.UniqueConstraint(name="grant_once", fields=["company", "user", "right"]),
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=F("granted_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.right}"


class Invitation(models.Model):
    """A link sent to an address, that gives whoever opens it a role. Only its digest is kept.

    Without a company it invites to the vendor's support (SuperAdmin).
    """

    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="invitations")
    email = models.EmailField(_("e-post"))
    role = models.CharField(
        max_length=20,
        choices=[
            (Role.MANAGER, _("Daglig leder")),
            (Role.ACCOUNTANT, _("Regnskapsfører")),
            (Role.SUPERADMIN, _("SuperAdmin")),
        ],
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitasjon")
        verbose_name_plural = _("invitasjoner")
        constraints = [
            models.CheckConstraint(
                name="invitation_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="invitation_role_fits_company",
                condition=Q(company__isnull=True, role=Role.SUPERADMIN)
                | Q(company__isnull=False, role__in=[Role.MANAGER, Role.ACCOUNTANT]),
            ),
            models.CheckConstraint(
                name="invitation_ends_one_way",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_ends_after_it_begins", condition=Q(expires_at__gt=F("invited_at"))
            ),
            models.UniqueConstraint(
                name="invitation_open_once",
                fields=["company", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="invitation_to_support_open_once",
                fields=["email"],
                condition=Q(
                    company__isnull=True, accepted_at__isnull=True, withdrawn_at__isnull=True
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class GrantRequest(models.Model):
    """A person's wish for a right. Open until SuperAdmin answers; one open request a right.

    `reason` is the person's own words, `answer` SuperAdmin's; a declined request has an answer.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="grant_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="grant_requests"
    )
    right = models.CharField(max_length=40, choices=[(Right.POWEROFFICE, _("PowerOffice Go"))])
    reason = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("forespørsel om tillatelse")
        verbose_name_plural = _("forespørsler om tillatelse")
        constraints = [
            models.UniqueConstraint(
                name="grant_request_one_open",
                fields=["company", "user", "right"],
                condition=Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="grant_request_answered_whole",
                condition=Q(
                    answered_at__isnull=True, answered_by__isnull=True, approved__isnull=True
                )
                | Q(answered_at__isnull=False, answered_by__isnull=False, approved__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_request_declined_has_answer",
                condition=~Q(approved=False) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.right}"


@add_only
class AuditEntry(models.Model):
    """Who did what, with before and after. Rows can be added, never changed (insert_only.py)."""

    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="audit")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("linje i aktivitetsloggen")
        verbose_name_plural = _("linjer i aktivitetsloggen")
        indexes = [models.Index(fields=["company", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"

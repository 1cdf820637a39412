"""Kontooppsett, and the accounting system's own chart as last fetched."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Kind
from accounting.company.models import Company, Department


class SetupEntry(models.Model):
    """One row of Kontooppsett: what goes to which account with which VAT code, from a day on.

    Without a department it is the company's default. `own_code` is the till's article group or
    payment type, `standard_code` 04xxx or 12xxx, '' for any; `vat_code` the SAF-T code sold under.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="setup_entries")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    role = models.CharField(max_length=12, choices=[(role, role) for role in Role])
    own_code = models.CharField(max_length=35, blank=True)
    standard_code = models.CharField(max_length=9, blank=True)
    vat_code = models.CharField(max_length=9, blank=True)
    kind = models.CharField(max_length=20, default=Kind.SALE, choices=[(k, k) for k in Kind])
    account = models.CharField(_("konto"), max_length=20)
    posting_vat_code = models.CharField(_("mva-kode"), max_length=9, blank=True)
    valid_from = models.DateField(default=datetime.date.min)

    class Meta:
        verbose_name = _("linje i Kontooppsett")
        verbose_name_plural = _("linjer i Kontooppsett")
        constraints = [
            models.UniqueConstraint(
                name="setup_row_once_per_department",
                fields=[
                    "department",
                    "role",
                    "own_code",
                    "standard_code",
                    "vat_code",
                    "valid_from",
                ],
                condition=Q(department__isnull=False),
            ),
            models.UniqueConstraint(
                name="setup_row_once_per_company",
                fields=["company", "role", "own_code", "standard_code", "vat_code", "valid_from"],
                condition=Q(department__isnull=True),
            ),
            models.CheckConstraint(name="setup_account_given", condition=~Q(account="")),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.own_code or self.standard_code} {self.vat_code}: {self.account}"


class ChartAccount(models.Model):
    """An account over there. `remote_key` is the accounting system's id, opaque here."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="chart_accounts")
    remote_key = models.CharField(max_length=64)
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    active = models.BooleanField()
    vat_code = models.CharField(max_length=20, blank=True)
    vat_locked = models.BooleanField()
    department_required = models.BooleanField()
    control = models.BooleanField()

    class Meta:
        verbose_name = _("konto i kontoplanen")
        verbose_name_plural = _("kontoer i kontoplanen")
        constraints = [
            models.UniqueConstraint(name="chart_account_once", fields=["company", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ChartVatCode(models.Model):
    """A VAT code over there; `rate` in basis points."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="chart_vat_codes")
    remote_key = models.CharField(max_length=64)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    rate = models.PositiveIntegerField()
    active = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("mva-kode")
        verbose_name_plural = _("mva-koder")
        constraints = [
            models.UniqueConstraint(name="chart_vat_code_once", fields=["company", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ChartDepartment(models.Model):
    """A department over there."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="chart_departments")
    remote_key = models.CharField(max_length=64)
    code = models.CharField(max_length=50)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("avdeling i PowerOffice Go")
        verbose_name_plural = _("avdelinger i PowerOffice Go")
        constraints = [
            models.UniqueConstraint(name="chart_department_once", fields=["company", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ChartTerms(models.Model):
    """What the accounting system says of the company's books as a whole, fetched with the chart."""

    company = models.OneToOneField(Company, models.PROTECT, related_name="chart_terms")
    locked_through = models.DateField(null=True)
    begins = models.DateField(null=True)
    vat_registered = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("regnskapets grenser")
        verbose_name_plural = _("regnskapenes grenser")

    def __str__(self) -> str:
        return f"{self.company}: {self.locked_through}"

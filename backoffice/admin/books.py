"""What the tills delivered, how it is booked, and the charts as last fetched."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounting.books.models import (
    ChartAccount,
    ChartDepartment,
    ChartTerms,
    ChartVatCode,
    ClosedDay,
    JournalSnapshot,
    Receipt,
    Settlement,
    SetupEntry,
    ZReport,
)
from backoffice.admin.looking import COMPANY, Looking, issues_shown, json_shown, page_of
from backoffice.templatetags.backoffice import kroner


@admin.register(Receipt)
class Receipts(Looking):
    """«Kom kvitteringen, og hvilken versjon gjelder?»"""

    list_display = ("nr", "register", "company", "at", "kind", "gross_kroner", "version", "in_use")
    list_filter = ("kind", "in_use", "undecided")
    list_select_related = ("company", "register")
    search_fields = ("=nr", "=register__till_id", "=company__org_no")
    ordering = ("-pk",)
    exclude = ("details", "gross")
    readonly_fields = ("gross_kroner", "content")

    @admin.display(description=_("Beløp"))
    def gross_kroner(self, obj: Receipt) -> str:
        """The receipt's gross."""
        return kroner(obj.gross)

    @admin.display(description=_("Innhold"))
    def content(self, obj: Receipt) -> SafeString:
        """The whole receipt as it is kept."""
        return json_shown(obj.details)


@admin.register(ZReport)
class ZReports(Looking):
    """«Kom Z-rapporten?»"""

    list_display = ("number", "register", "company", "at", "total_kroner", "version", "in_use")
    list_filter = ("in_use",)
    list_select_related = ("company", "register")
    search_fields = ("=number", "=register__till_id", *COMPANY)
    ordering = ("-pk",)
    exclude = ("details", "total")
    readonly_fields = ("total_kroner", "content")

    @admin.display(description=_("Beløp"))
    def total_kroner(self, obj: ZReport) -> str:
        """The total that the Z says."""
        return kroner(obj.total)

    @admin.display(description=_("Innhold"))
    def content(self, obj: ZReport) -> SafeString:
        """The whole Z report as it is kept."""
        return json_shown(obj.details)


@admin.register(Settlement)
class Settlements(Looking):
    """«Hva ble oppgjøret, og hva stopper det?»"""

    list_display = (
        "z_number",
        "register",
        "company",
        "business_date",
        "gross_kroner",
        "stopped",
        "revision",
        "current",
    )
    list_filter = ("stopped", "current", "has_movement", "business_date")
    list_select_related = ("company", "register")
    search_fields = ("=z_number", "=register__till_id", *COMPANY)
    date_hierarchy = "business_date"
    ordering = ("-business_date", "-pk")
    exclude = ("content", "gross", "counted_cash")
    readonly_fields = ("gross_kroner", "counted_kroner", "findings", "whole")

    def view_on_site(self, obj: Any) -> str:
        """Lead to the settlement's page."""
        return page_of("exports:settlement", obj.company, settlement=obj.pk)

    @admin.display(description=_("Beløp"))
    def gross_kroner(self, obj: Settlement) -> str:
        """The settlement's gross."""
        return kroner(obj.gross)

    @admin.display(description=_("Talte kontanter"))
    def counted_kroner(self, obj: Settlement) -> str:
        """What a person counted in the drawer; a dash before anybody has."""
        return "–" if obj.counted_cash is None else kroner(obj.counted_cash)

    @admin.display(description=_("Merknader"))
    def findings(self, obj: Settlement) -> str:
        """What was found in it, and where each is mended."""
        return issues_shown(tuple(obj.as_day().findings), obj.company)

    @admin.display(description=_("Innhold"))
    def whole(self, obj: Settlement) -> SafeString:
        """The settlement as it is kept."""
        return json_shown(obj.content)


@admin.register(JournalSnapshot)
class JournalSnapshots(Looking):
    """«Hva var det som ble sendt?»"""

    list_display = ("digest", "settlement", "built_at", "debit_kroner", "setup_version")
    list_select_related = ("settlement",)
    search_fields = ("=digest", "settlement__company__org_no", "=settlement__z_number")
    ordering = ("-built_at", "-pk")
    exclude = ("content", "debit")
    readonly_fields = ("debit_kroner", "journal")

    @admin.display(description=_("Beløp"))
    def debit_kroner(self, obj: JournalSnapshot) -> str:
        """The sum of the debit side."""
        return kroner(obj.debit)

    @admin.display(description=_("Bilag"))
    def journal(self, obj: JournalSnapshot) -> SafeString:
        """The journal as it was frozen."""
        return json_shown(obj.content)


@admin.register(SetupEntry)
class SetupEntries(Looking):
    """«Hvilken konto går det til, og fra hvilken dag?»"""

    list_display = (
        "company",
        "department",
        "role",
        "own_code",
        "standard_code",
        "vat_code",
        "account",
        "posting_vat_code",
        "valid_from",
    )
    list_filter = ("role", "kind")
    list_select_related = ("company", "department")
    search_fields = ("=own_code", "=standard_code", "=account", *COMPANY)
    ordering = ("company__name", "department__name", "role")


@admin.register(ChartAccount)
class ChartAccounts(Looking):
    """«Er kontoen aktiv, låst eller krever den avdeling?»"""

    list_display = ("number", "name", "company", "active", "vat_locked", "department_required")
    list_filter = ("active", "vat_locked", "department_required", "control")
    list_select_related = ("company",)
    search_fields = ("=number", "name", *COMPANY)
    ordering = ("company__name", "number")


@admin.register(ChartVatCode)
class ChartVatCodes(Looking):
    """«Gjelder mva-koden den dagen?»"""

    list_display = ("code", "name", "company", "rate", "active", "valid_from", "valid_to")
    list_filter = ("active",)
    list_select_related = ("company",)
    search_fields = ("=code", "name", *COMPANY)
    ordering = ("company__name", "code")


@admin.register(ChartTerms)
class ChartTermsSeen(Looking):
    """«Hva er låst i regnskapet, og er selskapet mva-registrert?»"""

    list_display = ("company", "locked_through", "begins", "vat_registered")
    list_select_related = ("company",)
    search_fields = COMPANY
    ordering = ("company__name",)


@admin.register(ChartDepartment)
class ChartDepartments(Looking):
    """«Hvilke avdelinger har de i PowerOffice Go?»"""

    list_display = ("code", "name", "company")
    list_select_related = ("company",)
    search_fields = ("=code", "name", *COMPANY)
    ordering = ("company__name", "code")


@admin.register(ClosedDay)
class ClosedDays(Looking):
    """«Hvem sa at dagen var stengt?»"""

    list_display = ("day", "department", "company", "reason", "marked_by", "marked_at")
    list_select_related = ("company", "department", "marked_by")
    search_fields = COMPANY
    ordering = ("-day",)

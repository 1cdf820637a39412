"""Companies, their departments and tills, their people, and what was done."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounting.company.models import (
    AuditEntry,
    Company,
    Department,
    Grant,
    GrantRequest,
    Invitation,
    Membership,
    Register,
)
from backoffice.activity.words import ACTIONS
from backoffice.admin.looking import COMPANY, InWords, Looking, json_shown, page_of

PERSON = ("user__email", "user__name")


@admin.register(Company)
class Companies(Looking):
    """«Finnes selskapet, og er integrasjonen på?»"""

    list_display = ("name", "org_no", "accounting_enabled", "opening_hour", "setup_version")
    list_filter = ("accounting_enabled",)
    search_fields = ("name", "org_no")
    ordering = ("name",)

    def view_on_site(self, obj: Any) -> str:
        """Lead to the company's overview."""
        return page_of("exports:overview", obj)


@admin.register(Department)
class Departments(Looking):
    """«Hvilken avdeling i PowerOffice Go føres den på?»"""

    list_display = ("name", "company", "remote_code", "archived_at")
    list_filter = (("archived_at", admin.EmptyFieldListFilter),)
    list_select_related = ("company",)
    search_fields = ("name", "remote_code", *COMPANY)
    ordering = ("company__name", "name")

    def view_on_site(self, obj: Any) -> str:
        """Lead to the department's page."""
        return page_of("company:department", obj.company, department=obj.pk)


@admin.register(Register)
class Registers(Looking):
    """«Hvilke kasser har selskapet, og hvilke mangler avdeling?»"""

    list_display = ("till_id", "location", "department", "company")
    list_filter = (("department", admin.EmptyFieldListFilter),)
    list_select_related = ("company", "department")
    search_fields = ("till_id", "location", *COMPANY)
    ordering = ("company__name", "location", "till_id")

    def view_on_site(self, obj: Any) -> str:
        """Lead to the till's line."""
        return f"{page_of('company:tills', obj.company)}?register={obj.till_id}"


@admin.register(Membership)
class Memberships(Looking):
    """«Hvem har tilgang hvor?»"""

    list_display = ("user", "company", "role")
    list_filter = ("role",)
    list_select_related = ("company", "user")
    search_fields = (*PERSON, *COMPANY)
    ordering = ("company__name", "user__email")


@admin.register(Grant)
class Grants(Looking):
    """«Hvem kan legge inn nøkler, og hvor lenge?»"""

    list_display = ("user", "company", "right", "granted_by", "granted_at", "until")
    list_filter = ("right", ("until", admin.EmptyFieldListFilter))
    list_select_related = ("company", "user", "granted_by")
    search_fields = (*PERSON, *COMPANY)
    ordering = ("-granted_at",)


@admin.register(GrantRequest)
class GrantRequests(Looking):
    """«Hvem har bedt om tillatelse, og fikk de svar?»"""

    list_display = ("user", "company", "right", "asked_at", "answered_at", "approved")
    list_filter = (("answered_at", admin.EmptyFieldListFilter), "approved")
    list_select_related = ("company", "user")
    search_fields = (*PERSON, *COMPANY)
    ordering = ("-asked_at",)


@admin.register(Invitation)
class Invitations(Looking):
    """«Ble invitasjonen sendt, og er den brukt?» The link itself is not kept, only its digest."""

    list_display = ("email", "company", "role", "invited_by", "invited_at", "accepted_at")
    list_filter = ("role", ("accepted_at", admin.EmptyFieldListFilter))
    list_select_related = ("company", "invited_by")
    search_fields = ("email", *COMPANY)
    ordering = ("-invited_at",)
    exclude = ("token_digest",)


class ByAction(InWords):
    """«Hva slags linjer?»"""

    title = _("hendelse")
    parameter_name = "action"
    words = {code: action.words for code, action in ACTIONS.items()}


@admin.register(AuditEntry)
class AuditEntries(Looking):
    """«Hvem gjorde det, og når?»"""

    list_display = ("at", "what", "subject", "actor", "company")
    list_filter = (ByAction, "at")
    list_select_related = ("company", "actor")
    search_fields = ("action", "subject", "actor__email", *COMPANY)
    ordering = ("-at",)
    fields = ("at", "what", "action", "subject", "actor", "company", "was", "became")
    readonly_fields = ("what", "was", "became")

    @admin.display(description=_("Hva"), ordering="action")
    def what(self, obj: AuditEntry) -> str:
        """What was done, as the activity log says it."""
        return str(ACTIONS[obj.action].words)

    @admin.display(description=_("Før"))
    def was(self, obj: AuditEntry) -> SafeString:
        """The values before."""
        return json_shown(obj.before)

    @admin.display(description=_("Etter"))
    def became(self, obj: AuditEntry) -> SafeString:
        """The values after."""
        return json_shown(obj.after)

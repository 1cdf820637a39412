"""Files that came from tills, and the keys that tills deliver with (never the key itself)."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.issues import from_json
from backoffice.admin.looking import COMPANY, Looking, issues_shown, page_of
from integrations.pos.models import IntakeFile, IntakeToken


@admin.register(IntakeFile)
class IntakeFiles(Looking):
    """«Kom filen, ble den lest, og hvorfor ikke?»"""

    list_display = ("name", "company", "state", "size", "received_at", "brought_by", "finished_at")
    list_filter = ("state", "received_at")
    list_select_related = ("company", "received_by", "delivered_with")
    search_fields = ("name", "=sha256", *COMPANY)
    ordering = ("-received_at",)
    exclude = ("refusal",)
    readonly_fields = ("why_refused",)

    def view_on_site(self, obj: Any) -> str:
        """Lead to the file's page."""
        return page_of("pos:file", obj.company, file_id=obj.pk)

    @admin.display(description=_("Levert av"))
    def brought_by(self, obj: IntakeFile) -> str:
        """Who uploaded it, or which key it was delivered with."""
        return str(obj.received_by or obj.delivered_with or "")

    @admin.display(description=_("Hvorfor den ble avvist"))
    def why_refused(self, obj: IntakeFile) -> str:
        """The refusal in words, with its way out."""
        return issues_shown((from_json(obj.refusal),) if obj.refusal else (), obj.company)


@admin.register(IntakeToken)
class IntakeTokens(Looking):
    """«Hvem leverer uten hender, og når sist?»"""

    list_display = ("label", "company", "scope", "made_by", "made_at", "last_used_at")
    list_filter = ("scope", "made_at")
    list_select_related = ("company", "made_by")
    search_fields = ("label", *COMPANY)
    ordering = ("company__name", "label")
    exclude = ("digest", "last_four")  # SuperAdmin sees no part of a key

    def view_on_site(self, obj: Any) -> str:
        """Lead to the company's page of keys."""
        return page_of("pos:tokens", obj.company)

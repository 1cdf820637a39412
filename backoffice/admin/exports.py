"""The way out: connections, dates, exports and every attempt. No key is ever shown."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company
from backoffice.admin.looking import (
    COMPANY,
    InWords,
    Looking,
    issues_shown,
    page_of,
    state_shown,
)
from backoffice.states import LOOKS
from backoffice.templatetags.backoffice import kroner
from integrations.exports.models import (
    Attempt,
    Connection,
    Export,
    ExportRun,
    ExportSlot,
    ExportStart,
    Recipient,
    Told,
    ToldStop,
)
from integrations.poweroffice.models import CallSlot, SharedToken


def _connection_page(company: Company) -> str:
    return page_of("exports:connection", company)


@admin.register(Connection)
class Connections(Looking):
    """«Hvem er koblet til hva, siden når, og er det på pause?»"""

    list_display = ("company", "client_name", "environment", "frequency", "paused", "connected_at")
    list_filter = ("environment", "frequency", "paused")
    list_select_related = ("company",)
    search_fields = ("client_name", "client_id", *COMPANY)
    ordering = ("company__name",)
    exclude = ("last_four",)  # SuperAdmin sees no part of a key, as on the company's own page

    def view_on_site(self, obj: Any) -> str:
        """Lead to the company's page for it."""
        return _connection_page(obj.company)


@admin.register(ExportStart)
class ExportStarts(Looking):
    """«Fra hvilken dag, og hvem valgte den?»"""

    list_display = ("company", "day", "set_by", "set_at")
    list_filter = ("day",)
    list_select_related = ("company", "set_by")
    search_fields = COMPANY
    ordering = ("-set_at",)

    def view_on_site(self, obj: Any) -> str:
        """Lead to the page that shows it."""
        return _connection_page(obj.company)


class ByState(InWords):
    """«Hvilke er stoppet?»"""

    title = _("status")
    parameter_name = "state"
    words = {state: look.word for state, look in LOOKS.items()}


@admin.register(Export)
class Exports(Looking):
    """«Hvor er oppgjøret, og hva mangler?»"""

    list_display = (
        "document",
        "company",
        "shown_state",
        "amount",
        "mark",
        "voucher_no",
        "tries",
        "changed_at",
    )
    list_filter = (ByState, "changed_at")
    list_select_related = ("company",)
    search_fields = ("document", "=mark", "=remote_id", "=voucher_no", *COMPANY)
    ordering = ("-changed_at", "-pk")
    exclude = ("issues", "state", "debit")
    readonly_fields = ("shown_state", "amount", "way_out")

    def view_on_site(self, obj: Any) -> str:
        """Lead to the settlement's page."""
        return page_of("exports:settlement", obj.company, settlement=obj.settlement_id)

    @admin.display(description=_("Status"), ordering="state")
    def shown_state(self, obj: Export) -> str:
        """The state as the pages show it."""
        return state_shown(obj.state)

    @admin.display(description=_("Beløp"))
    def amount(self, obj: Export) -> str:
        """The sum of the debit side."""
        return kroner(obj.debit)

    @admin.display(description=_("Hva som må rettes"))
    def way_out(self, obj: Export) -> str:
        """What stands in the way, and where each is mended."""
        return issues_shown(obj.found_issues, obj.company)


@admin.register(ExportRun)
class ExportRuns(Looking):
    """«Når gikk det som var klart, og hvem ba om det?»"""

    list_display = ("company", "slot_at", "cut_off", "started_by", "made_at", "built_at")
    list_filter = ("made_at",)
    list_select_related = ("company", "started_by")
    search_fields = COMPANY
    ordering = ("-made_at", "-pk")


@admin.register(ExportSlot)
class ExportSlots(Looking):
    """«Hvilke tidspunkter var det, og ble noe holdt tilbake?»"""

    list_display = ("company", "slot_at", "held", "run", "made_at")
    list_filter = ("held", "slot_at")
    list_select_related = ("company", "run__company")
    search_fields = COMPANY
    ordering = ("-slot_at", "-pk")


@admin.register(Attempt)
class Attempts(Looking):
    """«Når prøvde vi, og hva svarte de?»"""

    list_display = ("started_at", "export", "purpose", "outcome", "status", "finished_at")
    list_filter = ("purpose", "outcome", "status", "started_at")
    list_select_related = ("export",)
    search_fields = ("problem", "export__document", "=export__mark", "export__company__org_no")
    ordering = ("-started_at", "-pk")


@admin.register(Recipient)
class Recipients(Looking):
    """«Hvem får e-post når noe stopper?»"""

    list_display = ("company", "user", "morning")
    list_filter = ("morning",)
    list_select_related = ("company", "user")
    search_fields = ("user__email", *COMPANY)
    ordering = ("company__name", "user__email")


@admin.register(Told)
class TheTold(Looking):
    """«Hva har de fått e-post om?»"""

    list_display = ("recipient", "key", "told_at")
    list_select_related = ("recipient__company", "recipient__user")
    search_fields = ("key", "recipient__user__email", "recipient__company__org_no")
    ordering = ("-told_at", "-pk")


@admin.register(ToldStop)
class ToldStops(Looking):
    """«Er det sagt fra om stoppet?»"""

    list_display = ("export", "told_at")
    list_select_related = ("export",)
    search_fields = ("export__document", "=export__mark", "export__company__org_no")
    ordering = ("-told_at",)


@admin.register(SharedToken)
class SharedTokens(Looking):
    """«Når må vi logge inn på nytt der?» The token is sealed and not shown."""

    list_display = ("pk", "expires_at", "renewing_until")
    ordering = ("pk",)
    fields = ("expires_at", "renewing_until")


@admin.register(CallSlot)
class CallSlots(Looking):
    """«Holder vi oss under taket på kall?» The key is kept as a digest."""

    list_display = ("pk", "next_at")
    ordering = ("pk",)
    fields = ("next_at",)

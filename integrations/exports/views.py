"""Pages that show where everything is: overview, settlements, one settlement, status."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting import clock
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports import records
from integrations.exports.forms import FilterForm, LeaveOutForm
from integrations.exports.models import Export
from integrations.exports.pages.headline import headline
from integrations.exports.pages.listing import latest, listing
from integrations.exports.pages.shown import shown
from integrations.exports.pages.todo import todo
from integrations.exports.queries import connection_of, next_run

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounting.books.models import Settlement

LATEST = 5


@company_page(Permission.SEE)
@require_safe
def overview(request: HttpRequest, company: Company) -> HttpResponse:
    """«Er alt overført?» in one sentence, and the latest settlements."""
    said = headline(company, clock.now())
    return render(
        request, "exports/overview.html", {"said": said, "settlements": latest(company, LATEST)}
    )


@company_page(Permission.SEE)
@require_safe
def settlements(request: HttpRequest, company: Company) -> HttpResponse:
    """Every settlement, newest first, filtered by the query."""
    form = FilterForm(company, request.GET)
    found = listing(company, form.wanted(), request.GET.get("page", "1"))
    narrowed = any(request.GET.get(name) for name in form.fields)
    listed = {"form": form, "found": found, "narrowed": narrowed}
    return render(request, "exports/settlements.html", listed)


@company_page(Permission.SEE)
@require_safe
def settlement(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """One settlement: its journal, its VAT, its history, and what a person may do about it."""
    return _settlement(request, company, settlement, LeaveOutForm())


def _settlement(
    request: HttpRequest, company: Company, pk: int, form: LeaveOutForm
) -> HttpResponse:
    row = get_object_or_404(_settlements(company), pk=pk)
    return render(request, "exports/settlement.html", {"it": shown(company, row), "form": form})


def _settlements(company: Company) -> "QuerySet[Settlement]":
    return company.settlements.select_related("register__department", "register__company")


@company_page(Permission.SEND)
@require_POST
def send_again(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Send the same content again."""
    moved = records.send_again(_export(company, settlement), person(request))
    done = _("Oppgjøret står klart og sendes om et øyeblikk.")
    return _decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@require_POST
def look_again(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Ask the far side anew whether the voucher is there."""
    moved = records.send_again(_export(company, settlement), person(request))
    done = _("Vi kontrollerer på nytt i PowerOffice Go.")
    return _decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@require_POST
def leave_out(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Leave a settlement out for good, with a reason."""
    form = LeaveOutForm(request.POST)
    export = _export(company, settlement)
    if not form.is_valid():
        return _settlement(request, company, settlement, form)
    moved = records.leave_out(export, form.cleaned_data["reason"], person(request))
    done = _("Oppgjøret er utelatt og blir ikke overført.")
    return _decided(request, company, settlement, done if moved else "")


def _decided(request: HttpRequest, company: Company, settlement: int, done: str) -> HttpResponse:
    """Go back to the settlement and say what was done; '' where it had moved meanwhile."""
    if done:
        messages.success(request, done)
    else:
        messages.warning(request, _("Ingenting ble gjort: oppgjøret har fått en annen status."))
    return redirect("exports:settlement", company.org_no, settlement)


def _export(company: Company, settlement: int) -> Export:
    rows = Export.objects.filter(company=company, part=0)
    return get_object_or_404(rows, settlement=settlement)


@company_page(Permission.SEE)
@require_safe
def status(request: HttpRequest, company: Company) -> HttpResponse:
    """What must be mended, grouped by cause; the list alone when htmx asks anew."""
    listed = {"todo": todo(company), "next_run": next_run(company, clock.now())}
    page = "exports/_todo.html" if getattr(request, "htmx", False) else "exports/status.html"
    return render(request, page, listed)


@company_page(Permission.SEE)
@require_safe
def connection(request: HttpRequest, company: Company) -> HttpResponse:  # noqa: ARG001
    """Lead to the settings page of the company's accounting system, or of the first we know."""
    connected = connection_of(company)
    provider = connected.provider if connected else next(iter(settings.ACCOUNTING_PROVIDERS))
    return redirect(f"{provider}:settings", company.org_no)

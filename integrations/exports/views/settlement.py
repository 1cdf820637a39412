"""One settlement and its receipts, and what a person may decide about them."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting.books import decisions
from accounting.company.access import company_page, form_on, person
from accounting.company.models import Company
from accounting.company.records import Refused
from accounting.company.roles import Permission
from integrations.exports import deciding
from integrations.exports.forms import (
    AcknowledgeForm,
    ChooseForm,
    CountForm,
    LeaveOutForm,
)
from integrations.exports.models import Export
from integrations.exports.pages.receipt import shown_receipt
from integrations.exports.pages.shown import export_of, may_decide, shown
from integrations.exports.pages.stops import Stop, key_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounting.books.models import Settlement


@company_page(Permission.SEE)
@require_safe
def settlement(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """One settlement: its journal, its VAT, its history, and what a person may do about it.

    `?kvitteringer=alle` shows more of the receipts that do not add up than the first.
    """
    return _settlement(request, company, settlement)


def _settlement(
    request: HttpRequest, company: Company, pk: int, answered: Form | None = None
) -> HttpResponse:
    """Show a settlement; `answered` is a form of its page that was sent and must be mended."""
    row = get_object_or_404(_settlements(company), pk=pk)
    it = shown(company, row, more_receipts=request.GET.get("kvitteringer") == "alle")
    leave_out = answered if isinstance(answered, LeaveOutForm) else LeaveOutForm()
    count = answered if isinstance(answered, CountForm) else CountForm.of(row)
    stops = [(stop, _form_of(stop, answered)) for stop in it.stops]
    page = {"it": it, "stops": stops, "form": leave_out, "count": count}
    return render(request, "exports/settlement.html", page)


def _form_of(stop: Stop, answered: Form | None) -> AcknowledgeForm | None:
    if not stop.passable:
        return None
    if isinstance(answered, AcknowledgeForm) and answered.data.get("stop") == stop.key:
        return answered
    return AcknowledgeForm(stop.issue)


def _settlements(company: Company) -> "QuerySet[Settlement]":
    return company.settlements.select_related("register__department", "register__company")


@company_page(Permission.SEND)
@require_POST
def send_again(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Send the same content again."""
    moved = deciding.send_again(speaking_export(company, settlement), person(request))
    done = _("Oppgjøret står klart og sendes om et øyeblikk.")
    return decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@require_POST
def look_again(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """«Finnes ikke»: it is looked for anew, and sent once two clean looks agree."""
    moved = deciding.send_again(speaking_export(company, settlement), person(request))
    done = _("Vi kontrollerer på nytt i PowerOffice Go.")
    return decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@form_on("exports:settlement", "org_no", "settlement")
def leave_out(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Leave a settlement out for good, with a reason."""
    form = LeaveOutForm(request.POST)
    export = speaking_export(company, settlement)
    if not form.is_valid():
        return _settlement(request, company, settlement, form)
    moved = deciding.leave_out(export, form.cleaned_data["reason"], person(request))
    done = _("Oppgjøret er utelatt og blir ikke overført.")
    return decided(request, company, settlement, done if moved else "")


def decided(
    request: HttpRequest, company: Company, settlement: int, done: str, refused: str = ""
) -> HttpResponse:
    """Go back to the settlement and say what was done, or why not; '' where it had moved meanwhile."""
    if done:
        messages.success(request, done)
    else:
        moved = _("Ingenting ble gjort: oppgjøret har endret seg imens.")
        messages.warning(request, refused or moved)
    return redirect("exports:settlement", company.org_no, settlement)


def speaking_export(company: Company, settlement: int) -> Export:
    """Give the part that speaks for a settlement's Z; 404 where nothing is exported yet."""
    export = export_of(get_object_or_404(_settlements(company), pk=settlement))
    if export is None:
        raise Http404
    return export


@company_page(Permission.SEND)
@form_on("exports:settlement", "org_no", "settlement")
def acknowledge(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Let a settlement go in spite of one gap or difference, with a reason."""
    row = get_object_or_404(_settlements(company), pk=settlement)
    wanted = request.POST.get("stop", "")
    issue = next((each for each in row.as_day().stops if key_of(each) == wanted), None)
    if issue is None or not may_decide(export_of(row), row):
        return decided(request, company, settlement, "")
    form = AcknowledgeForm(issue, request.POST)
    if not form.is_valid():
        return _settlement(request, company, settlement, form)
    try:
        decisions.acknowledge(row, issue, form.cleaned_data["reason"], person(request))
    except Refused as refused:
        return decided(request, company, settlement, "", str(refused))
    return decided(request, company, settlement, _("Avviket er godkjent."))


@company_page(Permission.SEND)
@form_on("exports:settlement", "org_no", "settlement")
def count_cash(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Write down how much cash was counted; nothing typed takes the count back."""
    row = get_object_or_404(_settlements(company), pk=settlement)
    form = CountForm(request.POST)
    if not form.is_valid():
        return _settlement(request, company, settlement, form)
    counted = form.cleaned_data["counted"]
    if not may_decide(export_of(row), row):
        return decided(request, company, settlement, "")
    try:
        decisions.count_cash(row, counted, person(request))
    except Refused as refused:
        return decided(request, company, settlement, "", str(refused))
    done = _("Tellingen er fjernet.") if counted is None else _("Talte kontanter er lagret.")
    return decided(request, company, settlement, done)


@company_page(Permission.SEE)
@require_safe
def receipt(request: HttpRequest, company: Company, settlement: int, nr: str) -> HttpResponse:
    """One receipt of a settlement, in every version that the till delivered."""
    row = get_object_or_404(_settlements(company), pk=settlement)
    return _receipt(request, row, nr)


def _receipt(
    request: HttpRequest, row: "Settlement", nr: str, answered: ChooseForm | None = None
) -> HttpResponse:
    """Show a receipt; `answered` is the choice that was sent and must be mended."""
    it = shown_receipt(row, nr)
    if it is None:
        raise Http404
    form = answered or (ChooseForm(it) if it.may_choose else None)
    return render(request, "exports/receipt.html", {"it": it, "nr": nr, "form": form})


@company_page(Permission.SEND)
@form_on("exports:receipt", "org_no", "settlement", "nr")
def choose_receipt(
    request: HttpRequest, company: Company, settlement: int, nr: str
) -> HttpResponse:
    """Let one version of a receipt count, with a reason; the settlement is made anew from it."""
    row = get_object_or_404(_settlements(company), pk=settlement, current=True)
    it = shown_receipt(row, nr)
    if it is None or not it.may_choose:
        raise Http404
    form = ChooseForm(it, request.POST)
    if not form.is_valid():
        return _receipt(request, row, nr, form)
    chosen = it.row_of(form.cleaned_data["version"])
    decisions.choose_receipt(chosen, form.cleaned_data["reason"], person(request))
    newest = _settlements(company).get(register=row.register, z_number=row.z_number, current=True)
    done = _("Kvittering %(nr)s er valgt. Oppgjøret er regnet ut på nytt.") % {"nr": nr}
    return decided(request, company, newest.pk, done)

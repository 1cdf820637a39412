"""The PowerOffice Go page: whether it is connected and works, how often, who is told, and the pause."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting import clock
from accounting.company.access import company_page, form_on, has, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports import records
from integrations.exports.models import Connection
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.telling.recipients import choose_recipients
from integrations.poweroffice.checking import check
from integrations.poweroffice.connect import ConnectRefused, fetch_chart
from integrations.poweroffice.forms import FrequencyForm, KeysForm, PauseForm, RecipientsForm
from integrations.poweroffice.page import shown

PAGE = "poweroffice/settings.html"


@company_page(Permission.SEE)
@require_safe
def settings(request: HttpRequest, company: Company) -> HttpResponse:
    """How it stands; whoever may change it gets the forms. `?felt=` points at what must be mended."""
    field = request.GET.get("felt", "")
    if field in KeysForm.base_fields and has(request.user, company, Permission.CHANGE_CONNECTION):
        return redirect(f"{reverse('poweroffice:keys', args=[company.org_no])}?felt={field}")
    return _page(request, company)


def _page(request: HttpRequest, company: Company, **bound: Form) -> HttpResponse:
    return render(request, PAGE, shown(request, company, **bound))


@company_page(Permission.CHANGE_SETUP)
@require_POST
def test(request: HttpRequest, company: Company) -> HttpResponse:
    """Test the connection, and show what came of each step."""
    found = check(_connection(company))
    if all(each.issue is None for each in found):
        messages.success(request, _("Tilkoblingen virker."))
    else:
        messages.error(request, _("Tilkoblingen virker ikke. Se under Test."))
    return _back(company, "test")


@company_page(Permission.CHANGE_SETUP)
@form_on("poweroffice:settings", "org_no")
def chart(request: HttpRequest, company: Company) -> HttpResponse:
    """Fetch accounts, VAT codes and departments anew."""
    try:
        fetched = fetch_chart(_connection(company))
    except ConnectRefused as refused:
        return render(request, PAGE, shown(request, company) | {"issue": refused.issue})
    said = _("Kontoplanen er hentet: %(number)s kontoer.")
    messages.success(request, said % {"number": fetched.accounts})
    return _back(company)


@company_page(Permission.CHANGE_CONNECTION)
@form_on("poweroffice:settings", "org_no")
def frequency(request: HttpRequest, company: Company) -> HttpResponse:
    """Choose how often."""
    start = export_start_of(company)
    form = FrequencyForm(clock.now(), start.day if start else None, request.POST)
    if not form.is_valid():
        return _page(request, company, frequency=form)
    records.choose_frequency(_connection(company), form.chosen(), actor=person(request))
    messages.success(request, _("Frekvensen er lagret."))
    return _back(company)


@company_page(Permission.CHANGE_CONNECTION)
@form_on("poweroffice:settings", "org_no")
def pause(request: HttpRequest, company: Company) -> HttpResponse:
    """Send nothing until somebody resumes; the reason stands on the page."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, company, pause=form)
    records.pause(_connection(company), form.cleaned_data["reason"], actor=person(request))
    messages.success(request, _("Overføringen er satt på pause."))
    return _back(company)


@company_page(Permission.CHANGE_CONNECTION)
@require_POST
def resume(request: HttpRequest, company: Company) -> HttpResponse:
    """Send again."""
    records.resume(_connection(company), actor=person(request))
    messages.success(request, _("Overføringen går igjen. Det som har ventet, sendes nå."))
    return _back(company)


@company_page(Permission.CHANGE_CONNECTION)
@form_on("poweroffice:settings", "org_no")
def recipients(request: HttpRequest, company: Company) -> HttpResponse:
    """Choose who is told when something stops."""
    form = RecipientsForm(company, request.POST)
    if not form.is_valid():
        return _page(request, company, recipients_form=form)
    chosen, mornings = form.chosen(), form.mornings()
    choose_recipients(company, chosen, mornings=mornings, actor=person(request))
    messages.success(request, _("Varslingen er lagret."))
    return _back(company)


def _back(company: Company, anchor: str = "") -> HttpResponse:
    address = reverse("poweroffice:settings", args=[company.org_no])
    return redirect(f"{address}#{anchor}" if anchor else address)


def _connection(company: Company) -> Connection:
    connection = connection_of(company)
    if connection is None:
        raise Http404
    return connection

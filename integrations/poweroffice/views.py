"""The PowerOffice Go page: whether it is connected, how often, and from which day."""

from django import forms
from django.conf import settings as house
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting import clock
from accounting.books.domain.issues import Issue
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.queries import role_in
from accounting.company.records import Refused
from accounting.company.roles import Permission, may
from integrations.exports import records
from integrations.exports.models import Connection
from integrations.exports.queries import connection_of, export_start_of, next_run
from integrations.poweroffice.connect import PROVIDER, ConnectRefused, connect, fetch_chart
from integrations.poweroffice.forms import FrequencyForm, KeysForm, StartForm


@company_page(Permission.SEE)
@require_safe
def settings(request: HttpRequest, company: Company) -> HttpResponse:
    """How it stands; whoever may change it gets the forms."""
    return _page(request, company)


def _page(
    request: HttpRequest,
    company: Company,
    issue: Issue | None = None,
    **bound: forms.Form,
) -> HttpResponse:
    connection = connection_of(company)
    role = role_in(company, request.user)
    frequency = connection.frequency if connection else ""
    shown = {
        "connection": connection,
        "start": export_start_of(company),
        "next_run": next_run(company, clock.now()),
        "accounts": company.chart_accounts.count(),
        "may_change": role is not None and may(role, Permission.CHANGE_CONNECTION),
        "issue": issue,
        "keys": KeysForm(),
        "first_day": StartForm(),
        "frequency": FrequencyForm(initial={"frequency": frequency}),
        **bound,
    }
    return render(request, "poweroffice/settings.html", shown)


@company_page(Permission.CHANGE_CONNECTION)
@require_POST
def keys(request: HttpRequest, company: Company) -> HttpResponse:
    """Try the keys, keep them sealed, and fetch the chart; nothing is kept of keys that do not open."""
    form = KeysForm(request.POST)
    if not form.is_valid():
        return _page(request, company, keys=form)
    try:
        connection = connect(
            company,
            house.POWEROFFICE_ENV,
            form.cleaned_data["application_key"],
            form.cleaned_data["client_key"],
            house.POWEROFFICE_SUBSCRIPTION_KEY,
            actor=person(request),
        )
        fetch_chart(connection)
    except ConnectRefused as refused:
        return _page(request, company, refused.issue)
    said = _("Koblet til «%(client)s», og kontoplanen er hentet.")
    messages.success(request, said % {"client": connection.client_name})
    return redirect("poweroffice:settings", company.org_no)


@company_page(Permission.CHANGE_SETUP)
@require_POST
def chart(request: HttpRequest, company: Company) -> HttpResponse:
    """Fetch accounts, VAT codes and departments anew."""
    try:
        fetched = fetch_chart(_connection(company))
    except ConnectRefused as refused:
        return _page(request, company, refused.issue)
    said = _("Kontoplanen er hentet: %(number)s konti.")
    messages.success(request, said % {"number": fetched.accounts})
    return redirect("poweroffice:settings", company.org_no)


@company_page(Permission.CHANGE_CONNECTION)
@require_POST
def frequency(request: HttpRequest, company: Company) -> HttpResponse:
    """Choose how often."""
    form = FrequencyForm(request.POST)
    if not form.is_valid():
        return _page(request, company, frequency=form)
    records.choose_frequency(_connection(company), form.chosen(), actor=person(request))
    messages.success(request, _("Frekvensen er lagret."))
    return redirect("poweroffice:settings", company.org_no)


@company_page(Permission.CHANGE_CONNECTION)
@require_POST
def first_day(request: HttpRequest, company: Company) -> HttpResponse:
    """Choose the export-from date, once and for ever."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, company, first_day=form)
    try:
        records.set_export_start(company, PROVIDER, form.cleaned_data["day"], actor=person(request))
    except Refused:
        messages.error(request, _("Startdatoen er valgt fra før og kan ikke endres."))
    else:
        messages.success(request, _("Startdatoen er lagret for godt."))
    return redirect("poweroffice:settings", company.org_no)


def _connection(company: Company) -> Connection:
    connection = connection_of(company)
    if connection is None:
        raise Http404
    return connection

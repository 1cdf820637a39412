"""«Eksporter data fra og med»: what a day would mean in numbers, typed again, and then for ever."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounting import clock
from accounting.company.access import company_page, person
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company
from accounting.company.records import Refused
from accounting.company.roles import Permission
from integrations.exports import records
from integrations.exports.pages.first_day import what_it_means
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.schedule import Frequency
from integrations.poweroffice.connect import PROVIDER, Bounds, ConnectRefused, bounds
from integrations.poweroffice.forms import ConfirmDayForm, DayForm
from integrations.poweroffice.page import shown

FAR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Warnings:
    """What speaks against a day. `bounds` is None where PowerOffice Go could not be asked."""

    day: date
    today: date
    bounds: Bounds | None

    @property
    def locked(self) -> bool:
        """Say whether the day lies in a period that is locked over there."""
        through = self.bounds.locked_through if self.bounds else None
        return through is not None and self.day <= through

    @property
    def too_early(self) -> bool:
        """Say whether their books begin later."""
        begins = self.bounds.begins if self.bounds else None
        return begins is not None and self.day < begins

    @property
    def far(self) -> bool:
        """Say whether the day is more than 31 days ahead."""
        return self.day > self.today + FAR

    @property
    def names_accountant(self) -> bool:
        """Say whether the day is allowed only with the accountant's name (ux.md 2.4)."""
        return self.locked or self.too_early or self.far


@company_page(Permission.CHANGE_CONNECTION)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def first_day(request: HttpRequest, company: Company) -> HttpResponse:
    """Confirm the day in `?day=`; sent with the day typed again it is saved, once and for ever."""
    if export_start_of(company) is not None:
        messages.error(request, _("Startdatoen er valgt fra før og kan ikke endres."))
        return redirect("poweroffice:settings", company.org_no)
    sent = request.method == "POST"
    asked = DayForm(request.POST if sent else request.GET)
    if not asked.is_valid():
        return render(request, "poweroffice/settings.html", shown(request, company, day_form=asked))
    warnings = _warnings(company, asked.cleaned_data["day"])
    return _save(request, company, warnings) if sent else _confirm(request, company, warnings)


def _save(request: HttpRequest, company: Company, warnings: Warnings) -> HttpResponse:
    form = ConfirmDayForm(request.POST, names_accountant=warnings.names_accountant)
    if not form.is_valid():
        return _confirm(request, company, warnings, form)
    agreed_with = form.cleaned_data.get("agreed_with", "")
    try:
        records.set_export_start(
            company, PROVIDER, warnings.day, agreed_with=agreed_with, actor=person(request)
        )
    except Refused:  # somebody else was first
        messages.error(request, _("Startdatoen er valgt fra før og kan ikke endres."))
    else:
        messages.success(request, _("Startdatoen er lagret for godt."))
    return redirect("poweroffice:settings", company.org_no)


def _confirm(
    request: HttpRequest, company: Company, warnings: Warnings, form: ConfirmDayForm | None = None
) -> HttpResponse:
    connection = connection_of(company)
    frequency = Frequency(connection.frequency) if connection else Frequency.DAILY
    initial = {"day": warnings.day.isoformat()}
    page = {
        "day": warnings.day,
        "warnings": warnings,
        "connection": connection,
        "means": what_it_means(company, warnings.day, frequency, clock.now()),
        "form": form or ConfirmDayForm(initial=initial, names_accountant=warnings.names_accountant),
    }
    return render(request, "poweroffice/first_day.html", page)


def _warnings(company: Company, day: date) -> Warnings:
    """Ask PowerOffice Go for its locked period; without an answer the page says that it is not known."""
    connection = connection_of(company)
    try:
        answered = bounds(connection) if connection else None
    except ConnectRefused:
        answered = None  # said on the page: the day may lie in a locked period
    return Warnings(day, clock.today(), answered)

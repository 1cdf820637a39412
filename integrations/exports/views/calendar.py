"""The calendar, and the one question that it asks: was it closed that day?"""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting import clock
from accounting.books import closing
from accounting.books.models import ClosedDay
from accounting.company.access import company_page, form_on, person
from accounting.company.models import Company
from accounting.company.records import Refused
from accounting.company.roles import Permission
from integrations.exports.forms import CloseDayForm
from integrations.exports.pages.calendar import Cell, six_weeks, whole_month
from integrations.exports.pages.calendar import calendar as read

EARLIEST, LATEST = 2000, 2100  # other years are mistyped


@company_page(Permission.SEE)
@require_safe
def calendar(request: HttpRequest, company: Company) -> HttpResponse:
    """Days × departments: the last six weeks, or `?maned=2026-11`; `?vis=tabell` the same as a table.

    `?dag=2026-11-22&avdeling=` opens one day: what came, what did not, and whether it was closed.
    """
    day = _day(request.GET.get("dag", ""))
    month = _month(request.GET.get("maned", ""))
    today = clock.today()
    first, last = six_weeks(today)
    if day and month is None and not first <= day <= last:
        month = day.replace(day=1)
    if month:
        first, last = whole_month(month)
    found = read(company, first, last, clock.now())
    cell = found.cell(day, request.GET.get("avdeling", "")) if day else None
    return _shown(request, company, {"found": found, "month": month, "cell": cell})


def _shown(request: HttpRequest, company: Company, page: dict[str, object]) -> HttpResponse:
    month, cell = page["month"], page["cell"]
    middle = month if isinstance(month, date) else clock.today().replace(day=1)
    more = {
        "as_table": request.GET.get("vis") == "tabell",
        "today": clock.today(),
        "previous": (middle - timedelta(days=1)).replace(day=1),
        "next": (middle + timedelta(days=31)).replace(day=1) if month else None,
        "form": _form(company, cell) if isinstance(cell, Cell) else None,
    }
    return render(request, "exports/calendar.html", page | more)


def _form(company: Company, cell: Cell) -> CloseDayForm | None:
    """Ask only where the answer would tell something: nothing came, or something is missing."""
    if cell.closed or (cell.settlements and not cell.absent):
        return None
    there = {"dag": cell.day.isoformat(), "avdeling": cell.unit.department}
    return CloseDayForm(company, initial=there)


@company_page(Permission.SEND)
@form_on("exports:calendar", "org_no")
def close_day(request: HttpRequest, company: Company) -> HttpResponse:
    """Mark a day as closed; marked already, nothing is said twice."""
    form = CloseDayForm(company, request.POST)
    if not form.is_valid():
        raise Http404
    department, day = form.cleaned_data["avdeling"], form.cleaned_data["dag"]
    try:
        closing.mark_closed(company, department, day, form.cleaned_data["reason"], person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Dagen er merket som stengt."))
    return _back(company, day, str(department.pk) if department else "")


@company_page(Permission.SEND)
@require_POST
def open_day(request: HttpRequest, company: Company) -> HttpResponse:
    """Take back that a day was closed."""
    number = request.POST.get("stengt", "")
    rows = ClosedDay.objects.filter(company=company).select_related("department", "company")
    row = get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)
    if closing.take_back(row, person(request)):
        messages.success(request, _("Dagen er ikke lenger merket som stengt."))
    return _back(company, row.day, str(row.department_id or ""))


def _back(company: Company, day: date, unit: str) -> HttpResponse:
    query = urlencode({"dag": day.isoformat(), "avdeling": unit})
    return redirect(f"{reverse('exports:calendar', args=[company.org_no])}?{query}")


def _day(typed: str) -> date | None:
    """Read a day of the address; None where it is none, or in a year of its own."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if EARLIEST <= day.year < LATEST else None


def _month(typed: str) -> date | None:
    return _day(f"{typed}-01")

"""The pages of Kontooppsett: where a settlement's money goes, and where fix links land."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounting import clock
from accounting.books import records
from accounting.books.domain.setup import RuleKey, Rules
from accounting.books.forms import Typed, parse_key, read_rows, read_shown, read_typed, vat_choices
from accounting.books.queries import changes_of
from accounting.books.row_words import change_words, rule_words, words_of
from accounting.books.setup_acts import ACTS, chosen, open_choices, refused_by_chart
from accounting.books.setup_changes import differences, ordered, subject
from accounting.books.setup_reading import SetupReading
from accounting.books.setup_rows import opened_at
from accounting.books.setup_screen import (
    department_query,
    difference_panel,
    line_of,
    row_addresses,
    screen,
)
from accounting.company.access import company_page, person
from accounting.company.models import Company, Department
from accounting.company.roles import Permission


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def account_setup(request: HttpRequest, company: Company) -> HttpResponse:
    """Kontooppsett of one `?avdeling=` by its number, or the default.

    `?department=` is the name that a fix link carries. `?row=` names the row that it means; `?account=`
    or `?vat_code=` the first that uses it.
    """
    reading = _reading(request, company)
    if request.method != "POST":
        if "department" in request.GET:
            return redirect(_lasting(request, reading))
        return _shown(request, reading, Typed(shown=reading.saved))
    typed = _typed(request, reading)
    for name, act in ACTS.items():
        if name in request.POST:
            return _shown(request, reading, *act(request.POST, reading, typed))
    return _save(request, reading, typed)


def _reading(request: HttpRequest, company: Company) -> SetupReading:
    return SetupReading(company, _department(request, company), clock.today())


def _department(request: HttpRequest, company: Company) -> Department | None:
    number, name = request.GET.get("avdeling", ""), request.GET.get("department", "")
    if not (number or name):
        return None
    for department in company.departments.all():
        if str(department.pk) == number or (not number and department.name == name):
            return department
    raise Http404


def _lasting(request: HttpRequest, reading: SetupReading) -> str:
    """Give this page's address with the department's number: its name may be another any moment."""
    kept = {
        key: value for key, value in request.GET.items() if key not in {"department", "avdeling"}
    }
    said = urlencode({**department_query(reading), **kept})
    return f"{request.path}?{said}" if said else request.path


def _typed(request: HttpRequest, reading: SetupReading) -> Typed:
    """Read the form; one that does not say what it showed was shown what is saved."""
    carried = request.POST.get("vist")
    shown = reading.saved if carried is None else read_shown(carried)
    return read_typed(request.POST, _codes(reading, shown), shown)


def _codes(reading: SetupReading, kept: Rules) -> set[str]:
    """Give the VAT codes that may stand in a field: those on offer, and those that stand there already."""
    return {*vat_choices(reading.chart), *(r.vat_code for dated in kept.values() for r in dated)}


def _shown(
    request: HttpRequest,
    reading: SetupReading,
    typed: Typed,
    panel: dict[str, object] | None = None,
) -> HttpResponse:
    opened = parse_key(request.GET.get("row", ""))
    page = reading.page(opened, list(typed.rows), typed.changes(reading.today))
    if opened is None:
        named = (request.GET.get("account", ""), request.GET.get("vat_code", ""))
        page = opened_at(page, *named)
    choices = open_choices(request.POST, reading, typed)
    context = {
        **screen(request, reading, page, typed),
        **(difference_panel(reading, choices) if choices else {}),
        **(panel or {}),
    }
    return render(request, "books/account_setup.html", context)


def _save(request: HttpRequest, reading: SetupReading, typed: Typed) -> HttpResponse:
    choices = open_choices(request.POST, reading, typed)
    meant, all_chosen = chosen(request.POST, choices, typed)
    meant = meant.checked_dates(reading.today)
    if "likevel" not in request.POST:
        meant = refused_by_chart(meant, reading)
    if not all_chosen or meant.wrong or meant.refused:
        panel: dict[str, object] = {"unchosen": not all_chosen}
        return _shown(request, reading, typed.with_errors_of(meant), panel)
    try:
        saved = records.save_setup(
            reading.company,
            reading.department,
            meant.changes(reading.today),
            shown=meant.shown,
            actor=person(request),
        )
    except records.Overtaken:
        return _overtaken(request, reading.company, meant)
    query = {**department_query(reading), "lagret": saved}
    address = reverse("books:account_setup", args=[reading.company.org_no])
    return redirect(f"{address}?{urlencode(query)}")


def _overtaken(request: HttpRequest, company: Company, typed: Typed) -> HttpResponse:
    """Show what somebody else saved beside what was typed here; nothing is lost, nothing written."""
    reading = _reading(request, company)
    changes = typed.changes(reading.today)
    found = differences(typed.shown, reading.saved, changes, reading.today)
    panel = difference_panel(reading, found)
    return _shown(request, reading, typed.over(reading.saved, changes), panel)


def _name(reading: SetupReading) -> str:
    return reading.department.name if reading.department else ""


@company_page(Permission.CHANGE_SETUP)
@require_safe
def row_check(request: HttpRequest, company: Company) -> HttpResponse:
    """What a row says of itself with what stands in its fields now; asked on leaving a field."""
    reading = _reading(request, company)
    typed = Typed(read_rows(request.GET, _codes(reading, reading.saved)), reading.saved)
    if len(typed.rows) != 1:
        raise BadRequest("one row at a time")
    (key,) = typed.rows
    row = reading.row(key, typed.changes(reading.today))
    index = request.GET.get("nr", "")
    if not index.isdecimal():
        raise BadRequest("nr")
    line = line_of(int(index), row, typed.rows[key], reading.chart)
    shown = {"line": line, "department": reading.department}
    return render(request, "books/_setup_status.html", {**shown, **row_addresses(reading)})


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def setup_row(request: HttpRequest, company: Company) -> HttpResponse:
    """One row's rules by their day, and everything that was ever changed in it. `?row=` names it."""
    reading = _reading(request, company)
    key = parse_key(request.GET.get("row", ""))
    if key is None:
        raise Http404
    if request.method == "POST":
        return _remove(request, reading, key)
    row = reading.row(key, {})
    dated = [(rule, rule_words(rule)) for rule in reversed(ordered(reading.saved.get(key, ())))]
    shown = {
        "department": reading.department,
        "words": words_of(row),
        "row": row,
        "dated": dated,
        "changes": [
            (c, change_words(c)) for c in changes_of(company, subject(_name(reading), key))
        ],
        "today": reading.today,
    }
    return render(request, "books/setup_row.html", shown)


def _remove(request: HttpRequest, reading: SetupReading, key: RuleKey) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("fra", ""))
    except ValueError as error:
        raise BadRequest("fra") from error
    company, department = reading.company, reading.department
    if records.remove_rule(company, department, key, day, actor=person(request)):
        messages.success(request, _("Fjernet. Det står igjen i Endringer."))
    return redirect(request.get_full_path())

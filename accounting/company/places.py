"""Pages of a company itself, its departments and its tills."""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounting.company import records
from accounting.company.access import company_page, form_on, person
from accounting.company.forms import (
    ArchiveForm,
    LinksForm,
    NewDepartmentForm,
    RenameForm,
    TillsForm,
    remote_departments,
)
from accounting.company.models import Company, Department
from accounting.company.queries import last_switched, says_no_departments, unplaced_tills
from accounting.company.records import Refused
from accounting.company.roles import Permission


@company_page(Permission.SEE)
@require_safe
def about(request: HttpRequest, company: Company) -> HttpResponse:
    """What we know of the company, and who can have it changed."""
    return render(request, "company/company.html", {"switched": last_switched(company)})


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest, company: Company) -> HttpResponse:
    """The departments and which of theirs each is; `?department=` points at one."""
    posted = request.POST if request.method == "POST" else None
    form = _links(company, request.GET.get("department", ""), posted)
    if form.is_valid():
        with transaction.atomic():
            for department, code in form.changed():
                records.link_department(department, code, actor=person(request))
        messages.success(request, _("Avdelingene er lagret."))
        return redirect("company:departments", company.org_no)
    return _departments(request, company, form, NewDepartmentForm(form.choices))


def _links(company: Company, opened: str, posted: QueryDict | None = None) -> LinksForm:
    active = company.departments.filter(archived_at=None).prefetch_related("register_set")
    choices = remote_departments(company)
    return LinksForm(list(active.order_by("name")), choices, opened, posted)


def _departments(
    request: HttpRequest, company: Company, form: LinksForm, new: NewDepartmentForm
) -> HttpResponse:
    shown = {
        "form": form,
        "new": new,
        "theirs": form.choices,
        "archived": company.departments.exclude(archived_at=None).order_by("name"),
        "unplaced": unplaced_tills(company),
        "none": says_no_departments(company),
    }
    return render(request, "company/departments.html", shown)


@company_page(Permission.CHANGE_SETUP)
@form_on("company:departments", "org_no")
def add_department(request: HttpRequest, company: Company) -> HttpResponse:
    """Add a department; what is wrong is said at the field."""
    form = _links(company, "")
    new = NewDepartmentForm(form.choices, request.POST)
    if not new.is_valid():
        return _departments(request, company, form, new)
    name, code = new.cleaned_data["name"], new.cleaned_data.get("remote_code", "")
    try:
        made = records.add_department(company, name, remote_code=code, actor=person(request))
    except Refused as refused:
        new.add_error("name", str(refused))
        return _departments(request, company, form, new)
    messages.success(request, _("Avdelingen «%(name)s» er lagt til.") % {"name": made.name})
    return redirect("company:departments", company.org_no)


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def department(request: HttpRequest, company: Company, department: int) -> HttpResponse:
    """One department: its name, what points at it, and taking it out of use."""
    row = get_object_or_404(company.departments.all(), pk=department)
    form = RenameForm(row, request.POST if request.method == "POST" else None)
    if form.is_valid() and _renamed(row, form, person(request)):
        messages.success(request, _("Avdelingen heter nå «%(name)s».") % {"name": row.name})
        return redirect("company:departments", company.org_no)
    return _department(request, row, form, ArchiveForm(_tills_of(row)))


def _department(
    request: HttpRequest, row: Department, form: RenameForm, archive: ArchiveForm
) -> HttpResponse:
    settlements = row.company.settlements.filter(register__department=row, current=True)
    shown = {
        "department": row,
        "form": form,
        "archive": archive,
        "tills": row.register_set.order_by("location", "till_id"),
        "rows": row.setupentry_set.count(),
        "settlements": settlements.count(),
    }
    return render(request, "company/department.html", shown)


def _tills_of(row: Department) -> list[str]:
    return list(row.register_set.order_by("location", "till_id").values_list("till_id", flat=True))


def _renamed(row: Department, form: RenameForm, actor: AbstractBaseUser) -> bool:
    """Give the department its new name; why not is said at the field."""
    try:
        records.rename_department(row, form.cleaned_data["name"], actor=actor)
    except Refused as refused:
        form.add_error("name", str(refused))
        return False
    return True


@company_page(Permission.CHANGE_SETUP)
@form_on("company:department", "org_no", "department")
def archive_department(request: HttpRequest, company: Company, department: int) -> HttpResponse:
    """Take a department out of use; where tills stand in it, only once that is ticked."""
    row = get_object_or_404(company.departments.all(), pk=department)
    if row.archived_at:  # a second click
        messages.info(request, _("Avdelingen «%(name)s» er arkivert fra før.") % {"name": row.name})
        return redirect("company:departments", company.org_no)
    form = ArchiveForm(_tills_of(row), request.POST)
    if not form.is_valid():
        return _department(request, row, RenameForm(row), form)
    records.archive_department(row, actor=person(request))
    messages.success(request, _("Avdelingen «%(name)s» er arkivert.") % {"name": row.name})
    return redirect("company:departments", company.org_no)


@company_page(Permission.CHANGE_SETUP)
@require_POST
def restore_department(request: HttpRequest, company: Company, department: int) -> HttpResponse:
    """Take an archived department into use again."""
    row = get_object_or_404(company.departments.all(), pk=department)
    if row.archived_at is None:  # a second click
        messages.info(request, _("Avdelingen «%(name)s» er i bruk fra før.") % {"name": row.name})
        return redirect("company:departments", company.org_no)
    records.restore_department(row, actor=person(request))
    messages.success(request, _("Avdelingen «%(name)s» er i bruk igjen.") % {"name": row.name})
    return redirect("company:departments", company.org_no)


@company_page(Permission.CHANGE_SETUP)
@require_POST
def no_departments(request: HttpRequest, company: Company) -> HttpResponse:
    """Say that the company has no departments, so that nothing waits for them."""
    try:
        records.say_no_departments(company, actor=person(request))
    except records.Refused:
        messages.warning(request, _("Selskapet har avdelinger, så ingenting ble endret."))
    else:
        messages.success(request, _("Alt bokføres uten avdeling."))
    return redirect("company:departments", company.org_no)


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def tills(request: HttpRequest, company: Company) -> HttpResponse:
    """The tills and their departments; `?register=` points at one."""
    registers = company.registers.select_related("department").order_by("location", "till_id")
    active: list[Department] = list(company.departments.filter(archived_at=None).order_by("name"))
    posted = request.POST if request.method == "POST" else None
    form = TillsForm(list(registers), active, request.GET.get("register", ""), posted)
    if form.is_valid():
        for register, chosen in form.changed():
            records.place_register(register, chosen, actor=person(request))
        messages.success(request, _("Kassene er lagret."))
        return redirect("company:tills", company.org_no)
    shown = {"form": form, "departments": active, "unplaced": unplaced_tills(company)}
    return render(request, "company/tills.html", shown)

"""Pages of a company's departments and tills."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounting.company import records
from accounting.company.access import company_page, person
from accounting.company.forms import LinksForm, NewDepartmentForm, TillsForm, remote_departments
from accounting.company.models import Company
from accounting.company.roles import Permission


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest, company: Company) -> HttpResponse:
    """The departments and which of theirs each is; `?department=` points at one."""
    choices = remote_departments(company)
    posted = request.POST if request.method == "POST" else None
    form = _links(company, request.GET.get("department", ""), posted)
    if form.is_valid():
        for department, code in form.changed():
            records.link_department(department, code, actor=person(request))
        messages.success(request, _("Avdelingene er lagret."))
        return redirect("company:departments", company.org_no)
    new = NewDepartmentForm(company, choices)
    return render(
        request, "company/departments.html", {"form": form, "new": new, "theirs": choices}
    )


def _links(company: Company, opened: str, posted: QueryDict | None = None) -> LinksForm:
    active = list(company.departments.filter(archived_at=None).order_by("name"))
    return LinksForm(active, remote_departments(company), opened, posted)


@company_page(Permission.CHANGE_SETUP)
@require_POST
def add_department(request: HttpRequest, company: Company) -> HttpResponse:
    """Add a department; what is wrong is said at the field."""
    choices = remote_departments(company)
    new = NewDepartmentForm(company, choices, request.POST)
    if new.is_valid():
        name, code = new.cleaned_data["name"], new.cleaned_data.get("remote_code", "")
        records.add_department(company, name, remote_code=code, actor=person(request))
        messages.success(request, _("Avdelingen «%(name)s» er lagt til.") % {"name": name})
        return redirect("company:departments", company.org_no)
    shown = {"form": _links(company, ""), "new": new, "theirs": choices}
    return render(request, "company/departments.html", shown)


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def tills(request: HttpRequest, company: Company) -> HttpResponse:
    """The tills and their departments; `?register=` points at one."""
    registers = company.registers.select_related("department").order_by("location", "till_id")
    active = company.departments.filter(archived_at=None).order_by("name")
    posted = request.POST if request.method == "POST" else None
    opened = request.GET.get("register", "")
    form = TillsForm(list(registers), list(active), opened, posted)
    if form.is_valid():
        for register, department in form.changed():
            records.place_register(register, department, actor=person(request))
        messages.success(request, _("Kassene er lagret."))
        return redirect("company:tills", company.org_no)
    return render(request, "company/tills.html", {"form": form, "departments": active})

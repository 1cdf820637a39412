"""Aktivitetslogg: who did what, when, with before and after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from backoffice.activity.forms import LogFilterForm
from backoffice.activity.queries import Wanted, found, in_words


@company_page(Permission.SEE)
@require_safe
def log(request: HttpRequest, company: Company) -> HttpResponse:
    """The log, filtered; `?sok=` finds a word in what a line is about."""
    form = LogFilterForm(company, request.GET)
    wanted = form.wanted()
    page = found(company, wanted, request.GET.get("page", ""))
    shown = {
        "form": form,
        "page": page,
        "lines": in_words(company, page.object_list),
        "narrowed": wanted != Wanted(),
    }
    return render(request, "activity/log.html", shown)

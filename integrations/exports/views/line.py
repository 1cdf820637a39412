"""One line of a settlement's journal, and why it has its amount."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.pages.line import shown_line
from integrations.exports.pages.shown import shown

PER_PAGE = 50


@company_page(Permission.SEE)
@require_safe
def line(request: HttpRequest, company: Company, settlement: int, number: int) -> HttpResponse:
    """«Hvorfor dette tallet?»: the rules and, a page at a time, the receipts behind a line."""
    rows = company.settlements.select_related("register__department", "register__company")
    row = get_object_or_404(rows, pk=settlement)
    why = shown_line(company, shown(company, row), number)
    if why is None:
        raise Http404
    receipts = Paginator(why.receipts, PER_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "exports/line.html", {"why": why, "receipts": receipts})

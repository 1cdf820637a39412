"""Every time that something went, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounting import clock
from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports import queries
from integrations.exports.models import ExportRun
from integrations.exports.pages import runs as pages


@company_page(Permission.SEE)
@require_safe
def runs(request: HttpRequest, company: Company) -> HttpResponse:
    """Every run, newest first."""
    page, found = pages.runs(company, request.GET.get("page", "1"))
    coming = queries.next_run(company, clock.now())
    listed = {"page": page, "runs": found, "next_run": coming}
    return render(request, "exports/runs.html", listed)


@company_page(Permission.SEE)
@require_safe
def run(request: HttpRequest, company: Company, run: int) -> HttpResponse:
    """One run: what became of each of its settlements. htmx gets what moves, alone."""
    row = get_object_or_404(ExportRun.objects.select_related("started_by"), company=company, pk=run)
    shown = pages.run_page(row, request.GET.get("page", "1"))
    alone = getattr(request, "htmx", False)
    page = "exports/_run_standing.html" if alone else "exports/run.html"
    return render(request, page, {"shown": shown, "it": shown.it})

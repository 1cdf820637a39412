"""One export: where it is, and everything that was tried."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.models import Export
from integrations.exports.pages.one_export import shown_export


@company_page(Permission.SEE)
@require_safe
def export(request: HttpRequest, company: Company, export: int) -> HttpResponse:
    """One export with its timeline and frozen journals; htmx gets where it is, alone."""
    related = ("company", "snapshot", "run", "settlement__register__department")
    rows = Export.objects.select_related(*related)
    row = get_object_or_404(rows, company=company, pk=export)
    alone = getattr(request, "htmx", False)
    page = "exports/_export_standing.html" if alone else "exports/export.html"
    return render(request, page, {"it": shown_export(row)})

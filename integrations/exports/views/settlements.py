"""The list of settlements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.forms import FilterForm
from integrations.exports.pages.listing import listing


@company_page(Permission.SEE)
@require_safe
def settlements(request: HttpRequest, company: Company) -> HttpResponse:
    """Every settlement, newest first, filtered by the query."""
    form = FilterForm(company, request.GET)
    before, after = request.GET.get("for", ""), request.GET.get("etter", "")
    found = listing(company, form.wanted(), before=before, after=after)
    narrowed = any(request.GET.get(name) for name in form.fields)
    listed = {"form": form, "found": found, "narrowed": narrowed}
    return render(request, "exports/settlements.html", listed)

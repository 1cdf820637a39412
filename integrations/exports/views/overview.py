"""The first page: «Er alt overført?»."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounting import clock
from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.pages.listing import latest
from integrations.exports.pages.overview import overview as read

LATEST = 5


@company_page(Permission.SEE)
@require_safe
def overview(request: HttpRequest, company: Company) -> HttpResponse:
    """«Er alt overført?» in one sentence, what it stands on, and the latest settlements."""
    found = read(company, clock.now())
    page = {"found": found, "said": found.said, "settlements": latest(company, LATEST)}
    return render(request, "exports/overview.html", page)

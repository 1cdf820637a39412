"""The page of what must be done, and the way to the accounting system's own settings."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounting import clock
from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.pages.todo import todo
from integrations.exports.queries import connection_of


@company_page(Permission.SEE)
@require_safe
def status(request: HttpRequest, company: Company) -> HttpResponse:
    """What must be mended, grouped by whose turn it is; htmx gets what moves by itself, alone.

    `?sett=…` names the list as the reader sees it, so that the part can say that it is another now.
    """
    listed = todo(company, clock.now())
    alone = getattr(request, "htmx", False)
    seen = request.GET.get("sett", listed.seen)
    page = "exports/_moving.html" if alone else "exports/status.html"
    return render(request, page, {"todo": listed, "changed": seen != listed.seen})


@company_page(Permission.SEE)
@require_safe
def connection(request: HttpRequest, company: Company) -> HttpResponse:
    """Lead to the settings page of the company's accounting system, or of the first we know.

    The query goes along: it names what must be mended there.
    """
    connected = connection_of(company)
    provider = connected.provider if connected else next(iter(settings.ACCOUNTING_PROVIDERS))
    address = reverse(f"{provider}:settings", args=[company.org_no])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)

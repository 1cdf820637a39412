"""The pages of the front door itself: where to go, and in which language."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as choose_language

from accounting import clock
from accounting.company.access import company_page
from accounting.company.models import Company
from accounting.company.queries import companies_of, role_in
from accounting.company.roles import Permission
from backoffice.menu import menu_for
from backoffice.models import User
from backoffice.switching import MANY, named_like, same_page
from integrations.exports.pages.health import gravest_first, health_of

SHOWN = 20  # companies in the switcher; the rest are found by searching


@login_required
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The person's companies and how each stands; with exactly one, straight to it.

    SuperAdmin is led to System. `?alle=1` asks for the list all the same; `?q=` narrows it.
    """
    if "alle" not in request.GET and getattr(request.user, "is_superuser", False):
        return redirect("system:companies")
    companies = list(companies_of(request.user))
    if len(companies) == 1 and "alle" not in request.GET:
        return redirect("company", companies[0].org_no)
    wanted = request.GET.get("q", "").strip()
    rows = gravest_first(health_of(named_like(companies, wanted), clock.now()))
    shown = {"rows": rows, "number": len(companies), "q": wanted, "many": len(companies) > MANY}
    return render(request, "front.html", shown)


@login_required
@require_GET
def switcher(request: HttpRequest) -> HttpResponse:
    """The companies that the top bar's switcher leads to, each to the same page as now; `?q=` narrows."""
    companies = list(companies_of(request.user))
    wanted = request.GET.get("q", "").strip()
    found = named_like(companies, wanted)
    here = request.headers.get("HX-Current-URL", "")
    shown = {
        "links": [(company, same_page(here, company.org_no)) for company in found[:SHOWN]],
        "more": max(len(found) - SHOWN, 0),
        "q": wanted,
        "many": len(companies) > MANY,
    }
    page = "components/_switched.html" if "q" in request.GET else "components/_switcher.html"
    return render(request, page, shown)


@company_page(Permission.SEE)
@require_GET
def company_root(request: HttpRequest, company: Company) -> HttpResponse:
    """`/s/<org_no>/` leads to the first page of the company's menu; 404 while there is none."""
    role = role_in(company, request.user)
    sections = menu_for(company.org_no, role, here=request.path) if role else []
    if not sections:
        raise Http404
    return redirect(sections[0].links[0].url)


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Choose `language` (nb or en): remembered in a cookie, and on the person when logged in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return choose_language(request)


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django hands it over
    """Pages that are not ours (the admin site) are asked for this address by browsers."""
    return redirect(static("icon.svg"))

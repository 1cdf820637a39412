"""SuperAdmin's pages about the whole house: every company, the vendor's own people, operation."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounting import clock
from accounting.company import records
from accounting.company.access import form_on, person, system_page
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company, GrantRequest, Invitation
from accounting.company.queries import open_invitations
from accounting.company.records import Refused
from accounting.company.roles import Role
from backoffice.people import inviting
from backoffice.people.forms import InviteForm
from backoffice.people.views import taken_back
from backoffice.switching import MANY, named_like
from backoffice.system.forms import NewCompanyForm
from backoffice.system.operation import operation_now
from integrations.exports.pages.health import gravest_first, health_of

SUPPORT = (Role.SUPERADMIN,)


@system_page
@require_safe
def root(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django hands it over
    """`/system/` leads to the companies."""
    return redirect("system:companies")


@system_page
@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """Every company's health in one table, the gravest first; `?q=` narrows it."""
    every, wanted = list(Company.objects.order_by("name")), request.GET.get("q", "").strip()
    shown = {
        "rows": gravest_first(health_of(named_like(every, wanted), clock.now())),
        "number": len(every),
        "many": len(every) > MANY,
        "q": wanted,
        "asked": GrantRequest.objects.filter(answered_at=None).count(),
    }
    return render(request, "system/companies.html", shown)


@system_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_company(request: HttpRequest) -> HttpResponse:
    """Create a company; what is wrong with its number is said at the field."""
    form = NewCompanyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "system/new_company.html", {"form": form})
    said, actor = form.cleaned_data, person(request)
    try:
        company = records.create_company(said["org_no"], said["name"], actor=actor)
    except Refused as refused:  # somebody else has just made it
        form.add_error("org_no", str(refused))
        return render(request, "system/new_company.html", {"form": form})
    records.switch_accounting(company, on=said["enabled"], actor=actor)
    messages.success(
        request,
        _("%(name)s er opprettet. Nå kan du invitere daglig leder.") % {"name": company.name},
    )
    return redirect("system:company", company.org_no)


@system_page
@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """The vendor's own people, and who is invited to be one."""
    return _support(request, InviteForm(roles=SUPPORT))


def _support(request: HttpRequest, form: InviteForm) -> HttpResponse:
    people = get_user_model().objects.filter(is_superuser=True, is_active=True)
    shown = {
        "people": people.order_by("name", "email"),
        "invitations": open_invitations(None, clock.now()),
        "invite": form,
    }
    return render(request, "system/support.html", shown)


@system_page
@form_on("system:support")
@recently_confirmed
def invite_support(request: HttpRequest) -> HttpResponse:
    """Invite one more SuperAdmin."""
    form = InviteForm(request.POST, roles=SUPPORT)
    if not form.is_valid():
        return _support(request, form)
    try:
        inviting.invite(request, None, form.cleaned_data["email"], form.chosen())
    except Refused as refused:
        form.add_error("email", str(refused))
        return _support(request, form)
    return redirect("system:support")


@system_page
@require_POST
def take_back_support(request: HttpRequest, invitation: int) -> HttpResponse:
    """Withdraw an invitation to be SuperAdmin."""
    row = get_object_or_404(Invitation, pk=invitation, company=None)
    return taken_back(request, row, "system:support")


@system_page
@require_safe
def operation(request: HttpRequest) -> HttpResponse:
    """Whether the machinery runs: no key, no address, no setting is shown."""
    return render(request, "system/operation.html", {"now": operation_now(clock.now())})

"""SuperAdmin's page of one company: its health, its people, and the switch."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting import clock
from accounting.company import records
from accounting.company.access import form_on, person, system_page
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company, Invitation
from accounting.company.queries import members_of, open_invitations
from accounting.company.records import Refused
from backoffice.activity.queries import latest
from backoffice.people import inviting
from backoffice.people.forms import InviteForm
from backoffice.people.views import taken_back
from integrations.exports.pages.health import health_of

LATEST = 10


def the_company(org_no: str) -> Company:
    """Give the company, or 404."""
    return get_object_or_404(Company, org_no=org_no)


@system_page
@require_safe
def company(request: HttpRequest, org_no: str) -> HttpResponse:
    """One company as the vendor's support sees it; never a key."""
    return _page(request, the_company(org_no), InviteForm())


def _page(request: HttpRequest, about: Company, invite_form: forms.Form) -> HttpResponse:
    now = clock.now()
    (health,) = health_of([about], now)
    shown = {
        "about": about,
        "health": health,
        "members": members_of(about, now),
        "invitations": open_invitations(about, now),
        "asked": about.grant_requests.filter(answered_at=None).select_related("user"),
        "invite": invite_form,
        "lines": latest(about, LATEST),
    }
    return render(request, "system/company.html", shown)


@system_page
@require_POST
@recently_confirmed
def switch(request: HttpRequest, org_no: str) -> HttpResponse:
    """Switch accounting integration on (`on=1`) or off."""
    about, on = the_company(org_no), request.POST.get("on") == "1"
    records.switch_accounting(about, on=on, actor=person(request))
    said = (
        _("Regnskapsintegrasjonen er slått på for %(name)s.")
        if on
        else _("Regnskapsintegrasjonen er slått av for %(name)s. Ingenting blir sendt.")
    )
    messages.success(request, said % {"name": about.name})
    return redirect("system:company", org_no)


@system_page
@form_on("system:company", "org_no")
@recently_confirmed
def invite(request: HttpRequest, org_no: str) -> HttpResponse:
    """Invite a manager or an accountant."""
    about, form = the_company(org_no), InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, about, form)
    try:
        inviting.invite(request, about, form.cleaned_data["email"], form.chosen())
    except Refused as refused:
        form.add_error("email", str(refused))
        return _page(request, about, form)
    return redirect("system:company", org_no)


@system_page
@require_POST
def take_back(request: HttpRequest, org_no: str, invitation: int) -> HttpResponse:
    """Withdraw an invitation to this company."""
    row = get_object_or_404(Invitation, pk=invitation, company=the_company(org_no))
    return taken_back(request, row, "system:company")

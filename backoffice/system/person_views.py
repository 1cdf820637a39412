"""SuperAdmin's page of one person in one company: role, right, second factor, out."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounting import clock
from accounting.company import grants, records
from accounting.company.access import form_on, person, system_page
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company, Membership
from accounting.company.queries import valid_grants
from accounting.company.records import Refused
from accounting.company.roles import Right, Role
from backoffice import grant_mail, two_factor
from backoffice.people.forms import GrantForm, RoleForm
from backoffice.system.company_views import the_company


@system_page
@require_safe
def person_page(request: HttpRequest, org_no: str, user_id: int) -> HttpResponse:
    """What the person is and may do in this company."""
    return _page(request, _member(org_no, user_id))


def _member(org_no: str, user_id: int) -> Membership:
    rows = Membership.objects.select_related("user", "company")
    return get_object_or_404(rows, company=the_company(org_no), user=user_id)


def _page(request: HttpRequest, member: Membership, **bound: forms.Form) -> HttpResponse:
    now = clock.now()
    held = valid_grants(now).filter(company=member.company, user=member.user)
    shown = {
        "about": member.company,
        "member": member,
        "held": held.select_related("granted_by").first(),
        "asked": grants.waiting_request(member.company, member.user, Right.POWEROFFICE),
        "has_second_factor": two_factor.has_one(member.user),
        "role": RoleForm(initial={"role": member.role}),
        "grant": GrantForm(),
        **bound,
    }
    return render(request, "system/person.html", shown)


def _back(about: Company, user_id: int) -> HttpResponse:
    return redirect("system:person", about.org_no, user_id)


@system_page
@form_on("system:person", "org_no", "user_id")
@recently_confirmed
def role(request: HttpRequest, org_no: str, user_id: int) -> HttpResponse:
    """Give a member another role; they are logged out everywhere."""
    member, form = _member(org_no, user_id), RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, member, role=form)
    wanted = Role(form.cleaned_data["role"])
    records.give_role(member.company, member.user, wanted, actor=person(request))
    messages.success(request, _("Rollen er lagret."))
    return _back(member.company, user_id)


@system_page
@form_on("system:person", "org_no", "user_id")
@recently_confirmed
def grant(request: HttpRequest, org_no: str, user_id: int) -> HttpResponse:
    """Let a manager add and change PowerOffice Go."""
    member, form = _member(org_no, user_id), GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, member, grant=form)
    actor, until = person(request), form.end()
    try:
        given = grants.grant(
            member.company, member.user, Right.POWEROFFICE, actor=actor, until=until
        )
    except Refused as refused:
        form.add_error("until", str(refused))
        return _page(request, member, grant=form)
    said = _("%(name)s kan nå legge til og endre PowerOffice Go.")
    messages.success(request, said % {"name": member.user.get_short_name()})
    grant_mail.granted(request, member.user, given)
    return _back(member.company, user_id)


@system_page
@require_POST
@recently_confirmed
def withdraw(request: HttpRequest, org_no: str, user_id: int) -> HttpResponse:
    """Take the right back at once."""
    member = _member(org_no, user_id)
    if grants.withdraw(member.company, member.user, Right.POWEROFFICE, actor=person(request)):
        grant_mail.withdrawn(request, member.user, member.company)
    messages.success(request, _("Tillatelsen er trukket tilbake."))
    return _back(member.company, user_id)


@system_page
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def remove(request: HttpRequest, org_no: str, user_id: int) -> HttpResponse:
    """Ask, then take the person out of the company."""
    member = _member(org_no, user_id)
    if request.method != "POST":
        back = reverse("system:person", args=[org_no, user_id])
        shown = {"member": member, "about": member.company, "back": back}
        return render(request, "people/remove.html", shown)
    records.remove_member(member.company, member.user, actor=person(request))
    said = _("%(name)s er fjernet og logget ut overalt.")
    messages.success(request, said % {"name": member.user.get_short_name()})
    return redirect("system:company", org_no)


@system_page
@require_POST
@recently_confirmed
def second_factor(request: HttpRequest, org_no: str, user_id: int) -> HttpResponse:
    """Remove a second factor that the person has lost; they set up a new one."""
    member = _member(org_no, user_id)
    two_factor.take_away(member.user, actor=person(request))
    said = _("Totrinnskoden er fjernet. %(name)s setter opp en ny ved neste innlogging.")
    messages.success(request, said % {"name": member.user.get_short_name()})
    return _back(member.company, user_id)

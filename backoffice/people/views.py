"""Tilganger: who is in the company, what oneself may do, and who is invited."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounting import clock
from accounting.company import grants, invitations, records
from accounting.company.access import company_page, form_on, has, person
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company, Invitation, Membership
from accounting.company.queries import members_of, open_invitations
from accounting.company.records import Refused
from accounting.company.roles import Permission, Right, Role
from backoffice import grant_mail
from backoffice.people import inviting
from backoffice.people.forms import AskForm, InviteForm

ACCOUNTANTS = (Role.ACCOUNTANT,)


@company_page(Permission.SEE)
@require_safe
def members(request: HttpRequest, company: Company) -> HttpResponse:
    """Everybody in the company, the invitations, and one's own rights."""
    return _page(request, company)


def _page(request: HttpRequest, company: Company, **bound: forms.Form) -> HttpResponse:
    now, user = clock.now(), person(request)
    everybody = members_of(company, now)
    asked = company.grant_requests.filter(user=user.pk, right=Right.POWEROFFICE)
    shown = {
        "members": everybody,
        "own": next((member for member in everybody if member.membership.user_id == user.pk), None),
        "asked": asked.order_by("-asked_at", "-pk").first(),
        "may_ask": has(user, company, Permission.ASK_FOR_RIGHT),
        "may_invite": has(user, company, Permission.INVITE_ACCOUNTANTS),
        "invitations": open_invitations(company, now),
        "ask": AskForm(),
        "invite": InviteForm(roles=ACCOUNTANTS),
        **bound,
    }
    return render(request, "people/members.html", shown)


@company_page(Permission.ASK_FOR_RIGHT)
@form_on("people:members", "org_no")
def ask(request: HttpRequest, company: Company) -> HttpResponse:
    """Ask SuperAdmin for the right to change PowerOffice Go."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, company, ask=form)
    user, right = person(request), Right.POWEROFFICE
    again = grants.waiting_request(company, user, right) is not None
    asked = grants.request_grant(company, user, right, form.cleaned_data["reason"])
    messages.success(request, _("Du har bedt om tillatelse. Svaret kommer på e-post."))
    if not again:
        grant_mail.asked_for(request, asked)
    return redirect("people:members", company.org_no)


@company_page(Permission.INVITE_ACCOUNTANTS)
@form_on("people:members", "org_no")
@recently_confirmed
def invite(request: HttpRequest, company: Company) -> HttpResponse:
    """Invite an accountant; the letter goes at once."""
    form = InviteForm(request.POST, roles=ACCOUNTANTS)
    if not form.is_valid():
        return _page(request, company, invite=form)
    try:
        inviting.invite(request, company, form.cleaned_data["email"], form.chosen())
    except Refused as refused:
        form.add_error("email", str(refused))
        return _page(request, company, invite=form)
    return redirect("people:members", company.org_no)


@company_page(Permission.INVITE_ACCOUNTANTS)
@require_POST
def take_back(request: HttpRequest, company: Company, invitation: int) -> HttpResponse:
    """Withdraw an accountant's invitation: its link stops working."""
    rows = Invitation.objects.filter(company=company, role=Role.ACCOUNTANT)
    return taken_back(request, get_object_or_404(rows, pk=invitation), "people:members")


def taken_back(request: HttpRequest, invitation: Invitation, back_to: str) -> HttpResponse:
    """Withdraw, and say what came of it on the page named `back_to`."""
    try:
        invitations.take_back(invitation, actor=person(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Invitasjonen er trukket tilbake. Lenken virker ikke lenger."))
    return redirect(back_to, invitation.company.org_no) if invitation.company else redirect(back_to)


@company_page(Permission.INVITE_ACCOUNTANTS)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def remove(request: HttpRequest, company: Company, user_id: int) -> HttpResponse:
    """Ask, then take an accountant out of the company."""
    rows = Membership.objects.select_related("user")
    member = get_object_or_404(rows, company=company, user=user_id, role=Role.ACCOUNTANT)
    if request.method != "POST":
        back = reverse("people:members", args=[company.org_no])
        shown = {"member": member, "about": company, "back": back}
        return render(request, "people/remove.html", shown)
    records.remove_member(company, member.user, actor=person(request))
    said = _("%(name)s er fjernet og logget ut overalt.")
    messages.success(request, said % {"name": member.user.get_short_name()})
    return redirect("people:members", company.org_no)

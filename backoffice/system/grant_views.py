"""Tillatelser: who asks to change PowerOffice Go, and who may."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounting import clock
from accounting.company import grants
from accounting.company.access import form_on, person, system_page
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Grant, GrantRequest
from accounting.company.records import Refused
from accounting.company.roles import Right
from backoffice import grant_mail
from backoffice.people.forms import DeclineForm, GrantForm

LATEST = 20


@system_page
@require_safe
def grants_page(request: HttpRequest) -> HttpResponse:
    """The requests that wait, every grant, and the latest answers."""
    return _page(request)


def _page(
    request: HttpRequest,
    answered: GrantRequest | None = None,
    form: GrantForm | DeclineForm | None = None,
) -> HttpResponse:
    """`form` is the answer to `answered` that could not be taken as it was."""
    rows = GrantRequest.objects.select_related("company", "user", "answered_by")
    asked = [
        (row, *_forms(row, form if answered and row.pk == answered.pk else None))
        for row in rows.filter(answered_at=None).order_by("asked_at", "pk")
    ]
    given = Grant.objects.select_related("company", "user", "granted_by")
    shown = {
        "asked": asked,
        "grants": given.order_by("company__name", "user__email"),
        "answers": rows.exclude(answered_at=None).order_by("-answered_at", "-pk")[:LATEST],
        "now": clock.now(),
    }
    return render(request, "system/grants.html", shown)


def _forms(
    row: GrantRequest, bound: GrantForm | DeclineForm | None
) -> tuple[GrantForm, DeclineForm]:
    approve = bound if isinstance(bound, GrantForm) else GrantForm(prefix=_prefix("ja", row))
    decline = bound if isinstance(bound, DeclineForm) else DeclineForm(prefix=_prefix("nei", row))
    return approve, decline


def _prefix(answer: str, row: GrantRequest) -> str:
    return f"{answer}-{row.pk}"  # several rows' fields stand on one page


def _request(asked: int) -> GrantRequest:
    return get_object_or_404(GrantRequest.objects.select_related("company", "user"), pk=asked)


def _answered_before(request: HttpRequest) -> HttpResponse:
    """Say so to a second click, or to the slower of two SuperAdmins; the page shows the answer."""
    messages.info(request, _("Forespørselen er besvart fra før."))
    return redirect("system:grants")


@system_page
@form_on("system:grants")
@recently_confirmed
def approve(request: HttpRequest, asked: int) -> HttpResponse:
    """Say yes, until a day or without end."""
    row = _request(asked)
    if row.answered_at:
        return _answered_before(request)
    form = GrantForm(request.POST, prefix=_prefix("ja", row))
    if not form.is_valid():
        return _page(request, row, form)
    right, actor, until = Right(row.right), person(request), form.end()
    try:
        given = grants.grant(row.company, row.user, right, actor=actor, until=until)
    except Refused as refused:
        form.add_error("until", str(refused))
        return _page(request, row, form)
    said = _("%(name)s kan nå legge til og endre PowerOffice Go.")
    messages.success(request, said % {"name": row.user.get_short_name()})
    grant_mail.granted(request, row.user, given)
    return redirect("system:grants")


@system_page
@form_on("system:grants")
@recently_confirmed
def decline(request: HttpRequest, asked: int) -> HttpResponse:
    """Say no, and why."""
    row = _request(asked)
    if row.answered_at:
        return _answered_before(request)
    form = DeclineForm(request.POST, prefix=_prefix("nei", row))
    if not form.is_valid():
        return _page(request, row, form)
    try:
        grants.decline(row, form.cleaned_data["answer"], actor=person(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Svaret er gitt."))
        row.refresh_from_db()
        grant_mail.declined(request, row.user, row)
    return redirect("system:grants")

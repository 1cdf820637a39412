"""Where an invitation's link leads: a new person chooses a password, a known one takes the role."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.ratelimit import consume_or_429
from django import forms
from django.contrib import messages
from django.contrib.auth import logout, password_validation, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounting.company import invitations
from accounting.company.models import Invitation
from accounting.company.records import Refused
from backoffice.models import User

TOKEN = "invitation"  # noqa: S105 (where in the session it lies)


class NewPersonForm(forms.Form):
    """A name and a password; the address is the invitation's."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Passord"),
        help_text=gettext_lazy("Minst ti tegn, og ikke et vanlig ord."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        """`email` is not to be a part of the password."""
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any] | None:
        """Hold the password against the rules, said at its field."""
        given = super().clean() or {}
        person = User(email=self._email, name=given.get("name", ""))
        try:
            password_validation.validate_password(given.get("password", ""), person)
        except forms.ValidationError as problem:
            if "password" in given:
                self.add_error("password", problem)
        return given


@require_GET
@never_cache
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: takes its token out of the address bar, and changes nothing else."""
    request.session[TOKEN] = token
    return redirect("invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    """What the invitation gives, and the one thing to do: choose a password, log in, or accept."""
    too_often: HttpResponse | None = consume_or_429(request, action="invitation")
    if too_often:
        return too_often
    try:
        found = invitations.open_invitation(request.session.get(TOKEN, ""))
        return _answer(request, found)
    except Refused as refused:
        return render(request, "account/invitation_closed.html", {"reason": str(refused)})


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    said: dict[str, Any] = {"invitation": found}
    if isinstance(request.user, User):
        mine = request.user.email == found.email
        if request.method == "POST":
            return _take(request, request.user) if mine else _leave(request)
        return render(request, "account/invitation_accept.html", {**said, "mine": mine})
    known = User.objects.filter(email=found.email).first()
    if known and known.has_usable_password():
        return render(request, "account/invitation_known.html", said)
    form = NewPersonForm(found.email, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _make(request, found, form.cleaned_data)
    return render(request, "account/invitation_new.html", {**said, "form": form})


def _take(request: HttpRequest, user: User) -> HttpResponse:
    """Give a known person the role. Their other sessions end, this one goes on."""
    accepted = invitations.accept(request.session.pop(TOKEN), user)
    request.user = User.objects.get(pk=user.pk)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Invitasjonen er tatt imot."))
    return redirect(_onwards(accepted))


def _leave(request: HttpRequest) -> HttpResponse:
    """Log out whom the invitation is not to, and keep it for whom it is to."""
    token = request.session[TOKEN]
    logout(request)
    request.session[TOKEN] = token
    return redirect("invitation")


def _make(request: HttpRequest, found: Invitation, given: dict[str, str]) -> HttpResponse:
    """Make the person, give the role, and log in."""
    with transaction.atomic():
        user, _made = User.objects.get_or_create(email=found.email)
        user.name, user.language = given["name"], get_language() or "nb"
        user.set_password(given["password"])
        user.save()
        accepted = invitations.accept(request.session.pop(TOKEN), user)
    login = Login(user=User.objects.get(pk=user.pk), redirect_url=_onwards(accepted))
    response: HttpResponse = perform_password_login(request, {"email": user.email}, login)
    return response


def _onwards(accepted: Invitation) -> str:
    company = accepted.company
    return reverse("company", kwargs={"org_no": company.org_no}) if company else reverse("front")

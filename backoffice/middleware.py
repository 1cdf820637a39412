"""Fixed habits of every answer: its policy, its language, who is let in and for how long."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from accounting import clock
from backoffice.models import User
from backoffice.two_factor import must_set_up

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SEEN_EVERY_S = 60
RIGHTS = "rights_version"  # where in the session it lies, as it was when last seen to hold
# What needs no second factor: setting it up, logging out, the language, and is the house alive.
OPEN_WITHOUT = ("/konto/", "/sprak/", "/helse", "/metrics", "/favicon.ico", settings.STATIC_URL)


class ContentSecurityPolicy:
    """One header, the same for every page: nothing inline and nothing from elsewhere.

    The setting has the shape of Django 6's SECURE_CSP, so that this class can go then.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = "; ".join(
            " ".join([name, *sources]) for name, sources in settings.CONTENT_SECURITY_POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class RightsEnd:
    """Finds out whether a session has just ended because the person's rights changed.

    Stands before whatever asks who it is: to ask empties a session that no longer holds. What it found
    is `request.rights_ended`, which IdleEnd says at log-in, once there are messages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun_with, whose = request.session.get(RIGHTS), request.session.get(SESSION_KEY)
        ended = False
        if isinstance(request.user, User):
            if begun_with != request.user.rights_version:
                request.session[RIGHTS] = request.user.rights_version
        elif begun_with is not None and whose:
            theirs = User.objects.filter(pk=whose, is_active=True)
            ended = theirs.exclude(rights_version=begun_with).exists()
        request.rights_ended = ended  # type: ignore[attr-defined]
        return self.get_response(request)


class Language:
    """The language a person chose; before any choice the cookie's; else bokmål.

    Accept-Language is not read: the house speaks bokmål until somebody says otherwise.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(_language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response


def _language(request: HttpRequest) -> str:
    chosen = (
        request.user.language
        if request.user.is_authenticated
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    )
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class IdleEnd:
    """A session ends SESSION_IDLE_S after the last thing a person did, and after SESSION_WHOLE_S.

    Pages that renew themselves do not count as a person. Written at most once a minute.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and self._over(request):
            logout(request)
            messages.warning(request, _("Du er logget ut, siden det er en stund siden sist."))
        elif request.rights_ended:  # type: ignore[attr-defined]
            messages.warning(request, _why_rights_ended(request))
        return _whole_page(request, self.get_response(request))

    @staticmethod
    def _over(request: HttpRequest) -> bool:
        now = int(clock.now().timestamp())
        began = request.session.setdefault("began", now)
        seen = request.session.setdefault("seen", now)
        if now - seen >= settings.SESSION_IDLE_S or now - began >= settings.SESSION_WHOLE_S:
            return True
        by_itself = request.method == "GET" and "HX-Request" in request.headers
        if now - seen >= SEEN_EVERY_S and not by_itself:
            request.session["seen"] = now
        return False


def _why_rights_ended(request: HttpRequest) -> str:
    said = _("Du er logget ut fordi tilgangen din ble endret. Logg inn igjen.")
    lost = _("Det du hadde skrevet, er ikke lagret.")
    return f"{said} {lost}" if request.method == "POST" else said


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Where a part of a page is led to log-in, the whole page goes there, and comes back to itself."""
    where, login = response.headers.get("Location", ""), reverse("account_login")
    if "HX-Request" not in request.headers or not where.startswith("/konto/"):
        return response
    if where.startswith(login):
        here = request.htmx.current_url_abs_path or reverse("front")  # type: ignore[attr-defined]
        where = f"{login}?{urlencode({'next': here})}"
    return HttpResponseClientRedirect(where)


class SecondFactorFirst:
    """Whoever must have a second factor sets it up before any other page opens.

    `request.second_factor_first` says so to the page, which then shows no menu.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        first = isinstance(request.user, User) and must_set_up(request.user)
        request.second_factor_first = first  # type: ignore[attr-defined]
        if first and not request.path.startswith(OPEN_WITHOUT):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class NotAllowedInWords:
    """An address that only takes what a form sends answers a person with a page, never with nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render(request, "405.html").content
        return response

"""Before keys, the export-from date and rights a person confirms once more who they are.

A log-in counts as a confirmation for ten minutes. What was typed meanwhile is not kept anywhere: it
may be a key.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

P = ParamSpec("P")
_View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether the person logged in, or confirmed, within ACCOUNT_REAUTHENTICATION_TIMEOUT s."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    last = max((record["at"] for record in records), default=0.0)
    return time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def recently_confirmed(view: _View[P]) -> Callable[..., HttpResponse]:
    """Ask who it is before this page, unless it was asked lately; the way leads back here.

    Stands under the decorator that checks permission. After a POST it leads back to the page that the
    form stood on, which the person then fills in again.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.warning(request, _("Ingenting er lagret ennå. Bekreft, og gjør det igjen."))
        way_back = urlencode({"next": _way_back(request)})
        return redirect(f"{reverse('account_reauthenticate')}?{way_back}")

    return page


def _way_back(request: HttpRequest) -> str:
    """Where to stand afterwards: this page, or for a POST the page whose form was sent."""
    if request.method != "POST":
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    own = {request.get_host()}
    if came_from and url_has_allowed_host_and_scheme(came_from, own, request.is_secure()):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return reverse("front")

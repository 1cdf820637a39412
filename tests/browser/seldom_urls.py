"""The house's addresses, and four that show what is seldom seen: errors, and the mail of development.

An error page is drawn by Django's own view for it, as when it happens.
"""

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.views.csrf import csrf_failure
from django.views.defaults import server_error

from backoffice import mailbox
from backoffice.urls import urlpatterns as ours


def _broken(request: HttpRequest) -> HttpResponse:
    return server_error(request)


def _too_old(request: HttpRequest) -> HttpResponse:
    return csrf_failure(request)


def _too_many(request: HttpRequest) -> HttpResponse:
    return respond_429(request)


def _letters(request: HttpRequest) -> HttpResponse:
    with override_settings(DEBUG=True):
        return mailbox.letters(request)


urlpatterns = [
    path("vist/500/", _broken),
    path("vist/403/", _too_old),
    path("vist/429/", _too_many),
    path("utvikling/epost/", _letters, name="mailbox"),
    *ours,
]

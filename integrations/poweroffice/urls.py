"""Addresses of the room's pages."""

from django.urls import path

from integrations.poweroffice import day_views, key_views, views

app_name = "poweroffice"
_HERE = "oppsett/integrasjoner/poweroffice/"

urlpatterns = [
    path(_HERE, views.settings, name="settings"),
    path(f"{_HERE}nokler/", key_views.keys, name="keys"),
    path(f"{_HERE}nokler/bekreft/", key_views.whose, name="whose"),
    path(f"{_HERE}test/", views.test, name="test"),
    path(f"{_HERE}kontoplan/", views.chart, name="chart"),
    path(f"{_HERE}frekvens/", views.frequency, name="frequency"),
    path(f"{_HERE}pause/", views.pause, name="pause"),
    path(f"{_HERE}fortsett/", views.resume, name="resume"),
    path(f"{_HERE}varsling/", views.recipients, name="recipients"),
    path(f"{_HERE}startdato/", day_views.first_day, name="first_day"),
]

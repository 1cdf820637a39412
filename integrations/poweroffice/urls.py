"""Addresses of the room's pages."""

from django.urls import path

from integrations.poweroffice import views

app_name = "poweroffice"
_HERE = "oppsett/integrasjoner/poweroffice/"

urlpatterns = [
    path(_HERE, views.settings, name="settings"),
    path(f"{_HERE}nokler/", views.keys, name="keys"),
    path(f"{_HERE}kontoplan/", views.chart, name="chart"),
    path(f"{_HERE}frekvens/", views.frequency, name="frequency"),
    path(f"{_HERE}startdato/", views.first_day, name="first_day"),
]

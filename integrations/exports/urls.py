"""Addresses of the room's pages."""

from django.urls import path

from integrations.exports import views

app_name = "exports"

urlpatterns = [
    path("oversikt/", views.overview, name="overview"),
    path("oppgjor/", views.settlements, name="settlements"),
    path("oppgjor/<int:settlement>/", views.settlement, name="settlement"),
    path("oppgjor/<int:settlement>/send/", views.send_again, name="send_again"),
    path("oppgjor/<int:settlement>/kontroller/", views.look_again, name="look_again"),
    path("oppgjor/<int:settlement>/utelat/", views.leave_out, name="leave_out"),
    path("overforing/status/", views.status, name="status"),
    path("oppsett/integrasjoner/", views.connection, name="connection"),
]

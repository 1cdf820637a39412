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
    path("oppgjor/<int:settlement>/godkjenn/", views.acknowledge, name="acknowledge"),
    path("oppgjor/<int:settlement>/kontanter/", views.count_cash, name="count_cash"),
    path(
        "oppgjor/<int:settlement>/kvittering/<path:nr>/velg/",
        views.choose_receipt,
        name="choose_receipt",
    ),
    path("oppgjor/<int:settlement>/kvittering/<path:nr>/", views.receipt, name="receipt"),
    path("overforing/status/", views.status, name="status"),
    path("oppsett/integrasjoner/", views.connection, name="connection"),
]

"""Addresses of the room's pages."""

from django.urls import path

from integrations.exports.views import overview, settlement, settlements, status

app_name = "exports"

urlpatterns = [
    path("oversikt/", overview.overview, name="overview"),
    path("oppgjor/", settlements.settlements, name="settlements"),
    path("oppgjor/<int:settlement>/", settlement.settlement, name="settlement"),
    path("oppgjor/<int:settlement>/send/", settlement.send_again, name="send_again"),
    path("oppgjor/<int:settlement>/kontroller/", settlement.look_again, name="look_again"),
    path("oppgjor/<int:settlement>/utelat/", settlement.leave_out, name="leave_out"),
    path("oppgjor/<int:settlement>/godkjenn/", settlement.acknowledge, name="acknowledge"),
    path("oppgjor/<int:settlement>/kontanter/", settlement.count_cash, name="count_cash"),
    path(
        "oppgjor/<int:settlement>/kvittering/<path:nr>/velg/",
        settlement.choose_receipt,
        name="choose_receipt",
    ),
    path("oppgjor/<int:settlement>/kvittering/<path:nr>/", settlement.receipt, name="receipt"),
    path("overforing/status/", status.status, name="status"),
    path("oppsett/integrasjoner/", status.connection, name="connection"),
]

"""Addresses of the room's pages."""

from django.urls import path

from integrations.exports.views import (
    bulk,
    calendar,
    changing,
    export,
    history,
    line,
    overview,
    run_now,
    runs,
    settlement,
    settlements,
    status,
    z_report,
)

app_name = "exports"

urlpatterns = [
    path("oversikt/", overview.overview, name="overview"),
    path("oppgjor/", settlements.settlements, name="settlements"),
    path("oppgjor/kalender/", calendar.calendar, name="calendar"),
    path("oppgjor/kalender/steng/", calendar.close_day, name="close_day"),
    path("oppgjor/kalender/apne/", calendar.open_day, name="open_day"),
    path("oppgjor/<int:settlement>/", settlement.settlement, name="settlement"),
    path("oppgjor/<int:settlement>/linje/<int:number>/", line.line, name="line"),
    path("oppgjor/<int:settlement>/z-rapport.pdf", z_report.download, name="z_report"),
    path(
        "oppgjor/<int:settlement>/z-rapport/legg-ved/",
        z_report.attach_again,
        name="attach_again",
    ),
    path("oppgjor/<int:settlement>/send/", settlement.send_again, name="send_again"),
    path("oppgjor/<int:settlement>/kontroller/", settlement.look_again, name="look_again"),
    path("oppgjor/<int:settlement>/finnes/", changing.is_there, name="is_there"),
    path("oppgjor/<int:settlement>/trekk-tilbake/", changing.withdraw, name="withdraw"),
    path("oppgjor/<int:settlement>/bygg/", changing.build_anew, name="build_anew"),
    path("oppgjor/<int:settlement>/korriger/", changing.correct, name="correct"),
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
    path("overforing/status/flere/", bulk.bulk, name="bulk"),
    path("overforing/kjor/", run_now.run_now, name="run_now"),
    path("overforing/kjoringer/", runs.runs, name="runs"),
    path("overforing/kjoringer/<int:run>/", runs.run, name="run"),
    path("overforing/historikk/", history.history, name="history"),
    path("overforing/historikk/summer/", history.history_sums, name="history_sums"),
    path("overforing/historikk.xlsx", history.download, {"kind": "xlsx"}, name="history_xlsx"),
    path("overforing/historikk.csv", history.download, {"kind": "csv"}, name="history_csv"),
    path("overforing/historikk.pdf", history.download, {"kind": "pdf"}, name="history_pdf"),
    path("overforing/<int:export>/", export.export, name="export"),
    path("oppsett/integrasjoner/", status.connection, name="connection"),
]

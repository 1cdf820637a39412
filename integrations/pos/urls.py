"""Addresses of the room's pages."""

from django.urls import path

from integrations.pos import token_views, views

app_name = "pos"

urlpatterns = [
    path("oppgjor/import/", views.upload, name="upload"),
    path("oppgjor/import/<int:file_id>/", views.file, name="file"),
    path("oppsett/integrasjoner/kasser/levering/", token_views.tokens, name="tokens"),
    path("oppsett/integrasjoner/kasser/levering/ny/", token_views.make, name="make_token"),
    path(
        "oppsett/integrasjoner/kasser/levering/<int:token_id>/trekk-tilbake/",
        token_views.withdraw,
        name="withdraw_token",
    ),
]

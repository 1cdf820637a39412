"""Addresses of the room's pages."""

from django.urls import path

from integrations.pos import views

app_name = "pos"

urlpatterns = [
    path("oppgjor/import/", views.upload, name="upload"),
    path("oppgjor/import/<int:file_id>/", views.file, name="file"),
]

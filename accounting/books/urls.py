"""Addresses of the room's pages."""

from django.urls import path

from accounting.books import views

app_name = "books"

urlpatterns = [
    path("oppsett/generelt/kontooppsett/", views.account_setup, name="account_setup"),
    path("oppsett/generelt/kontooppsett/kontroll/", views.row_check, name="row_check"),
    path("oppsett/generelt/kontooppsett/linje/", views.setup_row, name="setup_row"),
]

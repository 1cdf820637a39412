"""Addresses of the room's pages."""

from django.urls import path

from accounting.company import views

app_name = "company"

urlpatterns = [
    path("oppsett/generelt/avdelinger/", views.departments, name="departments"),
    path("oppsett/generelt/avdelinger/ny/", views.add_department, name="add_department"),
    path("oppsett/integrasjoner/kasser/", views.tills, name="tills"),
]

"""Addresses of the room's pages."""

from django.urls import path

from accounting.company import places

app_name = "company"

urlpatterns = [
    path("oppsett/generelt/selskap/", places.about, name="company"),
    path("oppsett/generelt/avdelinger/", places.departments, name="departments"),
    path("oppsett/generelt/avdelinger/ny/", places.add_department, name="add_department"),
    path("oppsett/generelt/avdelinger/ingen/", places.no_departments, name="no_departments"),
    path("oppsett/generelt/avdelinger/<int:department>/", places.department, name="department"),
    path(
        "oppsett/generelt/avdelinger/<int:department>/arkiver/",
        places.archive_department,
        name="archive_department",
    ),
    path(
        "oppsett/generelt/avdelinger/<int:department>/ta-i-bruk/",
        places.restore_department,
        name="restore_department",
    ),
    path("oppsett/integrasjoner/kasser/", places.tills, name="tills"),
]

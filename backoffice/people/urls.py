"""Addresses of the room's pages, under `/s/<org_no>/`."""

from django.urls import path

from backoffice.people import views

app_name = "people"
_HERE = "oppsett/tilganger/"

urlpatterns = [
    path(_HERE, views.members, name="members"),
    path(f"{_HERE}be-om/", views.ask, name="ask"),
    path(f"{_HERE}inviter/", views.invite, name="invite"),
    path(f"{_HERE}invitasjoner/<int:invitation>/trekk-tilbake/", views.take_back, name="take_back"),
    path(f"{_HERE}<int:user_id>/fjern/", views.remove, name="remove"),
]

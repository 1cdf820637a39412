"""Address of the room's page, under `/s/<org_no>/`."""

from django.urls import path

from backoffice.activity import views

app_name = "activity"

urlpatterns = [path("logg/", views.log, name="log")]

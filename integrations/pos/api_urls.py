"""Addresses that machines call, under /api/v1/."""

from django.urls import path

from integrations.pos import api

urlpatterns = [path("saft", api.saft, name="api_saft")]

"""Addresses of the room's pages."""

from django.urls import URLPattern

app_name = "books"

urlpatterns: list[URLPattern] = []

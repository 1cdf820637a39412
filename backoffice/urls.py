"""The address tree, as the menu reads. Each room keeps its own addresses."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from backoffice import views

konto: list[URLPattern | URLResolver] = [
    path("logg-inn/", account.login, name="account_login"),
    path("logg-ut/", account.logout, name="account_logout"),
    path("stengt/", account.account_inactive, name="account_inactive"),
    path("ny/", account.signup, name="account_signup"),
    path("bekreft/", account.reauthenticate, name="account_reauthenticate"),
    path("passord/", account.password_change, name="account_change_password"),
    path("passord/sett/", account.password_set, name="account_set_password"),
    path("passord/glemt/", account.password_reset, name="account_reset_password"),
    path("passord/glemt/sendt/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passord/nytt/ferdig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

selskap: list[URLPattern | URLResolver] = [
    path("", views.company_root, name="company"),
    path("", include("accounting.company.urls")),
    path("", include("accounting.books.urls")),
    path("", include("integrations.pos.urls")),
    path("", include("integrations.exports.urls")),
    path("", include("integrations.poweroffice.urls")),
]

urlpatterns = [
    path("", views.front, name="front"),
    path("konto/", include(konto)),
    path("sprak/", views.set_language, name="set_language"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("helse", views.health, name="health"),
    path("admin/", admin.site.urls),
    path("s/<str:org_no>/", include(selskap)),
]

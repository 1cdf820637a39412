"""The address tree, as the menu reads. Each room keeps its own addresses."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from backoffice import getting_started, invitation_page, machine_views, mailbox, views

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
    path("invitasjon/<str:token>/", invitation_page.opened, name="open_invitation"),
    path("invitasjon/", invitation_page.invitation, name="invitation"),
    path("totrinn/", second_factor.index, name="mfa_index"),
    path("totrinn/kode/", second_factor.authenticate, name="mfa_authenticate"),
    path("totrinn/bekreft/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("totrinn/app/", app.activate_totp, name="mfa_activate_totp"),
    path("totrinn/app/fjern/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("totrinn/reserve/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("totrinn/reserve/nye/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

selskap: list[URLPattern | URLResolver] = [
    path("", views.company_root, name="company"),
    path("kom-i-gang/proveoppgjor/", getting_started.preview, name="preview"),
    path("", include("accounting.company.urls")),
    path("", include("accounting.books.urls")),
    path("", include("integrations.pos.urls")),
    path("", include("integrations.exports.urls")),
    path("", include("integrations.poweroffice.urls")),
    path("", include("backoffice.people.urls")),
    path("", include("backoffice.activity.urls")),
]

urlpatterns = [
    path("", views.front, name="front"),
    path("konto/", include(konto)),
    path("sprak/", views.set_language, name="set_language"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("helse", machine_views.health, name="health"),
    path("helse/klar", machine_views.ready, name="ready"),
    path("metrics", machine_views.metrics, name="metrics"),
    path("utvikling/epost/", mailbox.letters, name="mailbox"),
    path("admin/login/", secure_admin_login(admin.site.login)),  # the one door, not Django's own
    path("admin/", admin.site.urls),
    path("bytt/", views.switcher, name="switcher"),
    path("system/", include("backoffice.system.urls")),
    path("api/v1/", include("integrations.pos.api_urls")),
    path("s/<str:org_no>/", include(selskap)),
]

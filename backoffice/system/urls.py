"""Addresses of SuperAdmin's pages, under `/system/`."""

from django.urls import path

from backoffice.system import company_views, grant_views, person_views, views

app_name = "system"
_COMPANY = "selskaper/<str:org_no>/"
_PERSON = f"{_COMPANY}personer/<int:user_id>/"

urlpatterns = [
    path("", views.root, name="root"),
    path("selskaper/", views.companies, name="companies"),
    path("selskaper/nytt/", views.new_company, name="new_company"),
    path("drift/", views.operation, name="operation"),
    path("support/", views.support, name="support"),
    path("support/inviter/", views.invite_support, name="invite_support"),
    path(
        "support/invitasjoner/<int:invitation>/trekk-tilbake/",
        views.take_back_support,
        name="take_back_support",
    ),
    path(_COMPANY, company_views.company, name="company"),
    path(f"{_COMPANY}regnskapsintegrasjon/", company_views.switch, name="switch"),
    path(f"{_COMPANY}inviter/", company_views.invite, name="invite"),
    path(
        f"{_COMPANY}invitasjoner/<int:invitation>/trekk-tilbake/",
        company_views.take_back,
        name="take_back",
    ),
    path(_PERSON, person_views.person_page, name="person"),
    path(f"{_PERSON}rolle/", person_views.role, name="role"),
    path(f"{_PERSON}tillatelse/", person_views.grant, name="grant"),
    path(f"{_PERSON}tillatelse/trekk-tilbake/", person_views.withdraw, name="withdraw"),
    path(f"{_PERSON}fjern/", person_views.remove, name="remove"),
    path(f"{_PERSON}totrinn/", person_views.second_factor, name="second_factor"),
    path("tillatelser/", grant_views.grants_page, name="grants"),
    path("tillatelser/<int:asked>/godkjenn/", grant_views.approve, name="approve"),
    path("tillatelser/<int:asked>/avslaa/", grant_views.decline, name="decline"),
]

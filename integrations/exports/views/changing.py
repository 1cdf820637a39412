"""What a person may have done with a settlement's draft: asked back, built anew, corrected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports import answering, build, correcting, withdrawing
from integrations.exports.parts import parts_of
from integrations.exports.states import State
from integrations.exports.views.settlement import decided, speaking_export


@company_page(Permission.SEND)
@require_POST
def withdraw(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """«Trekk tilbake utkastet»: the newest draft of the day is deleted over there, and built anew."""
    row = get_object_or_404(company.settlements, pk=settlement)
    drafts = [part for part in parts_of(row) if part.state == State.SENT]
    moved = bool(drafts) and withdrawing.ask(drafts[-1], person(request))
    done = _("Utkastet trekkes tilbake om et øyeblikk.")
    return decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@require_POST
def build_anew(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """«Bygg på nytt», and «Angre» where it was left out: with today's setup, as a new revision."""
    export = speaking_export(company, settlement)
    moved = build.build_anew(export, person(request))
    done = _("Bilaget er bygd på nytt med dagens kontooppsett.")
    return decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@require_POST
def correct(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Approve a correction and have it sent: exactly the one that was shown."""
    export = speaking_export(company, settlement)
    moved = correcting.approve(export, request.POST.get("key", ""), person(request))
    done = _("Korrigeringen er godkjent og sendes om et øyeblikk.")
    return decided(request, company, settlement, done if moved else "")


@company_page(Permission.SEND)
@require_POST
def is_there(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """«Finnes»: look at once, and take the draft that is found for ours."""
    state = answering.it_is_there(speaking_export(company, settlement), person(request))
    done = _("Utkastet er funnet i PowerOffice Go. Oppgjøret er overført.")
    missed = _("Vi fant ikke utkastet. Har noen ført bilaget selv, utelat oppgjøret.")
    refused = missed if state == State.HELD else ""
    return decided(request, company, settlement, done if state == State.SENT else "", refused)

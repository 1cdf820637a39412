"""«Kjør nå»: what is closed by now goes with the next tick, on the same path as at 05:00."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting import clock
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.records import Refused
from accounting.company.roles import Permission
from integrations.exports import slots
from integrations.exports.queries import connection_of


@company_page(Permission.SEND)
@require_POST
def run_now(request: HttpRequest, company: Company) -> HttpResponse:
    """Ask for a run, and lead to the list where it shows; asked twice it is the same run."""
    connection = connection_of(company)
    if connection is None:
        messages.error(request, _("PowerOffice Go er ikke koblet til. Ingenting er sendt."))
        return redirect("exports:connection", company.org_no)
    try:
        run = slots.ask(connection, clock.now(), actor=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("exports:connection", company.org_no)
    messages.success(request, _("Overføringen starter innen ett minutt."))
    return redirect("exports:run", company.org_no, run.pk)

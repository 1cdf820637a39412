"""The document of one settlement, for people; and once more for a voucher that lacks it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounting import clock
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports import attaching
from integrations.exports.pages import z_report
from integrations.exports.pages.shown import export_of


@company_page(Permission.SEE)
@require_safe
def download(_request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Give the Z report of one settlement as PDF, as of now and in the reader's language."""
    rows = company.settlements.select_related("company", "register__department")
    row = get_object_or_404(rows, pk=settlement)
    found = z_report.for_reader(row, export_of(row), clock.now())
    name = content_disposition_header(True, z_report.file_name(row))  # noqa: FBT003  # Django's own
    return HttpResponse(found, z_report.MIME, headers={"Content-Disposition": str(name)})


@company_page(Permission.SEND)
@require_POST
def attach_again(request: HttpRequest, company: Company, settlement: int) -> HttpResponse:
    """Have the next tick put the document on the draft, after it was given up."""
    row = get_object_or_404(company.settlements.select_related("company"), pk=settlement)
    if attaching.again(row, person(request)):
        messages.success(request, _("Z-rapporten legges ved om et øyeblikk."))
    else:
        messages.warning(request, _("Ingenting ble gjort: oppgjøret har endret seg imens."))
    return redirect("exports:settlement", company.org_no, settlement)

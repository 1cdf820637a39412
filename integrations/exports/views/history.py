"""The history: the accountant's page, its sums, and the same as files."""

from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounting import clock
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.history_form import HistoryForm, periods
from integrations.exports.pages.past import exports_sought, past, sums
from integrations.exports.pages.past_files import MOST, PastFile

IN_MEMORY = 1_000_000  # bytes; what is longer goes to disk
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@company_page(Permission.SEE)
@require_safe
def history(request: HttpRequest, company: Company) -> HttpResponse:
    """Every export that the query asks for, newest first, with the sums of page and filter."""
    form = HistoryForm(company, request.GET, clock.today())
    before, after = request.GET.get("for", ""), request.GET.get("etter", "")
    sought = form.sought()
    found = past(company, sought, before=before, after=after)
    listed = {
        "form": form,
        "found": found,
        "sought": sought,
        "most_on_paper": MOST["pdf"],
        "periods": periods(clock.today()),
        "any": bool(found.rows) or company.exports.exists(),
    }
    return render(request, "exports/history.html", listed)


@company_page(Permission.SEE)
@require_safe
def history_sums(request: HttpRequest, company: Company) -> HttpResponse:
    """The sums of everything the filter asks for, however much: the page itself does not wait for it."""
    form = HistoryForm(company, request.GET, clock.today())
    added = sums(exports_sought(company, form.sought()))
    if getattr(request, "htmx", False):
        return render(request, "exports/_past_sums.html", {"sums": added})
    return render(request, "exports/history_sums.html", {"sums": added, "said": form.said()})


@company_page(Permission.SEE)
@require_safe
def download(request: HttpRequest, company: Company, kind: str) -> HttpResponseBase:
    """Give what the filter asks for as xlsx, csv or pdf; a filter that is wrong is shown where it is."""
    form = HistoryForm(company, request.GET, clock.today())
    sought = form.sought()
    back = f"{reverse('exports:history', args=[company.org_no])}?{request.GET.urlencode()}"
    if form.errors:
        return redirect(back)
    made = PastFile(company, sought, form.said(), f"{person(request)}", clock.now())
    if made.too_many(kind):
        messages.warning(request, _too_many(kind))
        return redirect(back)
    return _answer(made, kind)


def _answer(made: PastFile, kind: str) -> HttpResponseBase:
    disposition = content_disposition_header(True, made.name(kind))  # noqa: FBT003  # Django's own
    headers = {"Content-Disposition": str(disposition)}
    if kind == "csv":
        return StreamingHttpResponse(made.lines(), "text/csv; charset=utf-8", headers=headers)
    if kind == "pdf":
        return HttpResponse(made.paper(), "application/pdf", headers=headers)
    kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the answer closes it
    made.write_workbook(kept)
    kept.seek(0)
    return FileResponse(kept, content_type=XLSX, headers=headers)


def _too_many(kind: str) -> str:
    most = {"most": MOST[kind]}
    if kind == "pdf":
        return _("PDF rommer %(most)d rader. Last ned Excel, eller velg en kortere periode.") % most
    return _("Excel rommer %(most)d rader. Last ned CSV, eller velg en kortere periode.") % most

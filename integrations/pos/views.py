"""Pages where a till's files come in, and where each says what came of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounting import clock
from accounting.books.domain.issues import Issue, from_json
from accounting.books.queries import stopped_by
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.pos import uploads
from integrations.pos.forms import UploadForm
from integrations.pos.models import IntakeFile
from integrations.pos.tasks import ring

LATEST = 20
MOST_STOPPED = 50
LONG = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Told:
    """A file with what its page says: why it was refused, or what came of it and what was found."""

    file: IntakeFile
    refusal: Issue | None
    findings: tuple[Issue, ...]
    slow: bool

    @classmethod
    def of(cls, file: IntakeFile, now: datetime) -> "Told":
        """Read the row's JSON as values."""
        issues = (file.report or {}).get("issues", [])
        return cls(
            file,
            # Its link leads to the upload, which is where one comes from.
            replace(from_json(file.refusal), fix=None) if file.refusal else None,
            tuple(from_json(issue) for issue in issues),
            file.state == IntakeFile.WAITING and now - file.received_at > LONG,
        )


@company_page(Permission.UPLOAD_SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, company: Company) -> HttpResponse:
    """The upload and the latest files; the list alone when htmx asks anew."""
    if request.method == "POST":
        return _take(request, company)
    return _page(request, company, UploadForm())


def _take(request: HttpRequest, company: Company) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, company, form)
    for file in form.cleaned_data["saft"]:
        kept = uploads.keep(company, file.name, file.chunks(), clock.now(), person(request))
        if kept.state == IntakeFile.READ:
            said = _("%(name)s er lest fra før. Ingenting er endret.")
            messages.success(request, said % {"name": file.name})
        else:
            ring(kept.pk)
    return redirect("pos:upload", company.org_no)


def _page(request: HttpRequest, company: Company, form: UploadForm) -> HttpResponse:
    rows = IntakeFile.objects.filter(company=company).select_related(
        "received_by", "delivered_with"
    )
    now = clock.now()
    files = [Told.of(row, now) for row in rows.order_by("-received_at", "-pk")[:LATEST]]
    reading = any(told.file.state == IntakeFile.WAITING for told in files)
    page = "pos/_files.html" if getattr(request, "htmx", False) else "pos/upload.html"
    return render(request, page, {"form": form, "files": files, "reading": reading})


@company_page(Permission.UPLOAD_SALES)
@require_safe
def file(request: HttpRequest, company: Company, file_id: int) -> HttpResponse:
    """One file: what came of it, or why it was not read."""
    rows = IntakeFile.objects.filter(company=company).select_related(
        "received_by", "delivered_with"
    )
    row = get_object_or_404(rows, pk=file_id)
    stopped = stopped_by(company, row.sha256, MOST_STOPPED)
    return render(request, "pos/file.html", {"told": Told.of(row, clock.now()), "stopped": stopped})

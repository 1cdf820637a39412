"""«Kom i gang» from the database, and the preview of a real settlement that sends nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounting import clock
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.books.readiness import readiness
from accounting.company import access, audit
from accounting.company.access import company_page, person
from accounting.company.models import Company
from accounting.company.queries import says_no_departments, unplaced_tills, valid_grants
from accounting.company.roles import Permission, Right
from backoffice.onboarding import Facts, Row, Viewer, rows
from integrations.exports.models import Connection, Export
from integrations.exports.pages.shown import shown
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.states import ARRIVED
from integrations.pos.models import IntakeFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

TRIED = 20  # settlements looked through for one whose journal can be built


@dataclass(frozen=True, slots=True)
class Onboarding:
    """The list as it is shown: its rows, and the facts that their sentences name.

    `exporting` says that something is on its way already, so that how it goes is told as well.
    """

    rows: tuple[Row, ...]
    facts: Facts
    exporting: bool

    @property
    def done(self) -> int:
        """Count the steps that are done."""
        return sum(row.done for row in self.rows)


def onboarding_of(
    company: Company, user: "AbstractBaseUser | AnonymousUser", now: datetime
) -> Onboarding | None:
    """Give the list while there is something left of it; None from the first arrived export on."""
    if has_arrived(company):
        return None
    facts = facts_of(company, now)
    viewer = Viewer(
        may_grant=bool(getattr(user, "is_superuser", False)),
        may_ask=access.has(user, company, Permission.ASK_FOR_RIGHT),
        may_connect=access.has(user, company, Permission.CHANGE_CONNECTION),
    )
    listed = Onboarding(rows(facts, viewer), facts, Export.objects.filter(company=company).exists())
    return None if listed.done == len(listed.rows) else listed


def has_arrived(company: Company) -> bool:
    """Say whether anything of the company's is over there: then it has got started."""
    return _arrived(company).exists()


def _arrived(company: Company) -> "QuerySet[Export]":
    return Export.objects.filter(company=company, state__in=ARRIVED)


def is_beginning(company: Company) -> bool:
    """Say whether pages lead back to «Kom i gang»: one query.

    They do until the date is chosen and the preview seen, or something is over there.
    """
    arrived = Exists(_arrived(company))
    chosen = Exists(company.export_starts.all())
    seen = Exists(company.audit.filter(action="preview-seen"))
    over = Company.objects.filter(Q(arrived) | Q(chosen) & Q(seen), pk=company.pk)
    return not over.exists()


def facts_of(company: Company, now: datetime) -> Facts:
    """Read how the company stands."""
    connection, start = connection_of(company), export_start_of(company)
    grants = valid_grants(now).filter(company=company, right=Right.POWEROFFICE)
    departments = list(company.departments.filter(archived_at=None))
    setup = readiness(company)
    return Facts(
        enabled=company.accounting_enabled,
        granted=tuple(grant.user.get_full_name() for grant in grants.select_related("user")),
        asked=company.grant_requests.filter(answered_at=None).exists(),
        client=connection.client_name if connection else "",
        departments=len(departments),
        links_needed=len(departments) > 1 or company.chart_departments.exists(),
        unlinked=tuple(each.name for each in departments if not each.remote_code),
        unplaced=tuple(till.till_id for till in unplaced_tills(company)),
        no_departments=says_no_departments(company),
        ready=setup.ready,
        total=setup.total,
        start=start.day if start else None,
        frequency=_frequency(connection),
        settlements=_with_movement(company).exists(),
        reading=company.intake_files.filter(state=IntakeFile.WAITING).exists(),
        previewed=company.audit.filter(action="preview-seen").exists(),
    )


def _frequency(connection: Connection | None) -> str:
    return connection.get_frequency_display() if connection else ""


def _with_movement(company: Company) -> "QuerySet[Settlement]":
    return company.settlements.filter(current=True, has_movement=True)


@company_page(Permission.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, company: Company) -> HttpResponse:
    """A real settlement's journal as it would be sent; nothing is. POST remembers that it was seen."""
    row, builds = _chosen(company)
    if request.method == "POST":
        if row is None or not builds:
            messages.warning(
                request, _("Bilaget kan ikke lages ennå, så det er ikke sett gjennom.")
            )
            return redirect("preview", company.org_no)
        audit.note(company, "preview-seen", str(row), actor=person(request))
        messages.success(request, _said_of_seen(company, request))
        return redirect("exports:overview", company.org_no)
    it = shown(company, row) if row else None
    return render(request, "onboarding/preview.html", {"it": it, "builds": builds})


def _said_of_seen(company: Company, request: HttpRequest) -> str:
    if onboarding_of(company, request.user, clock.now()) is None:
        return _("Alt er klart. Oppgjørene overføres nå av seg selv.")
    return _("Prøveoppgjøret er sett gjennom.")


def _chosen(company: Company) -> tuple[Settlement | None, bool]:
    """Give the newest settlement whose journal can be built, else the newest; and whether it can."""
    newest = _with_movement(company).select_related("register__department", "register__company")
    setup = SetupReader(company)
    first: Settlement | None = None
    for row in newest.order_by("-business_date", "-pk")[:TRIED]:
        first = first or row
        if isinstance(build_journal(row.as_day(), setup.for_register(row.register)), Journal):
            return row, True
    return first, False

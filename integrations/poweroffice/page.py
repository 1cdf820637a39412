"""What the PowerOffice Go page shows, read once: how it stands, and the forms of whoever may change it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounting import clock
from accounting.books.domain.issues import Issue
from accounting.books.readiness import readiness
from accounting.company.access import has, person
from accounting.company.models import Company
from accounting.company.queries import role_in
from accounting.company.roles import Permission, Right, Role
from integrations.exports.models import Connection, Recipient
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.schedule import Frequency, next_run
from integrations.poweroffice.checking import Check, Step, checks_of
from integrations.poweroffice.forms import (
    DayForm,
    FrequencyForm,
    PauseForm,
    RecipientsForm,
    run_words,
)
from integrations.poweroffice.rights import RIGHTS


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One line of the test: `mark` is `well`, `missing` (not needed yet) or `stopped`."""

    label: str
    mark: str
    detail: str = ""
    issue: Issue | None = None


_BY_NAME = {right.name: right for right in RIGHTS}


def shown_checks(connection: Connection) -> list[ShownCheck]:
    """Give the latest test's lines in the reader's language."""
    return [_shown(check) for check in checks_of(connection)]


def _shown(check: Check) -> ShownCheck:
    later = check.step is Step.RIGHT and not _BY_NAME[check.what].needed
    mark = "well" if check.held else "missing" if later else "stopped"
    label, detail = _words(check)
    return ShownCheck(label, mark, detail, check.issue)


def _words(check: Check) -> tuple[str, str]:
    match check.step:
        case Step.LOG_IN:
            return _("Innlogging"), ""
        case Step.CLIENT:
            return _("Klient"), check.what
        case Step.CHART:
            said = _("%(number)s kontoer") % {"number": check.what} if check.what else ""
            return _("Kontoplan hentet"), said
    named = _BY_NAME[check.what]
    label = named.en if (get_language() or "").startswith("en") else named.nb
    return label, "" if named.needed or check.held else _("trengs først for fakturaer")


def shown(request: HttpRequest, company: Company, **bound: Form) -> dict[str, object]:
    """Read the page; `bound` are forms that were sent and must be mended."""
    connection, start = connection_of(company), export_start_of(company)
    page: dict[str, object] = {
        "connection": connection,
        "start": start,
        "environment": settings.POWEROFFICE_ENV,
        "accounts": company.chart_accounts.count(),
        "setup": readiness(company),
        "focus": request.GET.get("felt", ""),
        "day_form": DayForm(),
        "recipients": _named(company, Q()),
        "mornings": _named(company, ~Q(morning=Recipient.NEVER)),
        **_rights(request, company),
    }
    if connection is not None:
        now, day = clock.now(), start.day if start else None
        frequency = Frequency(connection.frequency)
        checks = shown_checks(connection)
        page |= {
            "checks": checks,
            "works": all(check.mark != "stopped" for check in checks),
            "run": run_words(next_run(frequency, now, day)),
            "frequency": FrequencyForm(now, day, initial={"frequency": frequency.value}),
            "pause": PauseForm(),
            "recipients_form": RecipientsForm(company),
        }
    return {**page, **bound}


def _rights(request: HttpRequest, company: Company) -> dict[str, object]:
    user = person(request)
    may_change = has(user, company, Permission.CHANGE_CONNECTION)
    asked = company.grant_requests.filter(
        user=user.pk, right=Right.POWEROFFICE, answered_at=None
    ).first()
    return {
        "may_change": may_change,
        "may_ask": not may_change and has(user, company, Permission.ASK_FOR_RIGHT),
        "asked": asked,
        "may_test": has(user, company, Permission.CHANGE_SETUP),
        "shows_key_end": role_in(company, user) is not Role.SUPERADMIN,
    }


def _named(company: Company, which: Q) -> list[str]:
    """Name those who are told now: a person who has left the company is told no more."""
    members = company.memberships.values("user")
    told = Recipient.objects.filter(which, company=company, user__in=members).select_related("user")
    return sorted(each.user.get_full_name() for each in told)

"""The morning letter, on request: one sentence a company, and one link, from 06:00.

Whoever has several companies gets one letter about all of them. Each gets at most one a day; where the
house was down all morning that day has none.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import assert_never

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.company.models import Membership
from integrations.exports.models import Recipient, Told
from integrations.exports.pages.headline import Headline, Kind, headline
from integrations.exports.schedule import OSLO
from integrations.exports.telling import alarms, letters

logger = logging.getLogger(__name__)

MORNING = (time(6), time(12))  # Oslo
MOST = 100  # letters a tick, which has other work too
_MONDAY = 1
_TROUBLE = (Kind.STOPPED, Kind.UNCERTAIN)
_NOTHING_TO_SAY = (Kind.NOT_CONNECTED, Kind.NO_START)


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one company: its headline, and how many of its tills are silent."""

    recipient: Recipient
    headline: Headline
    silent: int

    @property
    def trouble(self) -> bool:
        """Say whether somebody should look."""
        return self.headline.kind in _TROUBLE or self.headline.paused or self.silent > 0

    @property
    def sentence(self) -> str:
        """Say how it stands, in the reader's language."""
        return _sentence(self.headline, self.silent)

    @property
    def address(self) -> str:
        """Give the page to look at: what must be mended, or the overview."""
        stopped = self.headline.kind in _TROUBLE
        page = "exports:status" if stopped else "exports:overview"
        return reverse(page, args=[self.recipient.company.org_no])


def tell_all(now: datetime) -> None:
    """Write to everybody who wants a letter this morning and has none yet.

    One that fails is logged, keeps nobody else back, and is tried again by the next tick.
    """
    local = now.astimezone(OSLO)
    if not MORNING[0] <= local.time() < MORNING[1]:
        return
    mine: dict[int, list[Recipient]] = defaultdict(list)
    waiting = _waiting(now)
    first = waiting.order_by("user_id").values_list("user_id", flat=True).distinct()[:MOST]
    for recipient in waiting.filter(user__in=list(first)):
        mine[recipient.user_id].append(recipient)
    for recipients in mine.values():
        try:
            if _told(recipients, now):
                rows = Recipient.objects.filter(pk__in=[each.pk for each in recipients])
                rows.update(morning_on=local.date())
        except Exception:
            logger.exception("the morning letter to %s failed on our side", recipients[0].user_id)


def _waiting(now: datetime) -> QuerySet[Recipient]:
    today = now.astimezone(OSLO).date()
    member = Membership.objects.filter(company=OuterRef("company"), user=OuterRef("user"))
    rows = Recipient.objects.filter(
        Q(morning_on=None) | Q(morning_on__lt=today),
        Exists(member),
        user__is_active=True,
        company__accounting_enabled=True,
    )
    rows = rows.exclude(morning=Recipient.NEVER).select_related("user", "company")
    return rows.order_by("company__name", "pk")


def _told(recipients: list[Recipient], now: datetime) -> bool:
    """Write one letter about a person's companies, unless none of them is worth one."""
    lines = [line for each in recipients if (line := _line(each, now))]
    if not lines:
        return True
    lines.sort(key=lambda line: not line.trouble)
    reader = recipients[0]
    with translation.override(reader.user.language):
        subject = _subject(lines)
    return letters.send("morning", {"lines": lines, "subject": subject}, reader)


def _line(recipient: Recipient, now: datetime) -> Line | None:
    said = headline(recipient.company, now)
    silent = Told.objects.filter(
        recipient=recipient, key__startswith=f"{alarms.KIND}:silent:"
    ).count()
    line = Line(recipient, said, silent)
    monday = now.astimezone(OSLO).isoweekday() == _MONDAY
    wanted = recipient.morning == Recipient.DAILY or monday or line.trouble
    return line if wanted and said.kind not in _NOTHING_TO_SAY else None


def _subject(lines: list[Line]) -> str:
    if len(lines) == 1:
        return f"{lines[0].sentence.removesuffix('.')} – {lines[0].recipient.company.name}"
    trouble = sum(line.trouble for line in lines)
    said = {"number": trouble, "all": len(lines)}
    if trouble == 1:
        return _("Ett av %(all)s selskaper trenger deg") % said
    if trouble:
        return _("%(number)s av %(all)s selskaper trenger deg") % said
    return _("Alt er som det skal i %(all)s selskaper") % said


def _sentence(said: Headline, silent: int) -> str:
    if silent and said.kind not in _TROUBLE:
        quiet = ngettext(
            "Én kasse har ikke levert.", "%(number)s kasser har ikke levert.", silent
        ) % {"number": silent}
        return f"{quiet} {_others(said)}".strip()
    if said.paused and said.kind not in _TROUBLE:
        return _("Overføringen er satt på pause.")
    return _plainly(said)


_WAITS: Mapping[Kind, Promise] = {
    Kind.PAUSED: gettext_lazy("Overføringen er satt på pause."),
    Kind.LATE: gettext_lazy("Overføringen har ikke startet. Feilen ligger hos oss."),
    Kind.MISSING: gettext_lazy("Alt kassene har levert til og med %(day)s, er overført."),
}


def _plainly(said: Headline) -> str:
    number = {"number": said.number}
    match said.kind:
        case Kind.STOPPED:
            stopped = ngettext(
                "Ett oppgjør er stoppet.", "%(number)s oppgjør er stoppet.", said.number
            )
            return f"{stopped % number} {_others(said)}".strip()
        case Kind.UNCERTAIN:
            asked = ngettext("Ett oppgjør avklares.", "%(number)s oppgjør avklares.", said.number)
            return f"{asked % number} {_others(said)}".strip()
        case Kind.UNDERWAY:
            going = ngettext(
                "Ett oppgjør er på vei til PowerOffice Go.",
                "%(number)s oppgjør er på vei til PowerOffice Go.",
                said.number,
            )
            return going % number
        case Kind.PAUSED | Kind.LATE | Kind.MISSING:
            return str(_WAITS[said.kind]) % {"day": _day(said)}
        case Kind.ALL_WELL:
            return _("Alt er overført til og med %(day)s.") % {"day": _day(said)}
        case Kind.NOT_CONNECTED | Kind.NO_START | Kind.NOTHING_YET:
            return _("Ingenting er overført ennå.")
    assert_never(said.kind)


def _others(said: Headline) -> str:
    """Say how far the rest has come; nothing where nothing has."""
    if said.through is None:
        return ""
    return _("Alt annet til og med %(day)s er overført.") % {"day": _day(said)}


def _day(said: Headline) -> str:
    return date_format(said.through, "DATE_FORMAT") if said.through else ""

"""Every write about connections and the export-from date."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounting import clock
from accounting.books.domain.issues import Issue
from accounting.company import audit
from accounting.company.models import Company
from accounting.company.records import Refused, bump_setup_version
from integrations.exports.mistyped import refuse_mistyped
from integrations.exports.models import Connection, ExportStart, Recipient
from integrations.exports.schedule import Frequency
from integrations.exports.standstill import learn
from integrations.secrets import Secret, last_four

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Tested:
    """Keys that were seen to open the far side, and whose they are there.

    `shown_key` names the one of `keys` whose last four letters may be shown.
    """

    provider: str
    environment: str
    keys: Mapping[str, str] = field(repr=False)
    shown_key: str
    client_id: str
    client_name: str


def save_connection(
    company: Company, tested: Tested, *, actor: "AbstractBaseUser | None" = None
) -> Connection:
    """Store tested keys, sealed; whoever connects first is told when something stops.

    Raises Refused when their client is another company's already.
    """
    try:
        with transaction.atomic():
            before = _client_of(company, tested.provider)
            connection, first = Connection.objects.update_or_create(
                company=company,
                provider=tested.provider,
                defaults=_columns(tested, actor),
            )
            if first and actor and company.memberships.filter(user=actor.pk).exists():
                Recipient.objects.get_or_create(company=company, user_id=actor.pk)
            after = {"client": tested.client_name, "environment": tested.environment}
            audit.note(
                company,
                "connection-saved",
                tested.provider,
                actor=actor,
                before=before,
                after=after,
            )
            bump_setup_version(company)
    except IntegrityError:  # client_at_one_company
        said = gettext("Nøkkelen hører til «%(client)s», som er koblet til et annet selskap.")
        raise Refused(said % {"client": tested.client_name}) from None
    return connection


def _client_of(company: Company, provider: str) -> dict[str, str] | None:
    """Name the client that the company is connected to until now, as the log tells it."""
    known = Connection.objects.filter(company=company, provider=provider).first()
    return {"client": known.client_name, "environment": known.environment} if known else None


def _columns(tested: Tested, actor: "AbstractBaseUser | None") -> dict[str, object]:
    """Give what a connection holds of tested keys; what was found with older ones is forgotten."""
    return {
        "environment": tested.environment,
        "keys": Secret(json.dumps(dict(tested.keys))),
        "last_four": last_four(tested.keys[tested.shown_key]),
        "client_id": tested.client_id,
        "client_name": tested.client_name,
        "connected_at": clock.now(),
        "connected_by_id": actor.pk if actor else None,
        "checked_at": None,
        "checks": [],
        "problems": [],
        "prechecked_at": None,
    }


def keep_checks(
    connection: Connection, checks: list[dict[str, object]], problems: Collection[Issue] | None
) -> None:
    """Keep what a test of the connection found, with the time, and what of it stops every send.

    `problems` is None where the far side did not answer: then what was known before stands.
    """
    connection.checks, connection.checked_at = checks, clock.now()
    connection.save(update_fields=["checks", "checked_at"])
    if problems is not None:
        learn(connection, problems)


def set_export_start(
    company: Company,
    provider: str,
    day: date,
    *,
    agreed_with: str = "",
    actor: "AbstractBaseUser | None" = None,
) -> ExportStart:
    """Choose the export-from date, once and for ever.

    Raises Refused for a day that can only be mistyped, and when one is chosen already.
    `agreed_with` names the accountant where the day called for one.
    """
    refuse_mistyped(day)
    try:
        with transaction.atomic():
            start = ExportStart.objects.create(
                company=company,
                provider=provider,
                day=day,
                agreed_with=agreed_with,
                set_by_id=actor.pk if actor else None,
                set_at=clock.now(),
            )
            after = {"day": day.isoformat()} | ({"agreed_with": agreed_with} if agreed_with else {})
            audit.note(company, "export-start-set", provider, actor=actor, after=after)
    except IntegrityError:
        start = ExportStart.objects.get(company=company, provider=provider)
        said = gettext("Startdatoen er satt til %(day)s og kan ikke endres.")
        raise Refused(said % {"day": date_format(start.day)}) from None
    return start


@transaction.atomic
def choose_frequency(
    connection: Connection, frequency: Frequency, *, actor: "AbstractBaseUser | None" = None
) -> None:
    """Choose how often the company's settlements are sent."""
    before = {"frequency": connection.frequency}
    connection.frequency = frequency
    connection.save(update_fields=["frequency"])
    after = {"frequency": frequency.value}
    audit.note(
        connection.company,
        "frequency-chosen",
        connection.provider,
        actor=actor,
        before=before,
        after=after,
    )


@transaction.atomic
def pause(connection: Connection, reason: str, *, actor: "AbstractBaseUser") -> None:
    """Send nothing until somebody resumes. Raises Refused without a reason; again changes nothing."""
    if not reason.strip():
        raise Refused(gettext("Skriv hvorfor overføringen settes på pause."))
    moved = Connection.objects.filter(pk=connection.pk, paused=False).update(
        paused=True, pause_reason=reason.strip(), paused_by_id=actor.pk
    )
    if moved:
        after = {"reason": reason.strip()}
        audit.note(
            connection.company, "exporting-paused", connection.provider, actor=actor, after=after
        )


@transaction.atomic
def resume(connection: Connection, *, actor: "AbstractBaseUser") -> None:
    """Send again; what has waited goes with the next tick. Nothing happens where nothing is paused."""
    before = Connection.objects.select_for_update().get(pk=connection.pk)
    if not before.paused:
        return
    Connection.objects.filter(pk=connection.pk).update(
        paused=False, pause_reason="", paused_by=None
    )
    audit.note(
        connection.company,
        "exporting-resumed",
        connection.provider,
        actor=actor,
        before={"reason": before.pause_reason},
    )

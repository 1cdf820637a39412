"""Every write about connections, the export-from date, and what a person decides for one export."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounting import clock
from accounting.company import audit
from accounting.company.models import Company
from accounting.company.records import Refused, bump_setup_version
from integrations.exports.mistyped import refuse_mistyped
from integrations.exports.models import Connection, Export, ExportStart, Recipient
from integrations.exports.schedule import Frequency
from integrations.exports.states import STOPPED, State
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
    }


def keep_checks(connection: Connection, checks: list[dict[str, object]]) -> None:
    """Keep what a test of the connection found, with the time."""
    connection.checks, connection.checked_at = checks, clock.now()
    connection.save(update_fields=["checks", "checked_at"])


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


@transaction.atomic
def choose_recipients(
    company: Company, user_ids: Collection[int], *, actor: "AbstractBaseUser"
) -> None:
    """Choose who is told when something stops. Whoever is no member is left out."""
    members = company.memberships.filter(user__in=user_ids)
    chosen = set(members.values_list("user_id", flat=True))
    told = Recipient.objects.filter(company=company)
    before = _addresses(company)
    told.exclude(user__in=chosen).delete()
    already = set(told.values_list("user_id", flat=True))
    new = [Recipient(company=company, user_id=pk) for pk in sorted(chosen - already)]
    Recipient.objects.bulk_create(new, ignore_conflicts=True)
    after = _addresses(company)
    if after != before:
        audit.note(
            company,
            "recipients-chosen",
            actor=actor,
            before={"recipients": before},
            after={"recipients": after},
        )


def _addresses(company: Company) -> list[str]:
    rows = Recipient.objects.filter(company=company)
    return list(rows.order_by("user__email").values_list("user__email", flat=True))


def _decide(export: Export, actor: "AbstractBaseUser", action: str, **columns: object) -> bool:
    """Move one export that nobody is sending; False when it has moved meanwhile."""
    with transaction.atomic():
        same = Export.objects.filter(pk=export.pk, state=export.state, revision=export.revision)
        moved = same.update(changed_at=clock.now(), **columns)
        if moved:
            after = {"state": columns["state"], "reason": columns.get("reason", "")}
            before = {"state": export.state}
            audit.note(
                export.company,
                action,
                export.document[:200],
                actor=actor,
                before=before,
                after=after,
            )
    return bool(moved)


def send_again(export: Export, actor: "AbstractBaseUser") -> bool:
    """Send a stopped export again with the same content. What may have arrived is looked for first."""
    if export.state == State.HELD:
        return _decide(
            export,
            actor,
            "export-looked-for-again",
            state=State.UNCERTAIN,
            not_before=clock.now(),
            doubted_at=clock.now(),
            probes=0,
            issues=[],
        )
    if export.state != State.BLOCKED or export.snapshot_id is None:
        return False
    return _decide(
        export, actor, "export-sent-again", state=State.READY, not_before=None, tries=0, issues=[]
    )


def leave_out(export: Export, reason: str, actor: "AbstractBaseUser") -> bool:
    """Leave a stopped export out for good, with the person's reason. Raises Refused without one."""
    if not reason.strip():
        raise Refused(gettext("Skriv hvorfor oppgjøret ikke skal overføres."))
    if export.state not in STOPPED | {State.READY}:
        return False
    return _decide(
        export, actor, "export-left-out", state=State.LEFT_OUT, reason=reason.strip(), issues=[]
    )

"""Every write about connections, the export-from date, and what a person decides for one export."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounting import clock
from accounting.company import audit
from accounting.company.models import Company
from accounting.company.records import Refused, bump_setup_version
from integrations.exports.models import Connection, Export, ExportStart
from integrations.exports.schedule import Frequency
from integrations.exports.states import State
from integrations.secrets import last_four

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Tested:
    """Keys that were seen to open the far side, and whose they are there.

    `shown_key` names the one of `keys` whose last four letters may be shown.
    """

    provider: str
    environment: str
    keys: Mapping[str, str]
    shown_key: str
    client_id: str
    client_name: str


def save_connection(
    company: Company, tested: Tested, *, actor: "AbstractBaseUser | None" = None
) -> Connection:
    """Store tested keys, sealed. Raises Refused when their client is another company's already."""
    try:
        with transaction.atomic():
            connection, _ = Connection.objects.update_or_create(
                company=company,
                provider=tested.provider,
                defaults={
                    "environment": tested.environment,
                    "keys": json.dumps(dict(tested.keys)),
                    "last_four": last_four(tested.keys[tested.shown_key]),
                    "client_id": tested.client_id,
                    "client_name": tested.client_name,
                    "connected_at": clock.now(),
                },
            )
            after = {"client": tested.client_name, "environment": tested.environment}
            audit.note(company, "connection-saved", tested.provider, actor=actor, after=after)
            bump_setup_version(company)
    except IntegrityError:  # client_at_one_company
        said = gettext("Nøkkelen hører til «%(client)s», som er koblet til et annet selskap.")
        raise Refused(said % {"client": tested.client_name}) from None
    return connection


def set_export_start(
    company: Company, provider: str, day: date, *, actor: "AbstractBaseUser | None" = None
) -> ExportStart:
    """Choose the export-from date, once and for ever. Raises Refused when it is chosen already."""
    try:
        with transaction.atomic():
            start = ExportStart.objects.create(
                company=company,
                provider=provider,
                day=day,
                set_by_id=actor.pk if actor else None,
                set_at=clock.now(),
            )
            audit.note(
                company, "export-start-set", provider, actor=actor, after={"day": day.isoformat()}
            )
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
    if export.state not in {State.BLOCKED, State.HELD, State.READY}:
        return False
    return _decide(
        export, actor, "export-left-out", state=State.LEFT_OUT, reason=reason.strip(), issues=[]
    )

"""`export --company ORGNR [--now] [--json]`: build and send what is due, and wait for it."""

import time
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from accounting import clock, insert_only
from accounting.company.models import Company
from backoffice.management.company_command import CompanyCommand
from integrations.exports import build, outbox, queries, send, slots
from integrations.exports.models import Connection
from integrations.exports.schedule import Frequency, last_slot
from integrations.exports.states import State


class Command(CompanyCommand):
    """Send one company's settlements."""

    refusals = (*CompanyCommand.refusals, insert_only.GuardMissing)
    help = "Build and send what is due; returns when nothing due is ready or being sent."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company, and whether to wait for the hour."""
        super().add_arguments(parser)
        parser.add_argument("--now", action="store_true", help="whatever the hour")
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Send, and end with 1 unless everything is over there."""
        insert_only.verify()
        company = self.company(options)
        connection = queries.connection_of(company)
        if connection is None:
            self.refuse("Selskapet er ikke koblet til PowerOffice Go. Kjør «connect» først.")
        if queries.export_start_of(company) is None:
            self.refuse("Startdatoen er ikke valgt. Kjør «export_from» først.")
        if connection.paused or not company.accounting_enabled:
            self.refuse("Overføringen er satt på pause. Ingenting er sendt.")
        now = clock.now()
        cut_off = now if options["now"] else last_slot(Frequency(connection.frequency), now)
        self._tell(company, self._run(connection, cut_off), as_json=options["json"])

    def _run(self, connection: Connection, cut_off: datetime) -> int:
        """Build and send until nothing due is waiting; give how many this run sent."""
        company = connection.company
        now = clock.now()
        build.build_run(slots.ask(connection, now, cut_off), now)
        build.build_changed(connection, now)
        sent = 0
        while True:
            outbox.release_stale(clock.now())
            sent += send.drain(company)
            waiting, until = send.unfinished(company)
            if not waiting:
                return sent
            pause = (until - clock.now()).total_seconds() if until else 0.0
            time.sleep(min(max(pause, 0.05), 1.0))

    def _tell(self, company: Company, sent: int, *, as_json: bool) -> None:
        states = queries.states(company)
        document = {
            "sent": sent,
            "blocked": states[State.BLOCKED],
            "uncertain": states[State.UNCERTAIN],
            "held": states[State.HELD],
        }
        if as_json:
            self.write_json(document)
        else:
            self.stdout.write(
                f"{sent} overført, {document['blocked']} stoppet, {document['uncertain']} avklares,"
                f" {document['held']} venter på svar."
            )
        if states[State.READY]:
            self.refuse(f"{states[State.READY]} venter på nytt forsøk: PowerOffice Go svarer ikke.")
        if document["blocked"] or document["uncertain"] or document["held"]:
            raise SystemExit(1)

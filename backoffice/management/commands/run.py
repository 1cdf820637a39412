"""`run [--once] [--json]`: the whole thing on one machine, with a demo company and a simulated Go."""

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.urls import reverse

from accounting.books.domain.money import to_kroner
from accounting.books.domain.reading import reader_amount
from accounting.company.models import Company
from accounting.company.records import Refused
from backoffice import demo
from backoffice.management.command import HouseCommand
from backoffice.processes import ChildEnded, Family, family, free_ports, wait_for
from backoffice.tally import Tally, tally
from integrations.poweroffice.connect import ConnectRefused

WEB, SANDBOX = 8000, 8001


class Command(HouseCommand):
    """Set up, import, export, say what happened, and serve until Ctrl-C."""

    help = "Run the demo: a till's month becomes drafts in a simulated PowerOffice Go."
    refusals = (Refused, ConnectRefused, ChildEnded, TimeoutError)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to stay and how to tell."""
        parser.add_argument("--once", action="store_true", help="export, say it, and end")
        parser.add_argument("--exit-after", type=float, metavar="S", help="serve S seconds only")
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Do it all. Exit 1 with --once unless every settlement lies over there exactly once."""
        once: bool = options["once"]
        web, sandbox = free_ports(2) if once else (WEB, SANDBOX)
        settings.POWEROFFICE_SANDBOX_URL = f"http://127.0.0.1:{sandbox}"
        with family(demo.environment(settings.POWEROFFICE_SANDBOX_URL)) as members:
            _start_sandbox(members, sandbox)
            company, start = self._carry_over(stop_one=not once)
            counted = tally(company, start, settings.POWEROFFICE_SANDBOX_URL)
            self._tell(counted)
            if not once:
                self._serve(members, web, options["exit_after"])
        if once:
            self._end(counted, as_json=options["json"])

    def _carry_over(self, *, stop_one: bool) -> tuple[Company, date]:
        """Set up the demo company, import its file, and export what is new."""
        call_command("migrate", verbosity=0)
        company = demo.set_up()
        path = demo.till_file(settings.VAR_DIR / "demo")
        self.stdout.write(f"Leser {path.name} …")
        report = demo.import_file(company, path)
        self.stdout.write(
            f"{report.receipts['new']} nye kvitteringer, {report.settlements['new']} nye oppgjør."
        )
        demo.connect_to_sandbox(company)
        start = demo.choose_start(company)
        if stop_one:
            demo.stop_one(company)
        self.stdout.write("Sender til PowerOffice Go (sandkassen) …")
        try:
            call_command("export", company=company.org_no, now=True, stdout=self.stdout)
        except SystemExit:
            self.stdout.write("Noe er stoppet; se statussiden.")
        return company, start

    def _tell(self, counted: Tally) -> None:
        settled, drafted = (
            reader_amount(to_kroner(sum_of), "nb") for sum_of in (counted.settled, counted.drafted)
        )
        self.stdout.write(
            f"{counted.settlements} oppgjør på {settled} kr her,"
            f" {counted.drafts} utkast på {drafted} kr i PowerOffice Go."
        )

    def _end(self, counted: Tally, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(counted.as_json()))
        if not counted.agrees:
            self.refuse("Tallene stemmer ikke.")

    def _serve(self, members: Family, web: int, seconds: float | None) -> None:
        logs = settings.VAR_DIR / "log"
        worker = ("celery", "-A", "backoffice", "worker", "-B", "-c", "2", "-l", "WARNING")
        server = ("gunicorn", "backoffice.wsgi", "-b", f"127.0.0.1:{web}", "--threads", "4")
        members.start("worker", "-m", *worker, log=logs / "worker.log")
        members.start("web", "-m", *server, log=logs / "web.log")
        wait_for(members, web)
        self._welcome(web)
        ends = time.monotonic() + seconds if seconds else None
        try:
            while ends is None or time.monotonic() < ends:
                members.check()
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("Avslutter …")

    def _welcome(self, web: int) -> None:
        self.stdout.write("")
        self.stdout.write(f"Backoffice:            http://127.0.0.1:{web}/")
        self.stdout.write(f"PowerOffice Go (demo): {settings.POWEROFFICE_SANDBOX_URL}/")
        for person in demo.PEOPLE:
            self.stdout.write(f"  {person.title:<16} {person.email:<26} {demo.PASSWORD}")
        self.stdout.write("De to øverste blir spurt om en kode. Den får du slik:")
        self.stdout.write(f"  {sys.executable} manage.py demo_code {demo.PEOPLE[0].email}")
        self.stdout.write(f"E-post som «sendes»:   http://127.0.0.1:{web}{reverse('mailbox')}")
        self.stdout.write("Ett oppgjør er stoppet med vilje: se Overføring > Status.")
        self.stdout.write("Avslutt med Ctrl-C.")


def _start_sandbox(members: Family, port: int) -> None:
    ledger: Path = settings.VAR_DIR / "sandbox.sqlite3"
    command = ("-m", "integrations.poweroffice.sandbox", "--port", str(port), "--control")
    log = settings.VAR_DIR / "log" / "sandbox.log"
    members.start("sandbox", *command, "--ledger", str(ledger), log=log)
    wait_for(members, port)

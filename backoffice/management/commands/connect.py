"""`connect --company ORGNR`: try the keys of the environment, keep them sealed, fetch the chart."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from backoffice.management.company_command import CompanyCommand
from integrations.poweroffice.connect import connect, fetch_chart

APPLICATION, CLIENT = "POWEROFFICE_APPLICATION_KEY", "POWEROFFICE_CLIENT_KEY"
SUBSCRIPTION = "POWEROFFICE_SUBSCRIPTION_KEY"


class Command(CompanyCommand):
    """Connect a company to PowerOffice Go."""

    help = (
        f"Connect with the keys in {APPLICATION}, {CLIENT} and {SUBSCRIPTION}, to the PowerOffice Go"
        " that POWEROFFICE_ENV names (sandbox, demo or live), and fetch its chart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company; the keys come from the environment, never from arguments."""
        super().add_arguments(parser)

    def work(self, **options: Any) -> None:
        """Connect, and say to whom."""
        company = self.company(options)
        missing = [name for name in (APPLICATION, CLIENT, SUBSCRIPTION) if not os.environ.get(name)]
        if missing:
            self.refuse(f"Miljøet mangler {', '.join(missing)}.")
        connection = connect(
            company,
            settings.POWEROFFICE_ENV,
            os.environ[APPLICATION],
            os.environ[CLIENT],
            os.environ[SUBSCRIPTION],
        )
        fetched = fetch_chart(connection)
        self.stdout.write(
            f"Koblet til {connection.client_name}. Hentet {fetched.accounts} kontoer,"
            f" {fetched.vat_codes} mva-koder og {fetched.departments} avdelinger."
        )

"""`demo_code EMAIL`: the code that the person's app would show now. In development only."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from backoffice.management.command import HouseCommand
from backoffice.models import User
from backoffice.two_factor import current_code


class Command(HouseCommand):
    """Print the six digits that a log-in asks for after the password."""

    help = "Print the log-in code of a demo user (refused outside development)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email")

    def work(self, **options: Any) -> None:
        """Write the code alone on stdout."""
        if not settings.DEBUG:
            raise CommandError("Koder vises bare i utvikling (DJANGO_DEBUG).")
        email: str = options["email"]
        user = User.objects.filter(email=email.lower()).first()
        code = current_code(user) if user else None
        if code is None:
            raise CommandError(f"{email} har ikke totrinnsinnlogging.")
        self.stdout.write(code)

"""`after_restore`: run once when a backup was put back, before a worker starts (docs/restore_drill.md)."""

from typing import Any

from accounting import clock
from backoffice.management.command import HouseCommand
from integrations.exports import restoring


class Command(HouseCommand):
    """Doubt what may have been sent since the backup."""

    help = "After a restore: look in PowerOffice Go for everything before sending any of it."

    def work(self, **_options: Any) -> None:
        """Doubt, and say how much."""
        connections, exports = restoring.begin(clock.now())
        self.stdout.write(
            f"{connections} tilkoblinger, {exports} overføringer avklares før noe sendes."
        )

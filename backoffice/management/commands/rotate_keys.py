"""`rotate_keys`: seal every secret anew with the newest key of FIELD_KEYS."""

from typing import Any

from backoffice.management.command import HouseCommand
from backoffice.rotation import rotate


class Command(HouseCommand):
    """Re-seal secrets."""

    help = (
        "Seal every secret anew with the first key of FIELD_KEYS; then the others may be removed."
    )

    def work(self, **_options: Any) -> None:
        """Re-seal, and say how many; exit 1 where a row was sealed with a key that is not here."""
        done = rotate()
        for table, count in sorted(done.rows.items()):
            self.stdout.write(f"{table}: {count} forseglet på nytt.")
        if done.failed:
            self.refuse("Disse åpnes ikke av noen nøkkel: " + "; ".join(done.failed))
        self.stdout.write("Ferdig. Eldre nøkler kan fjernes fra FIELD_KEYS.")

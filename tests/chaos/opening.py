"""`python -m tests.chaos.opening FOLDER`: every company of the folder's files, connected and taken in.

Run in a process of the drill, so that it writes with the drill's settings; nothing is sent yet.
"""

import sys
from datetime import date
from pathlib import Path

import django

django.setup()

from django.utils.translation import override  # noqa: E402 (Django first)

from accounting.books.records import save_setup  # noqa: E402
from accounting.books.suggestions import suggested_for  # noqa: E402
from accounting.company.records import create_company  # noqa: E402
from integrations.exports.records import set_export_start  # noqa: E402
from integrations.pos.intake import take_in_all  # noqa: E402
from integrations.poweroffice.connect import PROVIDER, connect, fetch_chart  # noqa: E402

APPLICATION = "storm"


def main(folder: Path, first: date) -> None:
    """Open them all; the client key is the organisation number, so that the ledger names it."""
    for file in sorted(folder.glob("*.xml")):
        company = create_company(file.stem, f"Butikk {file.stem}")
        with file.open("rb") as opened:
            take_in_all(company, [opened])
        save_setup(company, None, suggested_for(company))
        fetch_chart(connect(company, "sandbox", APPLICATION, file.stem, "storm"))
        set_export_start(company, PROVIDER, first)


if __name__ == "__main__":
    with override("nb"):
        main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))

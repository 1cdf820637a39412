"""`python -m tests.chaos.world TILLS DAYS`: a connected company with a settlement a till and day, unsent.

Run in a process of the drill, so that it writes with the drill's settings.
"""

import sys
from datetime import date, timedelta

import django

django.setup()

from integrations.exports.records import set_export_start  # noqa: E402 (Django first)
from integrations.poweroffice.connect import PROVIDER, connect, fetch_chart  # noqa: E402
from tests import build  # noqa: E402

FIRST = date(2026, 10, 1)


def main(tills: int, days: int) -> None:
    """Make them; every settlement has a sum of its own, so that no draft can pass for another."""
    company = build.a_company()
    build.the_suggested_setup(company)
    department = build.a_department(company, "Sentrum", "1")
    connection = connect(company, "sandbox", "an-application", "a-client", "a-subscription")
    fetch_chart(connection)
    set_export_start(company, PROVIDER, FIRST)
    for till in range(1, tills + 1):
        for number in range(days):
            sold = f"{100 * till + number}.00"
            build.a_settlement(
                company,
                sales={"31": sold},
                cash=sold,
                day=FIRST + timedelta(days=number),
                register=str(till),
                department=department,
            )
    build.run_at_once(company)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""`python -m tests.chaos.person`: somebody who looks at Status and mends what is stopped.

In a storm rights come and go and keys are refused; what that stops waits for a person, who finds that
all is well over there: tests the connection, asks for what has stopped to be sent again, and resumes
what was paused.
"""

import django

django.setup()

from backoffice.models import User  # noqa: E402 (Django first)
from integrations.exports import deciding, records  # noqa: E402
from integrations.exports.models import Connection, Export  # noqa: E402
from integrations.exports.states import State  # noqa: E402
from integrations.poweroffice.checking import check  # noqa: E402

EMAIL = "kari@example.no"
TESTS = 10


def main() -> None:
    """Go through everything that is stopped, once."""
    person, _ = User.objects.get_or_create(email=EMAIL)
    for connection in Connection.objects.filter(paused=True):
        records.resume(connection, actor=person)
    for connection in Connection.objects.exclude(problems=[]):
        _test(connection)
    for export in Export.objects.filter(state__in=[State.BLOCKED, State.HELD]):
        deciding.send_again(export, person)


def _test(connection: Connection) -> None:
    """Test it until it answers wholly: in a storm most tests meet a fault themselves."""
    for _ in range(TESTS):
        check(connection)
        connection.refresh_from_db(fields=["problems"])
        if not connection.problems:
            return


if __name__ == "__main__":
    main()

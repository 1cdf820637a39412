"""How much memory a file of a gigabyte takes (issue 3, shows 5), in the commands' own processes."""

import pytest
from django.db import connection

from tests.benchmarks.measuring import peak_megabytes, say
from tests.build import ORG_NO, a_company

pytestmark = pytest.mark.bench
COMMAND = """
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


def test_reading_a_gigabyte(one_gigabyte):
    peak = peak_megabytes(COMMAND, "read_saft", one_gigabyte, "--json", **_settings())
    say("read_saft of 1 GB", f"{peak:.0f} MB", "below 120 MB")
    assert peak < 120


@pytest.mark.django_db(transaction=True)
def test_importing_a_gigabyte(one_gigabyte):
    a_company()
    words = ("import_saft", one_gigabyte, "--company", ORG_NO, "--json")
    peak = peak_megabytes(COMMAND, *words, **_settings(), DATABASE_URL=_address())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM books_receipt")
        assert cursor.fetchone()[0] > 300_000
    say("import_saft of 1 GB", f"{peak:.0f} MB", "below 200 MB")
    assert peak < 200


def _settings():
    return {"DJANGO_SETTINGS_MODULE": "backoffice.settings"}


def _address():
    """Where the database of this test is."""
    said = connection.settings_dict
    place = f"{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}"
    return f"postgres://{place}/{said['NAME']}"

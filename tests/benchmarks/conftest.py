"""The files that are measured: made once a run, by the same seed each time."""

from datetime import date

import pytest

from integrations.pos.generator import Plan, write
from tests.build import ORG_NO

TILLS = (("Sentrum", "1"), ("Sentrum", "2"))
KILOBYTES_A_RECEIPT = 2.3


def _file(path, megabytes):
    days = round(megabytes * 1000 / KILOBYTES_A_RECEIPT / 400 / len(TILLS)) or 1
    with path.open("wb") as out:
        write(Plan(ORG_NO, "Fjord & Fjell AS", date(2026, 1, 1), days, TILLS, 400, 1), out)
    return path


@pytest.fixture(scope="session")
def fifty_megabytes(tmp_path_factory):
    return _file(tmp_path_factory.mktemp("bench") / "50.xml", 50)


@pytest.fixture(scope="session")
def one_gigabyte(tmp_path_factory):
    return _file(tmp_path_factory.mktemp("bench") / "1000.xml", 1000)

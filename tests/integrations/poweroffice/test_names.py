"""When a company here and a client there bear the same name."""

import pytest

from integrations.poweroffice.names import same_name


@pytest.mark.parametrize(
    "theirs",
    ["Fjordkaffe AS", "FJORDKAFFE as", " Fjord kaffe  ASA ", "Fjordkaffe", "AS Fjordkaffe"],
)
def test_case_blanks_and_as_do_not_count(theirs):
    assert same_name("Fjordkaffe AS", theirs)


@pytest.mark.parametrize("theirs", ["Fjordbar AS", "Fjordkaffe Torget AS", "", "AS"])
def test_everything_else_does(theirs):
    assert not same_name("Fjordkaffe AS", theirs)


def test_a_company_that_is_called_as_is_not_any_company():
    assert not same_name("AS", "ASA")

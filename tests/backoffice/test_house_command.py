"""How a command of ours refuses: one sentence on stderr, exit 1, and JSON where it was asked for."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backoffice.management.command import HouseCommand


class TooLate(Exception):
    """A refusal of the command below."""


class Closing(HouseCommand):
    """A command that says no in every way."""

    refusals = (TooLate,)

    def add_arguments(self, parser):
        parser.add_argument("--how")
        self.add_json(parser)

    def work(self, **options):
        match options["how"]:
            case "late":
                raise TooLate("Det er for sent.")
            case "error":
                raise CommandError("Kassen mangler.", returncode=3)
            case "fault":
                raise ZeroDivisionError
        self.write_json({"pris": "10.00", "vare": "Øl"})


def ending(how, **options):
    """stdout, stderr and the exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(Closing(), how=how, stdout=out, stderr=err, **options)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), end.code
    return out.getvalue(), err.getvalue(), 0


def test_help_is_in_english_as_the_rest_of_it():
    said = Closing().create_parser("manage.py", "close").format_help()

    assert "one JSON document on stdout" in said


def test_a_known_refusal_is_one_sentence_and_one():
    assert ending("late") == ("", "Det er for sent.\n", 1)


def test_a_refusal_is_json_as_well_where_it_was_asked_for():
    out, err, code = ending("late", json=True)
    assert json.loads(out) == {"error": {"code": "refused", "text": "Det er for sent."}}
    assert (err, code) == ("Det er for sent.\n", 1)


def test_a_command_error_keeps_its_code_and_writes_no_json():
    assert ending("error", json=True) == ("", "Kassen mangler.\n", 3)


def test_a_fault_of_ours_is_not_dressed_up_as_a_refusal():
    with pytest.raises(ZeroDivisionError):
        ending("fault")


def test_json_is_written_readable():
    out, err, code = ending("")
    assert (json.loads(out), err, code) == ({"pris": "10.00", "vare": "Øl"}, "", 0)
    assert "Øl" in out


def test_a_command_that_does_nothing_says_so():
    with pytest.raises(NotImplementedError):
        call_command(HouseCommand())

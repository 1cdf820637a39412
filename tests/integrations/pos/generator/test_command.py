"""``make_saft`` as somebody types it: what is refused, what is wrong usage, what it writes."""

import json
from dataclasses import replace

import pytest

from backoffice.management.commands.make_saft import HABITS, Command
from integrations.pos.generator.defects import DEFECTS
from tests.integrations.pos.generator.plans import SMALL, tree, written

RIGHT = {
    "--company": "999999999",
    "--start": "2026-10-01",
    "--days": "3",
    "--receipts": "20",
    "--seed": "4",
}


def run(out, *more, **changes):
    """Run the command in this process; the exit status."""
    options = RIGHT | {f"--{name}": value for name, value in changes.items()}
    words = [word for pair in options.items() for word in pair]
    try:
        Command().run_from_argv(["manage.py", "make_saft", str(out), *words, *more])
    except SystemExit as end:
        return end.code
    return 0


def test_it_writes_the_file_and_the_oracle(tmp_path):
    out, oracle = tmp_path / "a.xml", tmp_path / "a.json"
    assert run(out, "--locations", "Sentrum:2,Torget:1", "--oracle", str(oracle)) == 0
    data, told = written(SMALL)
    assert out.read_bytes() == data
    assert json.loads(oracle.read_text(encoding="utf-8")) == told


def test_without_locations_the_tills_are_numbered_from_one(tmp_path):
    assert run(tmp_path / "a.xml", registers="3") == 0
    ids = [e.text for e in tree((tmp_path / "a.xml").read_bytes()).iterfind(".//cashregister/")
           if e.tag == "registerID"]  # fmt: skip
    assert ids == ["1", "2", "3"]


def test_a_defect_can_be_asked_for_more_than_once(tmp_path):
    assert run(tmp_path / "a.xml", "--defect", "doctype", "--defect", "truncated") == 0
    assert b"<!DOCTYPE" in (tmp_path / "a.xml").read_bytes()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"company": "999999998"}, "feil kontrollsiffer"),
        ({"company": "99999999"}, "må ha ni siffer"),
        ({"company": "١٢٣٤٥٦٧٨٩"}, "må ha ni siffer"),
        ({"start": "1.10.2026"}, "må skrives som 2026-11-02"),
        ({"start": "2026-02-30"}, "må skrives som 2026-11-02"),
        ({"start": "1999-01-01"}, "mellom 2012"),
        ({"start": "9999-12-30"}, "mellom 2012"),
        ({"days": "0"}, "større enn null"),
        ({"days": "99999999999"}, "mellom 2012"),
        ({"registers": "-1"}, "større enn null"),
        ({"receipts": "0"}, "større enn null"),
        ({"name": "x" * 101}, "1 til 100"),
        ({"name": "a\x0bb"}, "1 til 100"),
        ({"locations": "Sentrum"}, "må skrives som Sentrum:2,Torget:1"),
        ({"locations": "Sentrum:1,Sentrum:1"}, "to ganger"),
        ({"locations": "Sentrum:2", "registers": "3"}, "har 2 kasser"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(tmp_path, capsys, changes, sentence):
    assert run(tmp_path / "a.xml", **changes) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "a.xml").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path, capsys):
    assert run(tmp_path / "none" / "a.xml") == 1
    assert "kan ikke skrives" in capsys.readouterr().err


@pytest.mark.parametrize(
    "changes",
    [{"days": "many"}, {"dialect": "other"}, {"defect": "no-such"}, {"profile": "zoo"},
     {"kinds": "few"}, {"tips": "beside"}, {"z": "often"}, {"encoding": "ebcdic"}],
)  # fmt: skip
def test_wrong_usage_ends_with_two(tmp_path, changes):
    assert run(tmp_path / "a.xml", **changes) == 2


def test_every_habit_can_be_asked_for(tmp_path):
    plan = replace(
        SMALL, tills=(("Sentrum", "1"),), kinds="every", dialect="absolute", tips="inside",
        currency="nok", z="gross", namespace="prefixed", encoding="utf-16", replaced=True,
    )  # fmt: skip
    habits = {name: getattr(plan, name) for name in HABITS}
    assert run(tmp_path / "a.xml", "--replaced", **habits) == 0
    assert (tmp_path / "a.xml").read_bytes() == written(plan)[0]


def test_cp1252_bytes_need_a_file_that_says_utf_8(tmp_path, capsys):
    changes = {"encoding": "utf-16", "defect": "cp1252-bytes"}
    assert run(tmp_path / "a.xml", **changes) == 1
    assert "krever en fil som sier UTF-8" in capsys.readouterr().err


def test_the_help_explains_every_defect():
    text = Command().create_parser("manage.py", "make_saft").format_help()
    for name, defect in DEFECTS.items():
        assert name in text
        assert defect.says in text

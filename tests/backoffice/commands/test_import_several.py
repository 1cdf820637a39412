"""`import_saft` with several files and with archives; `read_saft` of an archive (DESIGN.md 6)."""

import zipfile

import pytest

from accounting.books.models import Receipt
from tests.backoffice.commands.running import run
from tests.build import OTHER_ORG_NO, a_company
from tests.saft_official import OFFICIAL

COMPANY = ("--company", OTHER_ORG_NO)


@pytest.fixture
def company(db):
    return a_company(OTHER_ORG_NO)


@pytest.fixture
def file(tmp_path):
    def write(name, text=OFFICIAL):
        path = tmp_path / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("kasse.xml", text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    return write


def test_several_files_give_one_document_with_each(company, file):
    ended = run("import_saft", file("a.xml"), file("b.zip"), *COMPANY, "--json")
    first, second = ended.json["files"]
    assert (first["file"], first["receipts"]) == ("a.xml", {"new": 4, "same": 0})
    assert (second["file"], second["receipts"]) == ("b.zip", {"new": 0, "same": 4})


def test_one_file_gives_its_own_document(company, file):
    assert run("import_saft", file("a.zip"), *COMPANY, "--json").json["receipts"]["new"] == 4


def test_a_person_gets_a_line_for_each_file(company, file):
    said = run("import_saft", file("a.xml"), file("b.xml"), *COMPANY).out.splitlines()
    assert [line.split(":")[0] for line in said] == ["a.xml", "b.xml"]


def test_one_bad_file_keeps_the_others_out(company, file):
    ended = run("import_saft", file("a.xml"), file("b.xml", OFFICIAL[:-9]), *COMPANY, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (1, "file-truncated")
    assert not Receipt.objects.exists()


def test_a_file_that_is_not_there_keeps_the_others_out(company, file, tmp_path):
    ended = run("import_saft", file("a.xml"), tmp_path / "b.xml", *COMPANY, "--json")
    assert ended.json["error"]["code"] == "file-unreadable"
    assert not Receipt.objects.exists()


def test_an_archive_is_told_as_its_file_is(file):
    plain, packed = (run("read_saft", file(name), "--json").json for name in ("a.xml", "a.zip"))
    assert packed == plain
    assert packed["settlements"]

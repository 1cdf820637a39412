"""Every text on screen has its English, and what is compiled is what was written."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.catalogue import entries

ROOT = Path(__file__).parents[2]
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
FOLDERS = ("accounting", "integrations", "backoffice", "templates", "locale")


def test_every_text_has_its_english_and_none_is_a_guess() -> None:
    found = list(entries(PO))
    assert len(found) > 30
    assert [e.msgid for e in found if not all(e.translations)] == []
    assert [e.msgid for e in found if e.fuzzy] == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in entries(PO):
        if "msgid_plural" not in entry.parts:
            context = entry.parts.get("msgctxt")
            said = (
                compiled.pgettext(context, entry.msgid)
                if context
                else compiled.gettext(entry.msgid)
            )
            assert [said] == entry.translations, entry.msgid


@pytest.mark.parametrize("word", ["vennligst", "ugyldig"])
def test_no_text_of_ours_begs_or_judges(word: str) -> None:
    assert [e.msgid for e in entries(PO) if word in e.msgid.lower()] == []


@pytest.mark.slow
def test_no_text_in_the_code_is_missing_from_the_catalogue(tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "manage.py", tmp_path)
    collect = ["manage.py", "makemessages", "-l", "en", "--no-obsolete", "-v", "0"]
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "backoffice.settings"}
    subprocess.run([sys.executable, *collect], cwd=tmp_path, env=own, check=True, timeout=120)
    collected = {e.msgid for e in entries(tmp_path / PO.relative_to(ROOT))}
    assert collected == {e.msgid for e in entries(PO)}

"""ZIP files of tills' files: read as one delivery, or refused before anything of them is used."""

import io
import zipfile
import zlib

import pytest

from accounting.books.models import Receipt, Settlement
from integrations.pos import archives
from integrations.pos.archives import MOST_PARTS, read_delivery
from integrations.pos.intake import take_in
from integrations.pos.saft import ReceiptRead, RefusedFile
from integrations.pos.summary import summarise
from tests.build import ORG_NO, a_company
from tests.saft_builder import card_sale, event, location, saft, till, z_report

LIMIT = 10**6
DAY = {"CASH": "115.00"}, {"2": ("100.00", "15.00")}


def a_day(nr, *, z=True, org_no=ORG_NO):
    """One till's day: a receipt and the Z that closes it."""
    events = [event("SALREC", nr), z_report(nr, "115.00", *DAY)] if z else []
    return saft(location(till(*events, card_sale(nr))), org_no=org_no).encode()


def packed(*parts, way=zipfile.ZIP_DEFLATED):
    """An archive of these parts, in this order: bytes, or (name, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for index, part in enumerate(parts):
            name, data = part if isinstance(part, tuple) else (f"{index}.xml", part)
            archive.writestr(name, data)
    out.seek(0)
    return out


def refused(file, limit=LIMIT, expected=None):
    with pytest.raises(RefusedFile) as refusal:
        list(read_delivery(file, limit, expected))
    return refusal.value


def numbers(file):
    items = read_delivery(file, LIMIT)
    return [item.receipt.nr for item in items if isinstance(item, ReceiptRead)]


def test_a_plain_file_is_read_as_it_is():
    assert numbers(io.BytesIO(a_day("1"))) == ["1"]


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_parts_are_read_in_the_order_of_their_names(way):
    assert numbers(packed(("b.xml", a_day("2")), ("a.xml", a_day("1")), way=way)) == ["1", "2"]


def test_folders_and_what_a_mac_packs_beside_are_passed_by():
    assert numbers(packed(("kasse/", b""), ("__MACOSX/._1", b"x"), a_day("1"))) == ["1"]


def test_a_name_that_climbs_out_leads_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert numbers(packed(("../../kasse.xml", a_day("1")))) == ["1"]
    assert not list(tmp_path.iterdir())


def test_a_register_goes_on_in_the_next_part():
    told = summarise(read_delivery(packed(a_day("1"), a_day("2")), LIMIT))
    assert [day["z_number"] for day in told["settlements"]] == ["1", "2"]
    assert told["findings"] == []


def test_an_archive_of_no_files_is_refused():
    assert refused(packed()).code == "archive-empty"
    assert refused(packed(("kasse/", b""))).code == "archive-empty"


def test_too_many_files_are_refused():
    parts = [(f"{nr}.xml", b"") for nr in range(MOST_PARTS + 1)]
    assert refused(packed(*parts)).code == "archive-too-many"


def test_more_than_the_limit_when_unpacked_is_refused():
    day = a_day("1")
    assert refused(packed(day, day), limit=2 * len(day) - 1).code == "archive-too-large"
    assert list(read_delivery(packed(day, day), 2 * len(day)))


def test_what_is_packed_tighter_than_any_till_file_is_refused():
    assert refused(packed(b" " * 900_000)).code == "archive-too-tight"


def test_an_archive_inside_an_archive_is_refused():
    inner = packed(a_day("1")).getvalue()
    refusal = refused(packed(a_day("1"), ("b.zip", inner)))
    assert refusal.code == "archive-nested"
    assert "«b.zip»" in str(refusal)


def test_a_password_is_refused():
    data = bytearray(packed(a_day("1")).getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the archive's own list
    assert refused(io.BytesIO(data)).code == "archive-encrypted"


def test_a_rare_way_of_packing_is_refused():
    assert refused(packed(a_day("1"), way=zipfile.ZIP_BZIP2)).code == "archive-damaged"


@pytest.mark.parametrize("where", ["cut short", "other content", "other size"])
def test_damage_is_refused(where):
    data = bytearray(packed(a_day("1"), way=zipfile.ZIP_STORED).getvalue())
    if where == "cut short":
        data = data[:-30]
    elif where == "other content":
        at = data.index(b"Sentrum")
        data[at : at + 7] = b"sentrum"
    else:
        at = data.index(b"PK\x01\x02") + 24
        data[at] ^= 1
    assert refused(io.BytesIO(data)).code in {"archive-damaged", "file-truncated"}


def test_what_does_not_unpack_is_refused():
    data = bytearray(packed(a_day("1")).getvalue())
    data[60:90] = b"\xff" * 30
    assert refused(io.BytesIO(data)).code == "archive-damaged"
    assert zlib.error in archives._DAMAGE


def test_two_companies_in_one_archive_are_refused():
    other = a_day("2", org_no="999999999")
    assert refused(packed(a_day("1"), other)).code == "file-two-companies"
    assert refused(packed(a_day("1"), other), expected=ORG_NO).code == "file-of-another-company"


@pytest.mark.django_db
def test_parts_are_stored_as_one_delivery():
    company = a_company()
    report = take_in(company, packed(a_day("1"), a_day("2")))
    assert (report.settlements["new"], report.receipts["new"]) == (2, 2)


@pytest.mark.django_db
def test_nothing_of_an_archive_is_stored_when_its_last_part_is_refused():
    company = a_company()
    with pytest.raises(RefusedFile):
        take_in(company, packed(a_day("1"), a_day("2")[:-20]))
    assert not Receipt.objects.exists()
    assert not Settlement.objects.exists()
    assert not company.registers.exists()

"""Uploading: stored, read once, told at the file; nothing lost with the broker."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kombu.exceptions import OperationalError

from accounting.company.models import Company
from integrations.pos import tasks, uploads
from integrations.pos.generator import Plan, write
from integrations.pos.models import IntakeFile
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
UPLOAD = f"/s/{build.ORG_NO}/oppgjor/import/"


@pytest.fixture
def intake(settings, tmp_path: Path) -> Path:
    settings.INTAKE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def company(client: Client, intake: Path) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


def _saft(company: Company, org_no: str = "", *defects: str) -> bytes:
    own = org_no or company.org_no
    tills = (("Her", "1"),)
    plan = Plan(own, company.name, build.DAY, 1, tills, receipts=5, seed=1, defects=defects)
    out = BytesIO()
    write(plan, out)
    return out.getvalue()


def _send(client: Client, *contents: bytes, **more):
    files = [SimpleUploadedFile(f"dag{i}.xml", c) for i, c in enumerate(contents, 1)]
    return client.post(UPLOAD, {"saft": files}, follow=True, **more)


def _stored(intake: Path) -> list[Path]:
    return [path for path in intake.rglob("*") if path.is_file()]


def test_a_file_is_stored_and_waits(client: Client, company: Company, intake: Path) -> None:
    page = _send(client, _saft(company)).content.decode()
    row = IntakeFile.objects.get()
    assert [path.name for path in _stored(intake)] == [row.sha256]
    assert (row.state, row.name, row.received_by.name) == (
        IntakeFile.WAITING,
        "dag1.xml",
        "Kari N.",
    )
    assert 'hx-trigger="every 2s"' in page


def test_it_is_read_once_and_removed(client: Client, company: Company, intake: Path) -> None:
    _send(client, _saft(company))
    row = IntakeFile.objects.get()
    tasks.read_file(file_id=row.pk)
    tasks.read_file(file_id=row.pk)
    row.refresh_from_db()
    assert row.report["settlements"]["new"] == 1
    assert company.settlements.count() == 1
    assert _stored(intake) == []
    page = Page(client, UPLOAD)
    assert "Lest" in page.rows()[0]
    assert "every 2s" not in page.source


def test_what_was_read_is_not_read_again(client: Client, company: Company, intake: Path) -> None:
    for _ in range(2):
        answer = _send(client, _saft(company))
        tasks.read_waiting()
    assert "dag1.xml er lest fra før. Ingenting er endret." in answer.content.decode()
    assert IntakeFile.objects.count() == 1
    assert _stored(intake) == []


def test_several_files_at_once_get_a_line_each(client: Client, company: Company) -> None:
    _send(client, b"<a/>", b"<b/>")
    assert [row.split()[0] for row in Page(client, UPLOAD).rows()] == ["dag2.xml", "dag1.xml"]


def test_another_company_s_file_is_refused_with_the_reason(
    client: Client, company: Company, intake: Path
) -> None:
    _send(client, _saft(company, build.OTHER_ORG_NO))
    tasks.read_waiting()
    row = IntakeFile.objects.get()
    assert row.state == IntakeFile.REFUSED
    said = "Den gjelder organisasjonsnummer 999999999, ikke 923456783."
    assert said in Page(client, UPLOAD).text
    assert said in Page(client, f"{UPLOAD}{row.pk}/").text
    assert _stored(intake) == []


def test_a_refused_file_may_be_tried_again(client: Client, company: Company) -> None:
    for _ in range(2):
        _send(client, b"<a/>")
        assert IntakeFile.objects.get().state == IntakeFile.WAITING
        tasks.read_waiting()
        assert IntakeFile.objects.get().state == IntakeFile.REFUSED


def test_a_file_too_large_is_said_so_and_not_stored(
    client: Client, company: Company, intake: Path, settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    page = _send(client, b"<a>larger than ten</a>").content.decode()
    assert "Filen dag1.xml er ikke lest: den er større enn 0 MB." in page
    assert _stored(intake) == []


def test_an_empty_file_is_refused_by_the_reader(client: Client, company: Company) -> None:
    _send(client, b"")
    tasks.read_waiting()
    assert "Den er tom." in Page(client, UPLOAD).text


def test_no_file_is_said_at_the_field(client: Client, company: Company) -> None:
    assert "Velg en fil først." in client.post(UPLOAD, {}).content.decode()


def test_without_a_broker_the_next_tick_reads_it(
    client: Client, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.read_file, "delay", gone)
    _send(client, _saft(company))
    tasks.read_waiting()
    assert IntakeFile.objects.get().state == IntakeFile.READ


def test_a_stored_file_that_is_gone_waits_for_another_upload(
    client: Client, company: Company, intake: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _send(client, _saft(company))
    _stored(intake)[0].unlink()
    tasks.read_waiting()
    assert "is gone" in caplog.text
    _send(client, _saft(company))
    tasks.read_waiting()
    assert IntakeFile.objects.get().state == IntakeFile.READ


@pytest.fixture
def broken_off() -> Iterator[bytes]:
    def chunks() -> Iterator[bytes]:
        yield b"<auditfile"
        raise ConnectionResetError

    return chunks()


def test_an_upload_that_breaks_off_leaves_nothing(
    company: Company, intake: Path, broken_off: Iterator[bytes]
) -> None:
    with pytest.raises(ConnectionResetError):
        uploads.keep(company, "dag.xml", broken_off, build.NOW, None)
    assert _stored(intake) == []
    assert not IntakeFile.objects.exists()


def test_findings_are_told_on_the_file_s_page(client: Client, company: Company) -> None:
    _send(client, _saft(company, "", "z-total-differs"))
    tasks.read_waiting()
    page = Page(client, f"{UPLOAD}{IntakeFile.objects.get().pk}/")
    assert "Oppgjør 1 0 0 0" in page.rows()
    assert "Å se på Z-rapporten sier " in page.text
    (settlement,) = company.settlements.all()
    address = page.link(f"{settlement.business_date:%d.%m.%Y} · Z {settlement.z_number}")
    assert address.endswith(f"/oppgjor/{settlement.pk}/")
    assert "Én ting å se på." in Page(client, UPLOAD).text

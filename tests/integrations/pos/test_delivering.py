"""A till delivers by itself: one company's key, one file, one answer; nothing stored that is refused."""

import fcntl
import re
import subprocess
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounting.books.models import Receipt
from accounting.company.models import AuditEntry, Company
from accounting.company.records import Refused, switch_accounting
from integrations.pos import tokens, uploads
from integrations.pos.generator import Plan, write
from integrations.pos.models import IntakeFile, IntakeToken
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SAFT = "/api/v1/saft"
PAGE = f"/s/{build.ORG_NO}/oppsett/integrasjoner/kasser/levering/"
GUIDE = Path(__file__).parents[3] / "docs" / "tills.md"


@pytest.fixture
def company(settings, tmp_path: Path) -> Company:
    settings.INTAKE_DIR = tmp_path / "intake"
    cache.clear()
    return build.a_company()


@pytest.fixture
def key(company: Company) -> str:
    return tokens.make(company, "Kasse 1", actor=build.a_manager(company))[1]


def _saft(org_no: str = build.ORG_NO, *defects: str) -> bytes:
    plan = Plan(org_no, "Fjordkaffe AS", build.DAY, 1, (("Her", "1"),), 5, 1, defects=defects)
    out = BytesIO()
    write(plan, out)
    return out.getvalue()


def _deliver(key: str, content: bytes, **more):
    """The bytes alone, from a machine without cookies, and with CSRF looked for."""
    machine = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {key}", **more.pop("headers", {})}
    return machine.post(SAFT, content, content_type="application/xml", headers=headers, **more)


def _error(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def _left(settings) -> list[Path]:
    return [path for path in Path(settings.INTAKE_DIR).rglob("*") if path.is_file()]


def test_a_file_is_read_and_answered_with_what_came_of_it(company, key, settings) -> None:
    answer = _deliver(key, _saft())
    told = answer.json()
    assert (answer.status_code, told["delivery"]) == (201, "new")
    assert told["settlements"] == {"new": 1, "same": 0, "changed": 0, "incomplete": 0}
    assert told.keys() == {"file", "settlements", "receipts", "findings", "delivery"}
    assert company.settlements.count() == 1
    assert _left(settings) == []
    assert not answer.cookies


def test_the_same_file_again_gives_the_same_answer(company, key) -> None:
    first, again = (_deliver(key, _saft()) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"delivery": "same"}
    assert IntakeFile.objects.count() == 1


def test_a_form_does_as_well(company, key) -> None:
    file = SimpleUploadedFile("natt.xml", _saft())
    answer = Client(enforce_csrf_checks=True).post(
        SAFT, {"file": file}, headers={"Authorization": f"bearer {key}"}
    )
    assert (answer.status_code, answer.json()["file"]) == (201, "natt.xml")
    form = Client().post(SAFT, {"saft": "x"}, headers={"Authorization": f"Bearer {key}"})
    assert _error(form) == (400, "delivery-without-file")


def test_a_refused_file_says_why_and_leaves_nothing(company, key, settings) -> None:
    cut = _saft()[:-400]
    answer = _deliver(key, cut)
    assert _error(answer) == (400, "file-truncated")
    assert answer.json()["error"]["line"] > 1
    assert "ingenting er lagret" in answer.json()["error"]["text"]
    english = _deliver(key, cut, headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert "nothing was stored" in english.json()["error"]["text"]
    assert not Receipt.objects.exists()
    assert _left(settings) == []


def test_another_company_s_file_is_refused(company, key) -> None:
    assert _error(_deliver(key, _saft(build.OTHER_ORG_NO))) == (400, "file-of-another-company")
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer kasse_feil", "Basic {key}", "{key}"])
def test_whoever_has_no_key_gets_the_same_answer(company, key, header) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post(
        SAFT, _saft(), "application/xml", headers={"Authorization": header.format(key=key)}
    )
    assert _error(answer) == (401, "token-refused")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not IntakeFile.objects.exists()


def test_a_log_in_opens_nothing(client: Client, company, key) -> None:
    build.a_confirmed_login(client, company.memberships.get().user)
    assert _error(client.post(SAFT, _saft(), "application/xml")) == (401, "token-refused")


def test_a_withdrawn_key_opens_nothing(company, key) -> None:
    token = IntakeToken.objects.get()
    kari = company.memberships.get().user
    assert [tokens.withdraw(token, actor=kari) for _ in range(2)] == [True, False]
    assert _error(_deliver(key, _saft())) == (401, "token-refused")
    assert list(AuditEntry.objects.values_list("action", flat=True).order_by("-pk")[:2]) == [
        "delivery-key-withdrawn",
        "delivery-key-made",
    ]


def test_a_key_for_something_else_is_refused(company, key) -> None:
    IntakeToken.objects.update(scope="orders")
    assert _error(_deliver(key, _saft())) == (403, "token-for-other-use")


def test_where_accounting_is_off_nothing_is_taken(company, key) -> None:
    switch_accounting(company, on=False)
    assert _error(_deliver(key, _saft())) == (403, "accounting-off")
    assert not IntakeFile.objects.exists()


def test_what_is_too_large_is_refused_before_it_is_read(company, key, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000
    assert _error(_deliver(key, _saft())) == (413, "delivery-too-large")
    assert _left(settings) == []


def test_a_till_gone_wild_is_slowed_down(company, key, settings) -> None:
    settings.INTAKE_PER_MINUTE = 2
    with time_machine.travel(build.NOW, tick=False) as then:
        answers = [_deliver(key, b"<x/>") for _ in range(3)]
        assert _error(answers[-1]) == (429, "delivery-too-often")
        assert answers[-1]["Retry-After"] == "60"
        then.shift(timedelta(minutes=1))
        assert _deliver(key, _saft()).status_code == 201


def test_last_use_is_written_at_most_once_a_minute(company, key) -> None:
    with time_machine.travel(build.NOW, tick=False) as then:
        for _ in range(3):
            _deliver(key, _saft())
            then.shift(timedelta(seconds=25))
    assert IntakeToken.objects.get().last_used_at == build.NOW


def test_only_a_post_delivers(company, key) -> None:
    answer = Client().get(SAFT, headers={"Authorization": f"Bearer {key}"})
    assert _error(answer) == (405, "delivery-not-post")
    assert answer["Allow"] == "POST"


def test_a_name_has_one_key_in_use(company, key) -> None:
    kari = company.memberships.get().user
    with pytest.raises(Refused, match="«Kasse 1» har en nøkkel"):
        tokens.make(company, " Kasse  1 ", actor=kari)
    tokens.withdraw(IntakeToken.objects.get(), actor=kari)
    assert tokens.make(company, "Kasse 1", actor=kari)[1] != key


def test_the_manager_makes_one_sees_it_once_and_takes_it_back(client: Client, company) -> None:
    build.a_confirmed_login(client, build.a_manager(company))
    made = client.post(f"{PAGE}ny/", {"label": "Kasse 2"}).content.decode()
    (key,) = set(re.findall(r"kasse_[\w-]{43}", made))
    assert _deliver(key, _saft()).status_code == 201
    assert key not in client.get(PAGE).content.decode()
    assert key[-4:] in client.get(PAGE).content.decode()
    files = Page(client, f"/s/{build.ORG_NO}/oppgjor/import/")
    assert "levert av kasse «Kasse 2»" in files.rows()[0]
    token = IntakeToken.objects.get()
    client.post(f"{PAGE}{token.pk}/trekk-tilbake/")
    assert _error(_deliver(key, _saft())) == (401, "token-refused")


def test_who_has_not_lately_said_who_they_are_is_asked_first(client: Client, company) -> None:
    client.force_login(build.a_manager(company))
    answer = client.post(f"{PAGE}ny/", {"label": "Kasse 2"})
    assert answer.url.startswith("/konto/bekreft/")
    assert not IntakeToken.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_are_one(company, key) -> None:
    content, gate, got = _saft(), threading.Barrier(4), []

    def deliver() -> None:
        gate.wait()
        got.append(_deliver(key, content))
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in got) == [200, 200, 200, 201]
    assert {answer.json()["settlements"]["new"] for answer in got} == {1}
    assert Receipt.objects.count() == Receipt.objects.values("nr").distinct().count()


def test_while_somebody_else_reads_it_the_till_is_told_to_come_back(company, key, settings) -> None:
    settings.INTAKE_WAIT_S = 0
    row = uploads.keep(company, "natt.xml", [_saft()], build.NOW, None)
    with (Path(settings.INTAKE_DIR) / company.org_no / row.sha256).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = _deliver(key, _saft())
    assert _error(answer) == (202, "delivery-being-read")
    assert answer["Retry-After"] == "10"
    assert _deliver(key, _saft()).status_code == 201


def test_a_file_that_was_lost_while_it_waited_comes_back(company, key, settings) -> None:
    row = uploads.keep(company, "natt.xml", [_saft()], build.NOW, None)
    (Path(settings.INTAKE_DIR) / company.org_no / row.sha256).unlink()
    assert _deliver(key, _saft()).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_the_guide_s_commands_do_what_it_says(company, key, live_server, tmp_path: Path) -> None:
    (tmp_path / "saft.xml").write_bytes(_saft())
    commands = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(commands) == 2
    said = [
        subprocess.run(
            ["/bin/sh", "-c", command],
            check=False,
            cwd=tmp_path,
            env={"KEY": key, "SITE": live_server.url, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=30,
        )
        for command in commands
    ]
    assert [each.returncode for each in said] == [0, 0], said
    assert '"delivery": "new"' in said[0].stdout
    assert '"delivery": "same"' in said[1].stdout

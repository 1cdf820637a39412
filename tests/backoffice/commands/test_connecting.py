"""connect, fetch_chart and export_from: exit codes and sentences (DESIGN.md 6)."""

# ruff: noqa: ARG002 (fixtures)

from datetime import date

import pytest

from integrations.exports.models import Connection, ExportStart
from tests import build
from tests.backoffice.commands.running import run

COMPANY = ("--company", build.ORG_NO)
KEYS = ("APPLICATION", "CLIENT", "SUBSCRIPTION")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "command", ["connect", "fetch_chart", "export", "reconcile", "export_status"]
)
def test_an_unknown_company_is_refused_with_a_sentence(command):
    ended = run(command, "--company", "999999999")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "Det finnes ikke noe selskap med organisasjonsnummer 999999999.\n"


class TestConnect:
    def test_the_keys_are_tried_and_kept_sealed_and_the_chart_is_fetched(self, sandbox, company):
        ended = run("connect", *COMPANY)

        assert (ended.code, ended.err) == (0, "")
        connection = Connection.objects.get()
        assert connection.environment == "sandbox"
        assert connection.client_name in ended.out
        assert company.chart_accounts.count() > 50
        assert "a-client-key" not in ended.out

    @pytest.mark.parametrize("key", KEYS)
    def test_a_missing_key_is_named(self, sandbox, company, monkeypatch, key):
        monkeypatch.delenv(f"POWEROFFICE_{key}_KEY")

        ended = run("connect", *COMPANY)

        assert (ended.code, ended.out) == (1, "")
        assert ended.err == f"Miljøet mangler POWEROFFICE_{key}_KEY.\n"
        assert not Connection.objects.exists()

    def test_keys_that_do_not_open_are_refused_and_not_kept(self, sandbox, company, monkeypatch):
        monkeypatch.setenv("POWEROFFICE_CLIENT_KEY", "one-without-a-token-yet")
        sandbox.faults([{"call": "POST /OAuth/Token", "fault": "expired-token"}])

        ended = run("connect", *COMPANY)

        assert ended.code == 1
        assert "avviste nøklene" in ended.err
        assert not Connection.objects.exists()

    def test_an_environment_that_is_not_spoken_with_from_here_is_refused(
        self, sandbox, company, settings
    ):
        settings.POWEROFFICE_SANDBOX_URL = ""

        ended = run("connect", *COMPANY)

        assert ended.code == 1
        assert "miljø" in ended.err


class TestFetchChart:
    def test_it_replaces_the_chart(self, exporting, sandbox):
        sandbox.seed({"accounts": [{"number": 3039, "vat_code": "31"}]})

        ended = run("fetch_chart", *COMPANY)

        assert ended.code == 0
        assert exporting.chart_accounts.filter(number="3039").exists()
        assert f"{exporting.chart_accounts.count()} kontoer" in ended.out

    def test_without_a_connection_it_is_refused(self, company):
        ended = run("fetch_chart", *COMPANY)

        assert (ended.code, ended.out) == (1, "")
        assert "«connect»" in ended.err

    def test_a_far_side_that_does_not_answer_leaves_the_chart_as_it_was(self, exporting, sandbox):
        before = set(exporting.chart_accounts.values_list("pk", flat=True))
        sandbox.faults([{"call": "GET *", "fault": "500-before-commit"}])

        ended = run("fetch_chart", *COMPANY)

        assert ended.code == 1
        assert ended.err.count("\n") == 1
        assert set(exporting.chart_accounts.values_list("pk", flat=True)) == before


class TestExportFrom:
    def test_the_date_is_chosen(self, company):
        ended = run("export_from", *COMPANY, "2026-11-01")

        assert ended.code == 0
        assert "01.11.2026" in ended.out
        assert ExportStart.objects.get().day == date(2026, 11, 1)

    @pytest.mark.parametrize("again", ["2026-11-01", "2026-11-02"])
    def test_it_cannot_be_chosen_again(self, company, again):
        run("export_from", *COMPANY, "2026-11-01")

        ended = run("export_from", *COMPANY, again)

        assert (ended.code, ended.out) == (1, "")
        assert ended.err == "Startdatoen er satt til 01.11.2026 og kan ikke endres.\n"
        assert ExportStart.objects.get().day == date(2026, 11, 1)

    @pytest.mark.parametrize(
        ("far", "said"),
        [
            (
                "0001-01-01",
                "Startdatoen kan ikke være før 01.01.2012. Så gamle kassefiler finnes ikke.",
            ),
            (
                "2011-12-31",
                "Startdatoen kan ikke være før 01.01.2012. Så gamle kassefiler finnes ikke.",
            ),
            ("9999-12-31", "Startdatoen kan ikke være mer enn ett år frem i tid."),
        ],
    )
    def test_a_date_that_can_only_be_mistyped_is_refused(self, company, far, said):
        ended = run("export_from", *COMPANY, far)

        assert (ended.code, ended.err) == (1, f"{said}\n")
        assert not ExportStart.objects.exists()

    @pytest.mark.parametrize("text", ["1.11.2026", "2026-02-30", "i dag"])
    def test_what_is_no_date_is_refused(self, company, text):
        ended = run("export_from", *COMPANY, text)

        assert ended.code == 1
        assert ended.err == f"«{text}» er ikke en dato. Skriv den slik: 2026-11-01.\n"
        assert not ExportStart.objects.exists()

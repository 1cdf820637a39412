"""Several exports at once: what is ticked is done, what has moved is named, and nothing else is touched."""

import pytest
from django.test import Client

from accounting.books.domain.issues import Fix, Issue, to_json
from accounting.books.domain.issues import Page as There
from accounting.company.models import AuditEntry, Company
from integrations.exports import acting, deciding
from integrations.exports.acting import Act, Pick, written
from integrations.exports.models import Export
from integrations.exports.states import Sent, State
from tests import build
from tests.integrations.exports.saying import REFUSED, ROOT, STATUS
from tests.pages import Page

pytestmark = pytest.mark.django_db
BULK = f"{STATUS}flere/"


@pytest.fixture
def kari(company: Company, client: Client):
    kari = build.a_manager(company)
    client.force_login(kari)
    return kari


def _refused(company: Company, number: int) -> list[Export]:
    sold = {"cash": "10.00", "sales": {"3": "10.00"}}
    exports = [build.a_ready_export(company, register=str(n), **sold) for n in range(1, number + 1)]
    return [build.ended(export, REFUSED) for export in exports]


def _states(company: Company) -> list[str]:
    return list(company.exports.order_by("pk").values_list("state", flat=True))


def test_one_tick_sends_everything_that_waits_for_the_same(
    client: Client, company: Company, kari
) -> None:
    _refused(company, 3)
    answer = client.post(
        BULK, {"handling": "send", "valgt": _ticks(client)[0]}, follow=True
    ).content.decode()
    assert "3 oppgjør står klare og sendes om et øyeblikk." in answer
    assert _states(company) == ["READY"] * 3
    noted = AuditEntry.objects.filter(action="export-sent-again", actor=kari)
    assert noted.count() == 3


def test_single_settlements_of_a_cause_can_be_ticked(
    client: Client, company: Company, kari
) -> None:
    exports = _refused(company, 3)
    picked = _ticks(client)
    assert picked[1:] == [f"{export.pk}-1" for export in exports]
    client.post(BULK, {"handling": "send", "valgt": picked[1:3]})
    assert _states(company) == ["READY", "READY", "BLOCKED"]


def test_what_has_moved_since_the_page_was_shown_is_named_and_left(
    client: Client, company: Company, kari
) -> None:
    first, _ = _refused(company, 2)
    ticks = _ticks(client)
    assert deciding.leave_out(first, "Ført for hånd", kari)
    answer = client.post(
        BULK, {"handling": "send", "valgt": ticks[0]}, follow=True
    ).content.decode()
    assert "Ett oppgjør står klart" in answer
    assert "Ett oppgjør ble ikke rørt: Z 1." in answer
    assert _states(company) == ["LEFT_OUT", "READY"]


def test_another_revision_than_the_one_that_was_seen_is_left(company: Company, kari) -> None:
    (export,) = _refused(company, 1)
    done = acting.on_all(company, [Pick(export.pk, 7)], Act.SEND, kari)
    assert (done.moved, done.left) == (0, (export,))


def test_leaving_out_asks_why_and_lists_what(client: Client, company: Company, kari) -> None:
    _refused(company, 2)
    tick = _ticks(client)[0]
    asked = client.post(BULK, {"handling": "utelat", "valgt": tick}).content.decode()
    assert "2 oppgjør på til sammen 20,00 kr blir aldri overført herfra." in asked
    assert _states(company) == ["BLOCKED", "BLOCKED"]
    wanting = client.post(BULK, {"handling": "utelat", "valgt": tick, "reason": " "})
    assert "Skriv hvorfor oppgjørene ikke skal overføres." in wanting.content.decode()
    client.post(BULK, {"handling": "utelat", "valgt": tick, "reason": "Ligger i nettbutikken"})
    assert _states(company) == ["LEFT_OUT", "LEFT_OUT"]
    assert set(company.exports.values_list("reason", flat=True)) == {"Ligger i nettbutikken"}


def test_what_is_booked_by_hand_says_where(client: Client, company: Company, kari) -> None:
    (export,) = _refused(company, 1)
    posted = {"handling": "manuelt", "valgt": written([export]), "reason": "bilag 10 412"}
    answer = client.post(BULK, posted, follow=True).content.decode()
    assert "Ett oppgjør er merket som ført manuelt." in answer
    export.refresh_from_db()
    assert (export.state, export.reason) == ("LEFT_OUT", "Ført manuelt: bilag 10 412")
    assert AuditEntry.objects.get(action="export-booked-by-hand").actor == kari


def test_what_is_over_there_is_never_sent_or_built_in_passing(company: Company, kari) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    for act in Act:
        done = acting.on_all(company, [Pick(export.pk, 1)], act, kari, "for sikkerhets skyld")
        assert done.moved == 0, act
    export.refresh_from_db()
    assert (export.state, export.revision) == ("SENT", 1)


def test_what_was_deleted_over_there_is_sent_under_a_new_mark(company: Company, kari) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    Export.objects.filter(pk=export.pk).update(
        state=State.REMOVED, issues=[to_json(Issue("draft-removed", fix=Fix(There.STATUS)))]
    )
    done = acting.on_all(company, [Pick(export.pk, 1)], Act.SEND, kari)
    before = export.mark
    export.refresh_from_db()
    assert (done.moved, export.state, export.revision) == (1, "READY", 2)
    assert export.mark != before


def test_another_company_s_exports_are_out_of_reach(client: Client, company: Company, kari) -> None:
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    (theirs,) = _refused(other, 1)
    client.post(BULK, {"handling": "send", "valgt": written([theirs])})
    assert _states(other) == ["BLOCKED"]


def test_everything_can_be_checked_again_without_sending_it(
    client: Client, company: Company, kari
) -> None:
    _refused(company, 1)
    build.the_suggested_setup(company)
    company.chart_accounts.filter(number="1900").update(active=False)
    build.a_settlement(company, register="7", cash="5.00", sales={"3": "5.00"})
    build.built(company)
    company.chart_accounts.filter(number="1900").update(active=True)
    page = Page(client, STATUS)
    (form,) = [f for f in page.tree.xpath("//form") if "Kontroller alle" in f.text_content()]
    posted = {"valgt": form.xpath(".//input[@name='valgt']")[0].get("value")}
    answer = client.post(BULK, {"handling": "kontroller", **posted}, follow=True).content.decode()
    assert "Ett oppgjør er kontrollert på nytt." in answer
    assert _states(company) == ["BLOCKED", "READY"]


def test_the_same_queries_however_many_wait(
    client: Client, company: Company, kari, django_assert_max_num_queries
) -> None:
    _refused(company, 5)
    Page(client, "/?alle=1")
    with django_assert_max_num_queries(12):
        Page(client, STATUS)


def _ticks(client: Client) -> list[str]:
    page = Page(client, STATUS)
    return [each.get("value") for each in page.tree.xpath("//input[@type='checkbox']")]


def test_a_run_sends_those_that_stopped_and_leads_back(
    client: Client, company: Company, kari
) -> None:
    exports = _refused(company, 2)
    run = exports[0].run
    address = f"{ROOT}/overforing/kjoringer/{run.pk}/"
    page = Page(client, address)
    fields = {
        each.get("name"): each.get("value")
        for each in page.tree.xpath("//form//input[@type='hidden']")
        if each.get("name") in ("run", "valgt")
    }
    answer = client.post(BULK, {"handling": "send", **fields}, follow=True)
    assert answer.request["PATH_INFO"] == address

"""Every stop on the way out, provoked: Status names it in both languages, and its link lands.

What Kontooppsett lacks is in tests/rules/test_fix_links.py, what the till's content stops in deciding/,
what keeps a company from being connected in poweroffice/.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounting.books import decisions
from accounting.books.domain.issues import Issue, words
from accounting.books.domain.words.arrived import ARRIVED
from accounting.books.domain.words.exporting import EXPORTING
from accounting.books.domain.words.night import NIGHT
from accounting.books.models import Receipt
from accounting.company.models import Company
from backoffice.models import User
from integrations.exports import following, queries, reconcile, sweeping, tasks, withdrawing
from integrations.exports.models import Connection, Export
from integrations.poweroffice.checking import check
from integrations.poweroffice.connect import fetch_chart
from tests import build
from tests.integrations.exports.journey import QUIET, fails
from tests.integrations.exports.saying import STATUS
from tests.pages import Page
from tests.sandbox import Sandbox

READ_BACK, GIVE_UP, HOUR = 60, 24 * 3600, 3600
LIST = "GET /JournalEntryVouchers"


class World:
    """What a provocation may turn: the company, its day on the way, the sandbox, and our clock."""

    def __init__(self, export: Export, sandbox: Sandbox, later, now, kari: User) -> None:
        self.sandbox, self.later, self.now, self.kari = sandbox, later, now, kari
        self.company: Company = export.company

    def known(self, **seed) -> None:
        """Something is changed in Go, and we fetch what we know of it anew."""
        self.sandbox.seed(seed)
        fetch_chart(self.company.connections.get())
        tasks.tick()

    def sent(self) -> str:
        """The day is sent; gives the draft's id."""
        tasks.tick()
        return self.sandbox.drafts[0]["id"]

    def looked(self, seconds: float) -> None:
        """Time passes, and we look at the drafts."""
        self.later(seconds)
        following.due(self.now(), also_early=True)


def _locked(world: World) -> None:
    world.known(lock_date="2026-11-23")


def _begins_later(world: World) -> None:
    world.known(conversion_date="2026-11-24")


def _not_registered(world: World) -> None:
    world.known(vat_registered=False)


def _no_department(world: World) -> None:
    company = world.company
    centre = build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    build.a_settlement(company, department=centre, register="2", cash="9.00", sales={"31": "9.00"})
    build.run_at_once(company)
    world.known(departments=[{"code": "10", "active": False}])


def _no_right(world: World) -> None:
    fails(world.sandbox, "revoked-right")
    tasks.tick()


def _a_right_that_the_test_misses(world: World) -> None:
    world.sandbox.seed({"privileges": ["GeneralLedgerAccount", "CommonServices", "Department"]})
    check(world.company.connections.get())
    tasks.tick()


def _words_of_their_own(world: World) -> None:
    world.sandbox.seed({"accounts": [{"number": 3030, "active": False}]})
    tasks.tick()


def _never_an_answer(world: World) -> None:
    fails(world.sandbox, "500-before-commit", times=100)
    for _ in range(30):
        tasks.tick()
        world.later(QUIET)


def _nobody_can_tell(world: World) -> None:
    fails(world.sandbox, "lose-answer-after-commit")
    tasks.tick()
    fails(world.sandbox, "500-before-commit", LIST, times=100)
    world.later(GIVE_UP + QUIET)
    tasks.tick()


def _deleted(world: World) -> None:
    world.sandbox.delete(world.sent())
    world.looked(QUIET)


def _told_otherwise(world: World) -> None:
    fails(world.sandbox, "altered-line")
    world.sent()
    world.looked(READ_BACK)


def _twice(world: World, *, posted: bool) -> None:
    """The first send came to an end after we had stopped waiting for it."""
    world.sent()
    Export.objects.update(state="READY", remote_id=None, not_before=None)
    tasks.tick()
    export = Export.objects.get()
    if posted:
        (other,) = [d["id"] for d in world.sandbox.drafts if d["id"] != export.remote_id]
        world.sandbox.post(other)


def _twice_and_one_is_posted(world: World) -> None:
    _twice(world, posted=True)
    sweeping.company(Connection.objects.select_related("company").get(), world.now())


def _found_twice(world: World) -> None:
    _twice(world, posted=False)
    Export.objects.update(
        state="UNCERTAIN", remote_id=None, not_before=None, doubted_at=world.now()
    )
    reconcile.everything(world.company)


def _posted_before_it_was_asked_back(world: World) -> None:
    draft = world.sent()
    assert withdrawing.ask(Export.objects.get(), world.kari)
    world.sandbox.post(draft)
    withdrawing.one(Export.objects.get().pk)


def _an_unknown_key(world: World) -> None:
    fails(world.sandbox, "expired-token", times=9)
    tasks.tick()


def _delivered_again(world: World, *more: str) -> None:
    world.sent()
    receipts = [
        build.a_receipt({"31": amount}, {"cash": amount}, nr=1000 + number)
        for number, amount in enumerate(more)
    ]
    build.deliver(world.company, receipts, z_number="1")
    tasks.tick()


def _sales_came_late(world: World) -> None:
    _delivered_again(world, "295.00", "100.00")


def _another_sum(world: World) -> None:
    """The till delivers the receipt again with another sum, and Kari says that it is this one."""
    _delivered_again(world, "395.00")
    newest = Receipt.objects.get(nr="1000", version=2)
    decisions.choose_receipt(newest, "Rettet i kassen", world.kari)
    tasks.tick()


PROVOKED: dict[str, Callable[[World], None]] = {
    "period-locked": _locked,
    "before-conversion": _begins_later,
    "vat-not-registered": _not_registered,
    "department-gone": _no_department,
    "privilege-missing": _no_right,
    "rights-missing": _a_right_that_the_test_misses,
    "refused-by-provider": _words_of_their_own,
    "outcome-undecided": _nobody_can_tell,
    "key-refused": _an_unknown_key,
    "too-many-tries": _never_an_answer,
    "draft-removed": _deleted,
    "draft-differs": _told_otherwise,
    "draft-surplus": _twice_and_one_is_posted,
    "draft-found-twice": _found_twice,
    "draft-kept": _posted_before_it_was_asked_back,
    "sales-after-export": _sales_came_late,
    "changed-after-export": _another_sum,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", PROVOKED)
def test_status_says_it_in_both_languages_and_the_link_lands(
    client: Client, on_its_way: Export, sandbox: Sandbox, later, now, code: str
) -> None:
    kari = build.with_grant(on_its_way.company, build.a_manager(on_its_way.company))
    build.a_confirmed_login(client, kari)
    PROVOKED[code](World(on_its_way, sandbox, later, now, kari))

    found = {cause.issue.code: cause.issue for cause in queries.causes(on_its_way.company)}
    assert code in found, found
    for language in ("nb", "en"):
        User.objects.filter(pk=kari.pk).update(language=language)
        _says_and_leads(client, found[code], language)


def _says_and_leads(client: Client, issue: Issue, language: str) -> None:
    page = Page(client, STATUS)
    said = words(issue, language)
    row = next(
        each for each in page.tree.xpath("//ul[@class='tasks']/li") if said.way_out in _read(each)
    )
    address = row.xpath("./p[@class='way-out']/a")[0].get("href")
    there = Page(client, address, follow=True)
    place = urlsplit(address).fragment
    landed = (
        there.tree.xpath(f"//*[@id='{place}']") if place else there.tree.xpath("//*[@autofocus]")
    )
    assert landed, f"{address} lands nowhere"


def _read(element) -> str:
    return " ".join(element.text_content().split())


# Where the others are provoked. A new code stands in the table above, or here.
ELSEWHERE = {
    "attachment-missing": "test_attaching.py",
    "chart-empty": "poweroffice/test_connect.py",
    "client-at-another-company": "poweroffice/test_connect.py",
    "draft-edited": "as draft-differs, at a later look: test_fates.py",
    "environment-not-allowed": "poweroffice/test_sending.py",
    "moved-after-export": "as changed-after-export: test_correcting.py",
    "not-connected": "test_pages.py",
    "outcome-unknown": "a state of its own on Status: test_pages.py",
    "provider-unreachable": "poweroffice/test_connect.py",
    "slot-late": "test_runs_page.py",
    "slot-late-unfinished": "test_lateness.py",
}


def test_every_code_on_the_way_out_is_provoked() -> None:
    assert {*EXPORTING, *NIGHT, *ARRIVED} - PROVOKED.keys() - ELSEWHERE.keys() == set()

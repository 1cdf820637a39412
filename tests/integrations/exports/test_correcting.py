"""What the till changes after it was sent: shown, approved by a person, and only the difference sent."""

import pytest

from accounting import clock
from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.models import Settlement
from accounting.books.records import save_setup
from accounting.company.models import AuditEntry, Company
from integrations.exports import build as building
from integrations.exports import (
    correcting,
    deciding,
    following,
    parts,
    queries,
    send,
    tasks,
    withdrawing,
)
from integrations.exports.builder import changed_issue
from integrations.exports.correcting import Proposal, proposal
from integrations.exports.models import Export
from tests import build
from tests.integrations.exports.journey import codes, state
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db
FOOD = RuleKey(Role.SALES, vat_code="31")


@pytest.fixture
def sent(on_its_way) -> Export:
    """A day of 295 kroner, as an unposted draft in the sandbox."""
    assert send.one(on_its_way.pk) == "SENT"
    on_its_way.refresh_from_db()
    return on_its_way


@pytest.fixture
def posted(sent, sandbox: Sandbox) -> Export:
    """The same day, posted by the accountant, with its voucher number."""
    the_accountant_posts(sandbox, sent)
    assert state(sent) == "POSTED"
    return sent


@pytest.fixture
def manager(company: Company):
    return build.a_manager(company)


def the_accountant_posts(sandbox: Sandbox, export: Export) -> None:
    """Posted over there, and seen by us."""
    sandbox.post(export.remote_id)
    following.due(clock.now(), also_early=True)


def the_till_says(company: Company, *amounts: str) -> None:
    """The same Z delivered again, with these sales of food for cash; and the tick after it."""
    receipts = [
        build.a_receipt({"31": amount}, {"cash": amount}, nr=1000 + number)
        for number, amount in enumerate(amounts)
    ]
    build.deliver(company, receipts, z_number="1")
    tasks.tick()


def correction_of(export: Export) -> Export:
    *_, last = Export.objects.filter(document=export.document).order_by("part")
    return last


def shown(export: Export) -> Proposal:
    """What a person is shown of a proposed correction."""
    there = parts.stands(parts.parts_of(export.settlement))
    company = Company.objects.get(pk=export.company_id)
    built = building.Builder(company, export.provider, build.NOW).built(export.settlement)
    found = proposal(built, there, company.setup_version)
    assert found
    return found


def approve(export: Export, manager) -> bool:
    return correcting.approve(export, shown(export).key, manager)


def vouchers(sandbox: Sandbox) -> list[dict[str, str]]:
    """Everything over there, oldest first, as account → signed amount."""
    state = sandbox.state()
    rows = sorted(state["drafts"] + state["vouchers"], key=lambda draft: draft["created"])
    return [
        {
            line["account"]: ("" if line["side"] == "debit" else "-") + line["amount"]
            for line in row["lines"]
        }
        for row in rows
    ]


class TestAfterPosting:
    def test_a_person_is_told_and_nothing_is_sent(self, posted, company, sandbox):
        the_till_says(company, "295.00", "50.00")
        proposed = correction_of(posted)
        assert (proposed.part, proposed.state, proposed.debit) == (1, "BLOCKED", 50_00)
        assert proposed.awaits_approval
        (cause,) = queries.causes(company)
        assert cause.issue.code == "sales-after-export"
        assert dict(cause.issue.facts) == {"count": "1", "amount": "50.00"}
        assert len(vouchers(sandbox)) == 1

    def test_approved_only_the_difference_goes_and_names_the_first_voucher(
        self, posted, company, sandbox, manager
    ):
        the_till_says(company, "295.00", "50.00")
        assert approve(correction_of(posted), manager)
        tasks.tick()
        assert vouchers(sandbox)[1:] == [{"1900": "50.00", "3030": "-50.00"}]
        made = correction_of(posted)
        draft = next(d for d in sandbox.drafts if d["id"] == made.remote_id)
        assert draft["description"].startswith(f"Korrigering av bilag {posted.voucher_no}, ")
        assert draft["description"].endswith(f"[{made.mark}]")
        assert (made.state, state(posted)) == ("SENT", "POSTED")
        assert made.mark != posted.mark
        assert queries.causes(company) == []
        note = AuditEntry.objects.get(action="export-corrected")
        assert (note.actor, note.before, note.after["sum"]) == (
            manager,
            {"sum": "295.00"},
            "345.00",
        )

    def test_what_is_approved_is_exactly_what_was_shown(self, posted, company, sandbox, manager):
        the_till_says(company, "295.00", "50.00")
        seen = shown(correction_of(posted)).key
        the_till_says(company, "295.00", "50.00", "50.00")
        assert not correcting.approve(correction_of(posted), seen, manager)
        save_setup(company, None, {FOOD: Rule("3040", "31")})
        assert not correcting.approve(correction_of(posted), seen, manager)
        tasks.tick()
        assert len(vouchers(sandbox)) == 1

    def test_after_an_account_change_both_accounts_end_right(
        self, posted, company, sandbox, manager
    ):
        save_setup(company, None, {FOOD: Rule("3040", "31")})
        the_till_says(company, "295.00", "50.00")
        assert shown(correction_of(posted)).moved
        assert approve(correction_of(posted), manager)
        tasks.tick()
        assert vouchers(sandbox)[1:] == [{"1900": "50.00", "3040": "-345.00", "3030": "295.00"}]

    def test_a_correction_that_is_not_sent_is_built_anew_and_never_doubled(
        self, posted, company, sandbox, manager
    ):
        the_till_says(company, "295.00", "50.00")
        assert approve(correction_of(posted), manager)
        the_till_says(
            company, "295.00", "50.00", "50.00"
        )  # before the tick that would have sent it
        made = correction_of(posted)
        assert (made.part, made.awaits_approval, made.debit) == (1, True, 100_00)
        assert len(vouchers(sandbox)) == 1
        assert approve(made, manager)
        tasks.tick()
        assert vouchers(sandbox)[1:] == [{"1900": "100.00", "3030": "-100.00"}]

    def test_one_after_the_other_they_add_up(self, posted, company, sandbox, manager):
        said = ["295.00"]
        for amount in ("50.00", "-100.00", "0.50"):
            said.append(amount)
            the_till_says(company, *said)
            made = correction_of(posted)
            assert approve(made, manager)
            tasks.tick()
            the_accountant_posts(sandbox, correction_of(posted))
        sums = [v["1900"] for v in vouchers(sandbox)]
        assert sums == ["295.00", "50.00", "-100.00", "0.50"]
        found = Export.objects.filter(document=posted.document).order_by("part")
        assert [(e.part, e.state) for e in found] == [(n, "POSTED") for n in range(4)]

    def test_when_the_till_comes_back_to_what_was_sent_nothing_is_left_to_do(self, posted, company):
        the_till_says(company, "295.00", "50.00")
        the_till_says(company, "295.00", "50.00", "-50.00")
        assert correction_of(posted).state == "SUPERSEDED"
        assert queries.causes(company) == []
        the_till_says(company, "295.00", "50.00", "-50.00", "5.00")
        made = correction_of(posted)
        assert (made.part, made.awaits_approval, made.debit) == (2, True, 5_00)

    def test_a_change_that_changes_nothing_in_the_books_is_no_stop(self, posted, company):
        the_till_says(company, "295.00", "50.00", "-50.00")
        assert company.settlements.count() == 2
        assert correction_of(posted) == posted
        assert not parts.overtaken().exists()
        assert queries.causes(company) == []

    def test_left_out_with_a_reason_it_is_not_proposed_again(self, posted, company, manager):
        the_till_says(company, "295.00", "50.00")
        assert deciding.leave_out(correction_of(posted), "Rettet i Go av Rolf", manager)
        tasks.tick()
        assert (correction_of(posted).part, correction_of(posted).state) == (1, "LEFT_OUT")
        assert queries.causes(company) == []

    def test_while_a_part_is_in_doubt_nothing_else_of_the_day_moves(
        self, posted, company, sandbox, manager
    ):
        the_till_says(company, "295.00", "50.00")
        assert approve(correction_of(posted), manager)
        sandbox.faults(
            [{"call": "POST /JournalEntryVouchers/ManualJournals", "fault": "500-after-commit"}]
        )
        tasks.tick()
        doubtful = correction_of(posted)
        assert doubtful.state == "UNCERTAIN"
        the_till_says(company, "295.00", "50.00", "50.00")
        assert correction_of(posted) == doubtful
        assert correction_of(posted).revision == doubtful.revision
        assert not correcting.approve(doubtful, "any", manager)

    def test_the_same_change_by_two_ticks_is_one_proposal(self, posted, company):
        the_till_says(company, "295.00", "50.00")
        last = Export.objects.filter(pk=posted.pk).select_related("settlement", "company")
        building.Builder(posted.company, posted.provider, build.NOW).correct(list(last))
        assert Export.objects.filter(document=posted.document).count() == 2


def a_day(transactions: int, gross: int) -> Settlement:
    return Settlement(pk=7, z_number="14", transactions=transactions, gross=gross)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (a_day(2, 295_00), a_day(5, 745_00), "sales-after-export"),
        (a_day(2, 295_00), a_day(2, 345_00), "changed-after-export"),
        (a_day(2, 295_00), a_day(1, 245_00), "changed-after-export"),
        (a_day(2, 295_00), a_day(3, 245_00), "changed-after-export"),
        (a_day(2, 295_00), a_day(2, 295_00), "moved-after-export"),
        (a_day(2, 295_00), a_day(4, 295_00), "moved-after-export"),
    ],
)
def test_a_change_is_told_by_what_it_is(before, after, code):
    assert changed_issue(before, after).code == code


class TestWhileItIsADraft:
    def test_the_draft_is_withdrawn_and_built_anew_instead(self, sent, company, sandbox, manager):
        the_till_says(company, "295.00", "50.00")
        proposed = correction_of(sent)
        assert proposed.awaits_approval
        assert not approve(proposed, manager)
        assert withdrawing.ask(sent, manager)
        tasks.tick()
        assert vouchers(sandbox) == [{"1900": "345.00", "3030": "-345.00"}]
        assert (state(sent), sent.revision, state(proposed)) == ("SENT", 2, "SUPERSEDED")
        assert queries.causes(company) == []

    def test_a_draft_that_they_keep_is_corrected(self, sent, company, sandbox, manager):
        """They say no to its deletion before our look says that it is posted."""
        the_till_says(company, "295.00", "50.00")
        sandbox.post(sent.remote_id)
        assert withdrawing.ask(sent, manager)
        withdrawing.one(sent.pk)
        assert codes(sent) == ["draft-kept"]
        assert approve(correction_of(sent), manager)
        tasks.tick()
        assert vouchers(sandbox)[1:] == [{"1900": "50.00", "3030": "-50.00"}]
        made = correction_of(sent)
        draft = next(d for d in sandbox.drafts if d["id"] == made.remote_id)
        assert draft["description"].startswith(f"Korrigering av utkast {sent.mark}, ")

    def test_a_corrections_own_draft_can_be_withdrawn_too(self, posted, company, sandbox, manager):
        the_till_says(company, "295.00", "50.00")
        assert approve(correction_of(posted), manager)
        tasks.tick()
        made = correction_of(posted)
        save_setup(company, None, {FOOD: Rule("3040", "31")})
        assert withdrawing.ask(made, manager)
        tasks.tick()
        again = correction_of(posted)
        assert (again.part, again.awaits_approval) == (1, True)
        assert len(vouchers(sandbox)) == 1
        assert approve(again, manager)
        tasks.tick()
        assert vouchers(sandbox)[1:] == [{"1900": "50.00", "3040": "-345.00", "3030": "295.00"}]

    def test_what_the_accountant_deletes_is_built_whole_less_what_stands(
        self, sent, company, sandbox, manager, later
    ):
        the_till_says(company, "295.00", "50.00")
        sandbox.delete(sent.remote_id)
        later(3600)
        tasks.tick()
        assert state(sent) == "REMOVED"
        assert building.build_anew(sent, manager)
        tasks.tick()
        assert vouchers(sandbox) == [{"1900": "345.00", "3030": "-345.00"}]
        assert correction_of(sent).state == "SUPERSEDED"

    def test_nothing_is_withdrawn_while_a_correction_is_on_its_way(
        self, sent, company, sandbox, manager
    ):
        the_till_says(company, "295.00", "50.00")
        sandbox.post(sent.remote_id)
        withdrawing.ask(sent, manager)
        withdrawing.one(sent.pk)
        assert approve(correction_of(sent), manager)
        sent.refresh_from_db()
        assert not withdrawing.ask(sent, manager)

"""What changes before it is sent is built anew; what may be over there, or is, never by itself."""

from datetime import timedelta

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.models import Settlement
from accounting.books.records import save_setup
from accounting.company.models import Company
from integrations.exports import build as builder
from integrations.exports import deciding, outbox, queries, slots
from integrations.exports.builder import NO_MOVEMENT
from integrations.exports.models import Export
from integrations.exports.states import Sent
from tests import build
from tests.build import DAY, NOW

FOOD = RuleKey(Role.SALES, vat_code="31")
SALES = {"cash": "50.00", "sales": {"31": "50.00"}}


@pytest.fixture
def company(db) -> Company:
    """Connected, set up, with the chart fetched; exports from DAY on."""
    company = build.a_company()
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company, start=DAY)
    return company


def tick(company: Company, now=NOW) -> list[Export]:
    """What the tick builds at `now` for a company that exports daily."""
    slots.fill(now)
    builder.build_all(now)
    return list(company.exports.order_by("settlement__business_date", "pk"))


def vars_of(export: Export) -> dict[str, object]:
    return {f.attname: getattr(export, f.attname) for f in export._meta.concrete_fields}


def changed_by_the_till(company: Company, settlement: Settlement, amount: str) -> Settlement:
    """The till's later version of a settlement, with another sum; without one, an empty day."""
    Settlement.objects.filter(pk=settlement.pk).update(current=False)
    sold = {"cash": amount, "sales": {"31": amount}} if amount else {}
    other = build.a_settlement(
        company, day=settlement.business_date, register=f"{settlement.revision} elsewhere", **sold
    )
    Settlement.objects.filter(pk=other.pk).update(
        register=settlement.register, z_number=settlement.z_number, revision=settlement.revision + 1
    )
    return Settlement.objects.select_related("register").get(pk=other.pk)


class TestChanges:
    def test_what_is_not_sent_yet_is_booked_as_the_setup_is_now(self, company):
        build.a_settlement(company, **SALES)
        (before,) = tick(company)

        save_setup(company, None, {FOOD: Rule("3000", "31")})
        (after,) = tick(company)

        assert (after.state, after.revision) == ("READY", before.revision + 1)
        assert after.mark != before.mark
        assert "3000" in {line.account for line in after.snapshot.as_journal().lines}

    def test_a_setup_that_books_it_as_before_leaves_its_mark(self, company):
        build.a_settlement(company, **SALES)
        (before,) = tick(company)

        save_setup(company, None, {FOOD: Rule("3000", "31")})
        save_setup(company, None, {FOOD: Rule("3030", "31")})
        (after,) = tick(company)

        assert (after.revision, after.mark, after.snapshot_id) == (
            before.revision,
            before.mark,
            before.snapshot_id,
        )
        company.refresh_from_db()
        assert after.setup_version == company.setup_version

    def test_new_content_of_what_is_not_sent_is_built_anew(self, company):
        settlement = build.a_settlement(company, **SALES)
        (before,) = tick(company)

        newer = changed_by_the_till(company, settlement, "70.00")
        (after,) = tick(company)

        assert (after.pk, after.settlement_id) == (before.pk, newer.pk)
        assert (after.state, after.revision, after.debit) == ("READY", 2, 70_00)
        assert after.mark != before.mark
        assert after.snapshot_id != before.snapshot_id

    @pytest.mark.parametrize("state", ["SENDING", "UNCERTAIN", "HELD"])
    def test_new_content_of_what_may_be_over_there_waits(self, company, state):
        settlement = build.a_settlement(company, **SALES)
        (export,) = tick(company)
        claim = outbox.claim(export.pk, NOW)
        if state != "SENDING":
            outbox.release_stale(claim.lease_until + timedelta(seconds=1))
            Export.objects.update(state=state)

        changed_by_the_till(company, settlement, "70.00")
        (after,) = tick(company)

        assert (after.state, after.revision, after.debit) == (state, 1, 50_00)

    def test_new_content_of_what_is_sent_is_shown_and_not_sent(self, company):
        settlement = build.a_settlement(company, **SALES)
        (export,) = tick(company)
        outbox.finish(outbox.claim(export.pk, NOW), Sent("id-1"), NOW)

        newer = changed_by_the_till(company, settlement, "70.00")
        after, correction = tick(company)

        assert (after.state, after.revision, after.debit) == ("SENT", 1, 50_00)
        (cause,) = queries.causes(company)
        assert cause.issue.code == "changed-after-export"
        assert dict(cause.issue.facts) == {"before": "50.00", "after": "70.00"}
        assert cause.exports == (correction,)
        assert (correction.part, correction.debit, correction.snapshot) == (1, 20_00, None)
        assert dict(cause.issue.fix.params) == {"settlement": str(newer.pk)}

    def test_what_a_person_left_out_stays_left_out(self, company):
        settlement = build.a_settlement(company, **SALES)
        (export,) = tick(company)
        deciding.leave_out(export, "Ført for hånd", build.a_manager(company))

        changed_by_the_till(company, settlement, "70.00")
        save_setup(company, None, {FOOD: Rule("3000", "31")})
        (after,) = tick(company)

        assert (after.state, after.reason, after.revision) == ("LEFT_OUT", "Ført for hånd", 1)

    def test_what_turned_out_empty_is_left_out_until_the_till_says_otherwise(self, company):
        settlement = build.a_settlement(company, **SALES)
        tick(company)

        empty = changed_by_the_till(company, settlement, "")
        (export,) = tick(company)
        assert (export.state, export.reason) == ("LEFT_OUT", NO_MOVEMENT)
        assert (export.snapshot, export.debit) == (None, 0)

        changed_by_the_till(company, empty, "70.00")
        (after,) = tick(company)
        assert (after.state, after.debit, after.reason) == ("READY", 70_00, "")

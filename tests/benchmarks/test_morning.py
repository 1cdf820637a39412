"""A thousand companies due at the same 05:00 (issue 5, shows 3): calls, time against the limit, and CPU."""

import pytest

from tests.benchmarks.measuring import say
from tests.morning import first_of_each_before_second_of_any, five_oclock, many_companies
from tests.sandbox import CREATE, Sandbox

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
DAY_S = 24 * 3600


def _due(count: int, largest: int, settings) -> int:
    settings.EXPORT_SENDERS = 4
    many_companies(count, largest)
    settings.CLOCK_SHIFT_S += DAY_S
    return count + largest - 1


def test_a_thousand_companies_within_the_limit(sandbox: Sandbox, settings):
    """Twice PowerOffice Go's limit, so that the bench ends in five minutes: what counts is the ratio."""
    companies, limit = 1000, 20
    settlements = _due(companies, 20, settings)

    morning = five_oclock(sandbox, settings, limit)

    bound = morning.count / limit
    say("calls", morning.count, f"at most {2 * companies + 3 * settlements}")
    say("05:00 / (calls / limit)", f"{morning.seconds / bound:.3f}", "at most 1.05")
    say("most calls in a second / limit", f"{morning.most_a_second / limit:.2f}", "at most 1")
    assert len(morning.drafts) == settlements == morning.of(CREATE)
    assert morning.answers <= {200, 201, 204}
    assert morning.count <= 2 * companies + 3 * settlements
    assert first_of_each_before_second_of_any(morning)
    assert morning.most_a_second <= limit


def test_the_work_of_a_company_with_the_limit_lifted(sandbox: Sandbox, settings):
    companies = 200
    settlements = _due(companies, 1, settings)

    morning = five_oclock(sandbox, settings, 0)

    share = morning.cpu / (morning.count / 10)  # of the time that ten calls a second take
    say("CPU a company", f"{morning.cpu / companies * 1000:.0f} ms", "none set")
    say("CPU / time at ten calls a second", f"{share:.2f}", "at most 0.5")
    assert len(morning.drafts) == settlements
    assert share <= 0.5

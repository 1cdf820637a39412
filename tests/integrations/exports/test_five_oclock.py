"""Many companies due at the same 05:00, on PostgreSQL, with several senders and the limit on."""

import pytest

from tests.morning import first_of_each_before_second_of_any, five_oclock, many_companies
from tests.sandbox import CREATE, Sandbox

COMPANIES, LARGEST, LIMIT = 40, 12, 30
THEIRS = 45  # for what a busy machine may bunch together


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_company_is_served_within_the_limit_and_the_smallest_not_last(
    sandbox: Sandbox, settings
):
    settings.EXPORT_SENDERS = 4
    many_companies(COMPANIES, LARGEST)
    settings.CLOCK_SHIFT_S += 24 * 3600  # the first 05:00 after they were connected has passed
    settlements = COMPANIES + LARGEST - 1

    morning = five_oclock(sandbox, settings, LIMIT, THEIRS)

    assert len(morning.drafts) == settlements == morning.of(CREATE)
    assert morning.answers <= {200, 201, 204}
    assert morning.count <= 2 * COMPANIES + 3 * settlements
    assert morning.most_a_second <= THEIRS
    assert first_of_each_before_second_of_any(morning)

"""«Kom i gang» as rules: what is done, who may do the rest, and which button each one gets."""

from dataclasses import replace
from datetime import date

from backoffice.onboarding import Act, Facts, Row, Step, Viewer, Who, rows

NOBODY = Viewer()
SUPPORT = Viewer(may_grant=True)
MANAGER = Viewer(may_ask=True)
GRANTED = Viewer(may_ask=True, may_connect=True)
ALL_DONE = Facts(
    enabled=True,
    granted=("Kari N.",),
    client="Fjordkaffe AS",
    departments=2,
    links_needed=True,
    ready=42,
    total=42,
    start=date(2026, 11, 1),
    settlements=True,
    previewed=True,
)


def _by_step(facts: Facts, viewer: Viewer) -> dict[Step, Row]:
    return {row.step: row for row in rows(facts, viewer)}


def _done(facts: Facts) -> set[Step]:
    return {row.step for row in rows(facts, NOBODY) if row.done}


def test_a_new_company_has_six_things_to_do() -> None:
    assert [row.done for row in rows(Facts(), NOBODY)] == [False] * 6


def test_everything_can_be_done() -> None:
    assert _done(ALL_DONE) == set(Step)


def test_permission_needs_both_the_switch_and_a_person() -> None:
    assert Step.PERMISSION not in _done(replace(ALL_DONE, enabled=False))
    assert Step.PERMISSION not in _done(replace(ALL_DONE, granted=()))


def test_departments_are_linked_and_every_till_is_placed() -> None:
    assert Step.DEPARTMENTS not in _done(replace(ALL_DONE, unlinked=("Torget",)))
    assert Step.DEPARTMENTS not in _done(replace(ALL_DONE, unplaced=("9",)))
    alone = replace(ALL_DONE, departments=1, links_needed=False, unlinked=("Sentrum",))
    assert Step.DEPARTMENTS in _done(alone)


def test_a_company_may_say_that_it_has_no_departments() -> None:
    assert Step.DEPARTMENTS not in _done(replace(ALL_DONE, departments=0))
    assert Step.DEPARTMENTS in _done(replace(ALL_DONE, departments=0, no_departments=True))


def test_the_account_setup_is_complete_when_every_row_is_ready() -> None:
    assert Step.ACCOUNTS not in _done(replace(ALL_DONE, ready=38))
    assert Step.ACCOUNTS not in _done(replace(ALL_DONE, ready=0, total=0))


def test_superadmin_grants_and_the_manager_asks() -> None:
    assert _by_step(Facts(), SUPPORT)[Step.PERMISSION].act is Act.GRANT
    assert _by_step(Facts(), MANAGER)[Step.PERMISSION].act is Act.ASK
    assert _by_step(Facts(asked=True), MANAGER)[Step.PERMISSION].act is None
    assert _by_step(Facts(), NOBODY)[Step.PERMISSION].act is None


def test_only_whoever_may_connect_gets_the_buttons_for_it() -> None:
    connected = Facts(enabled=True, granted=("Kari N.",), client="Fjordkaffe AS")
    for viewer in (NOBODY, SUPPORT, MANAGER):
        seen = _by_step(connected, viewer)
        assert (seen[Step.KEYS].act, seen[Step.START].act) == (None, None)
    seen = _by_step(connected, GRANTED)
    assert (seen[Step.KEYS].act, seen[Step.START].act) == (Act.CONNECT, Act.START)


def test_the_date_comes_after_the_keys() -> None:
    assert _by_step(Facts(), GRANTED)[Step.START].act is None


def test_tills_are_placed_once_the_departments_are_there() -> None:
    waiting = replace(ALL_DONE, unplaced=("9",))
    assert _by_step(waiting, NOBODY)[Step.DEPARTMENTS].act is Act.TILLS
    both = replace(waiting, unlinked=("Torget",))
    assert _by_step(both, NOBODY)[Step.DEPARTMENTS].act is Act.DEPARTMENTS


def test_without_a_settlement_a_file_is_asked_for() -> None:
    assert _by_step(Facts(), NOBODY)[Step.PREVIEW].act is Act.UPLOAD
    assert _by_step(Facts(settlements=True), NOBODY)[Step.PREVIEW].act is Act.PREVIEW


def test_the_first_that_the_viewer_can_do_is_the_next() -> None:
    nexts = {
        viewer: [row.step for row in rows(Facts(), viewer) if row.next]
        for viewer in (NOBODY, SUPPORT, MANAGER)
    }
    assert nexts == {
        NOBODY: [Step.DEPARTMENTS],
        SUPPORT: [Step.PERMISSION],
        MANAGER: [Step.PERMISSION],
    }
    assert not any(row.next for row in rows(ALL_DONE, GRANTED))


def test_each_step_says_who_does_it() -> None:
    assert [row.who for row in rows(Facts(), NOBODY)] == [
        Who.SUPERADMIN,
        Who.GRANTED,
        Who.MEMBERS,
        Who.MEMBERS,
        Who.GRANTED,
        Who.MEMBERS,
    ]

"""A correction: every part together says exactly what the till says now, and each balances."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.books.domain import stored
from accounting.books.domain.codes import Role
from accounting.books.domain.correction import changes, correction, total
from accounting.books.domain.journal import Journal, Line
from accounting.books.domain.money import Ore, from_kroner

FIRST = "bilag 10412"


def a_line(account: str, amount: str, vat: str = "0", text: str = "", **more) -> Line:
    role = Role.SALES if vat != "0" else Role.CASH
    return Line(account, role, vat, more.pop("department", ""), from_kroner(amount), text, **more)


def a_journal(*lines: Line, department: str = "", code: str = "") -> Journal:
    return Journal("1", "14", date(2026, 11, 23), department, code, lines)


SENT = a_journal(a_line("1900", "295.00"), a_line("3030", "-295.00", "31", "Mat 15 %"))


def amounts(journal: Journal | None) -> dict[str, int]:
    assert journal is not None
    return {f"{line.account}/{line.vat_code}": line.amount for line in journal.lines}


def test_only_the_difference_is_posted_and_the_first_voucher_is_named():
    new = a_journal(
        a_line("1900", "295.00"),
        a_line("1901", "50.00", text="Bankkort"),
        a_line("3030", "-345.00", "31", "Mat 15 %"),
    )
    made = correction(new, [SENT], FIRST)
    assert amounts(made) == {"1901/0": 50_00, "3030/31": -50_00}
    assert (made.corrects, made.z_number, made.debit) == (FIRST, "14", 50_00)
    assert [line.text for line in made.lines] == ["Bankkort", "Mat 15 %"]
    assert [(c.before, c.after, c.difference) for c in changes(new, [SENT])] == [
        (0, 50_00, 50_00),
        (-295_00, -345_00, -50_00),
    ]
    assert (total([SENT]), new.debit) == (295_00, 345_00)


def test_what_says_the_same_needs_none():
    assert correction(SENT, [SENT], FIRST) is None
    halves = [
        a_journal(a_line("1900", "100.00"), a_line("3030", "-100.00", "31")),
        a_journal(a_line("1900", "195.00"), a_line("3030", "-195.00", "31")),
    ]
    assert correction(SENT, halves, FIRST) is None
    assert correction(replace(SENT, voucher_date=date(2026, 11, 22)), [SENT], FIRST) is None


def test_after_an_account_was_changed_both_accounts_end_as_the_new_build_has_them():
    new = a_journal(a_line("1900", "345.00"), a_line("3040", "-345.00", "31"))
    assert amounts(correction(new, [SENT], FIRST)) == {
        "1900/0": 50_00,
        "3040/31": -345_00,
        "3030/31": 295_00,
    }


def test_a_till_that_moved_to_another_department_moves_its_money():
    lines = [replace(line, department="Sentrum") for line in SENT.lines]
    sent = a_journal(*lines, department="Sentrum", code="10")
    moved = [replace(line, department="Torget") for line in SENT.lines]
    new = a_journal(*moved, department="Torget", code="20")
    made = correction(new, [sent], FIRST)
    assert [(line.department, line.amount, made.code_of(line)) for line in made.lines] == [
        ("Torget", 295_00, "20"),
        ("Torget", -295_00, "20"),
        ("Sentrum", -295_00, "10"),
        ("Sentrum", 295_00, "10"),
    ]
    assert stored.journal_from(stored.journal_text(made)) == made


def test_what_only_corrections_have_is_not_in_the_text_of_others():
    assert "corrects" not in stored.journal_text(SENT)
    assert stored.journal_from(stored.journal_text(SENT)) == SENT


LINES = st.builds(
    Line,
    account=st.sampled_from(["1900", "1901", "3000", "3030"]),
    role=st.sampled_from([Role.SALES, Role.CASH]),
    vat_code=st.sampled_from(["0", "3", "31"]),
    department=st.just(""),
    amount=st.integers(-(10**9), 10**9).filter(bool).map(Ore),
    text=st.sampled_from(["Mat", "Øl"]),
    group=st.sampled_from(["", "100"]),
)


@st.composite
def journals(draw) -> Journal:
    """Any journal of one department that balances: its lines, and one for the rest."""
    lines = draw(st.lists(LINES, max_size=8))
    rest = -sum(line.amount for line in lines)
    last = [Line("1910", Role.TRANSIT, "0", "", Ore(rest), "")] if rest else []
    name, code = draw(st.sampled_from([("", ""), ("Sentrum", "10"), ("Torget", "20")]))
    every = [replace(line, department=name) for line in [*lines, *last]]
    return a_journal(*every, department=name, code=code)


def booked(parts: list[Journal]) -> dict[tuple[str, str, str], int]:
    sums: dict[tuple[str, str, str], int] = {}
    for line in (line for part in parts for line in part.lines):
        place = (line.account, line.vat_code, line.department)
        sums[place] = sums.get(place, 0) + line.amount
    return {place: amount for place, amount in sums.items() if amount}


@given(st.lists(journals(), min_size=2, max_size=5))
def test_however_often_it_changes_all_parts_together_are_the_newest_build(builds):
    first, *later = builds
    parts = [first]
    for new in later:
        made = correction(new, parts, FIRST)  # its own birth proves that it balances
        parts += [made] if made else []
        assert booked(parts) == booked([new])
        assert correction(new, parts, FIRST) is None
        assert bool(made) == bool(changes(new, parts[:-1] if made else parts))


@pytest.mark.parametrize("amount", ["0.01", "-0.01"])
def test_one_ore_is_corrected_too(amount):
    new = a_journal(*SENT.lines, a_line("7740", amount), a_line("1901", f"{-float(amount):.2f}"))
    assert correction(new, [SENT], FIRST).debit == 1

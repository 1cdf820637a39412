"""Which receipts each Z closes, cut from stored rows however they came."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.books.domain.periods import Closing, Mark, cut, z_order
from accounting.books.domain.sales import NOTHING_SEEN, Evidence

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def mark(position, minutes=None, trans_id=None):
    at = MORNING + timedelta(minutes=position if minutes is None else minutes)
    return Mark(position, str(position), trans_id or f"t{position}", at)


def closing(number, minutes, first=0, last=0, count=None):
    at = MORNING + timedelta(minutes=minutes)
    if not last:
        return Closing(str(number), at)
    seen = Evidence(f"t{first}", f"t{last}", last - first + 1 if count is None else count)
    return Closing(str(number), at, seen)


def told(found):
    return [(p.number, p.first, p.end, p.complete) for p in found.periods]


def test_the_clock_decides_where_the_journal_says_nothing():
    marks = [mark(n) for n in (1, 2, 3, 4)]
    found = cut(marks, [closing(2, 3), closing(1, 2)])
    assert told(found) == [("1", 0, 2, True), ("2", 2, 3, True)]
    assert found.open_from == 3


def test_the_journal_comes_before_the_clock():
    # t2 began before the Z and was paid after it; t1's clock ran late.
    marks = [mark(1, minutes=9), mark(2, minutes=1), mark(3, minutes=12)]
    found = cut(marks, [closing(1, 5, 1, 1), closing(2, 15, 2, 3)])
    assert told(found) == [("1", 0, 1, True), ("2", 1, 3, True)]


def test_a_z_without_receipts_closes_nothing():
    found = cut([mark(5)], [closing(1, 1), closing(2, 10), closing(3, 20)])
    assert told(found) == [("1", 0, 0, True), ("2", 0, 1, True), ("3", 1, 1, True)]
    assert cut([], []).open_from == 0


def test_a_z_is_incomplete_while_one_of_its_receipts_is_missing():
    whole = closing(1, 10, 1, 3)
    for there in ([2, 3], [1, 2], [1, 3], []):
        assert [p.complete for p in cut([mark(n) for n in there], [whole]).periods] == [False]
    assert [p.complete for p in cut([mark(n) for n in (1, 2, 3)], [whole]).periods] == [True]


def test_ids_may_begin_anew_each_day():
    marks = [mark(n, trans_id=f"t{1 + (n - 1) % 2}") for n in (1, 2, 3, 4)]
    found = cut(marks, [closing(1, 2, 1, 2), closing(2, 9, 1, 2)])
    assert told(found) == [("1", 0, 2, True), ("2", 2, 4, True)]


def test_gaps_in_the_numbers_are_told_within_and_before_a_period():
    marks = [mark(n) for n in (3, 4, 7, 9)]
    found = cut(marks, [closing(5, 4), closing(6, 20)], before=mark(1), previous="4")
    assert [p.gaps for p in found.periods] == [(("1", "3"),), (("4", "7"), ("7", "9"))]
    assert [p.previous for p in found.periods] == ["4", "5"]
    assert [p.gaps for p in cut(marks[:2], [closing(5, 4)]).periods] == [()]


def test_z_reports_are_ordered_by_number_else_by_time():
    late, early = MORNING + timedelta(hours=1), MORNING
    assert z_order("9", late) < z_order("10", early)
    assert z_order("A", early) < z_order("A", late)
    assert z_order("A", early) < z_order("B", early)


@st.composite
def journals(draw):
    """A till's true journal: the receipts of each Z, what came after the last, and whether the
    events named the receipts."""
    sizes = draw(st.lists(st.integers(0, 5), min_size=1, max_size=6))
    later = draw(st.integers(0, 3))
    named = draw(st.booleans())
    marks, closings, minute = [], [], 0
    for number, size in enumerate(sizes, 1):
        first = len(marks) + 1
        for _ in range(size):
            minute += draw(st.integers(0, 2))
            marks.append(mark(len(marks) + 1, minutes=minute))
        minute += 1
        last = len(marks) if named and size else 0
        closings.append(closing(number, minute, first, last))
        minute += 1
    marks += [mark(len(marks) + 1 + n, minutes=minute + n) for n in range(later)]
    return sizes, marks, closings


@settings(deadline=None)
@given(journals(), st.data())
def test_files_cut_anywhere_and_read_in_any_order_give_the_same_periods(journal, data):
    sizes, marks, closings = journal
    parts = data.draw(st.integers(1, 4))
    files = [([], []) for _ in range(parts)]
    for one in marks:
        for index in data.draw(st.sets(st.integers(0, parts - 1), min_size=1)):
            files[index][0].append(one)
    for one in closings:
        files[data.draw(st.integers(0, parts - 1))][1].append(one)
    stored, reports = {}, {}
    for some_marks, some_closings in data.draw(st.permutations(files)):
        stored |= {one.nr: one for one in some_marks}
        reports |= {one.number: one for one in some_closings}
    rows = sorted(stored.values(), key=lambda one: one.position)
    found = cut(rows, data.draw(st.permutations(list(reports.values()))))
    assert [p.end - p.first for p in found.periods] == sizes
    assert all(p.complete and not p.gaps for p in found.periods)
    assert found.open_from == sum(sizes)


@settings(deadline=None)
@given(journals(), st.data())
def test_every_receipt_is_in_one_period_or_open_whatever_is_missing(journal, data):
    _, marks, closings = journal
    here = [one for one in marks if data.draw(st.booleans())]
    reports = [one for one in closings if data.draw(st.booleans())]
    found = cut(here, reports)
    edges = [0, *(p.end for p in found.periods)]
    assert [p.first for p in found.periods] == edges[:-1]
    assert edges == sorted(edges)
    assert found.open_from == edges[-1] <= len(here)
    for period, report in zip(found.periods, reports, strict=True):
        named = {one.trans_id for one in here[period.first : period.end]}
        if report.evidence != NOTHING_SEEN and period.complete:
            assert {report.evidence.first, report.evidence.last} <= named

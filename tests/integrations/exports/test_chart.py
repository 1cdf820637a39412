"""Numbers into shapes: nothing is drawn that is not there, and nothing that is there is left out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from integrations.exports.pages.chart import HEIGHT, STEP, Figures, strip

DAY = date(2026, 11, 1)
AMOUNTS = st.integers(-(10**9), 10**9)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), max_size=40))
def test_every_amount_has_a_bar_inside_the_picture(amounts) -> None:
    days = [Figures(DAY + timedelta(days=n), *parts) for n, parts in enumerate(amounts)]
    picture = strip(days)
    drawn = [(bar.x // STEP, bar.kind) for bar in picture.bars]
    assert drawn == [
        (n, kind) for n, day in enumerate(days) for kind, amount in day.parts if amount
    ]
    for bar in picture.bars:
        assert bar.y >= 0
        assert bar.height >= 1
        assert bar.y + bar.height <= HEIGHT
        assert bar.x + bar.width <= picture.width


def test_what_waits_stands_upon_what_was_sent() -> None:
    sent, waiting = strip([Figures(DAY, sent=300, waiting=100)]).bars
    assert (sent.kind, sent.y, sent.height) == ("sent", 18, 54)
    assert (waiting.kind, waiting.y, waiting.height) == ("waiting", 0, 18)


def test_a_day_of_returns_hangs_below_the_line() -> None:
    picture = strip([Figures(DAY, sent=100), Figures(DAY, sent=-100)])
    assert picture.base == HEIGHT // 2
    assert [bar.y for bar in picture.bars] == [0, HEIGHT // 2]


def test_days_without_money_draw_nothing() -> None:
    assert strip([Figures(DAY)]).bars == ()
    assert strip([]).bars == ()

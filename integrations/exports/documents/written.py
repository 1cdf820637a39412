"""Amounts, days and moments as the reader of a document writes them, in the language that is active."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language

from accounting.books.domain.money import to_kroner
from accounting.books.domain.reading import HARD_SPACE, reader_amount, reader_day


def language() -> str:
    """Give `nb` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "nb"


def kroner(ore: int | None) -> str:
    """Write øre as `−1 234,50`, in English `−1,234.50`; None is ''."""
    return "" if ore is None else reader_amount(to_kroner(ore), language())


def count(number: str) -> str:
    """Write a count that a till gave as `2.5` with the reader's decimal sign."""
    return number if language() == "en" else number.replace(".", ",")


def percent(rate: int) -> str:
    """Write basis points as `25 %`, `11,11 %`."""
    said = f"{rate / 100:g}"
    return f"{said}%" if language() == "en" else f"{said.replace('.', ',')}{HARD_SPACE}%"


def day(iso: str) -> str:
    """Write a date as `24.11.2026`, in English `24 Nov 2026`."""
    return reader_day(iso, language())


def wall(at: str) -> str:
    """Write a till's wall time with its seconds: `24.11.2026 kl. 23.56.59`; '' is ''."""
    if not at:
        return ""
    clock = at[11:19]
    return f"{day(at[:10])} " + (clock if language() == "en" else f"kl. {clock.replace(':', '.')}")


def moment(at: datetime) -> str:
    """Write a moment by its Oslo time."""
    return wall(localtime(at).isoformat(timespec="seconds"))


def org_no(number: str) -> str:
    """Write an organisation number in groups of three."""
    return HARD_SPACE.join((number[:3], number[3:6], number[6:])).strip()

"""How amounts and days are written for a reader, bokmål or English (ux.md 4: formats)."""

from datetime import date

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def reader_amount(kroner: str, language: str) -> str:
    """Turn `"-1234.50"` into `−1 234,50` (hard space), or `−1,234.50` in English."""
    whole, _, decimals = kroner.lstrip("-").partition(".")
    minus = MINUS if kroner.startswith("-") else ""
    if language == "en":
        return f"{minus}{int(whole):,}.{decimals}"
    return f"{minus}{int(whole):,}".replace(",", HARD_SPACE) + f",{decimals}"


def reader_day(iso: str, language: str) -> str:
    """Turn `"2026-11-24"` into `24.11.2026`, or `24 Nov 2026` in English."""
    day = date.fromisoformat(iso)
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d.%m.%Y}"

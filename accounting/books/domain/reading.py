"""How amounts and days are written for a reader, bokmål or English (ux.md 4: formats)."""

import re
from datetime import date

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
# As much as a column of whole øre holds with room to spare.
_NORWEGIAN = re.compile(r"(-?)(\d{1,13})(?:,(\d{1,2}))?", re.ASCII)
_ENGLISH = re.compile(r"(-?)(\d{1,3}(?:,\d{3}){1,4}|\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)
_GUESS = re.compile(r"(-?)(\d(?:[.,]?\d){0,12}?)(?:[.,](\d{1,2}))?", re.ASCII)
_SPACES = re.compile(r"\s")
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


def reader_moment(iso: str, language: str) -> str:
    """Turn `"2026-11-24T05:00"` (Oslo time) into `24.11.2026 kl. 05.00`, or `24 Nov 2026, 05:00`."""
    day, _, time = iso.partition("T")
    if language == "en":
        return f"{reader_day(day, language)}, {time[:5]}"
    return f"{reader_day(day, language)} kl. {time[:5].replace(':', '.')}"


def typed_amount(text: str, language: str) -> str | None:
    """Read what a person typed as kroner: `"1 234,50"` gives `"1234.50"`; None is no amount.

    Takes what `reader_amount` writes: any spaces, hyphen or U+2212 as minus, one or two decimals. In
    bokmål a point is never taken: `1.234` is a thousand to some and one to others.
    """
    typed = _SPACES.sub("", text).replace(MINUS, "-")
    found = (_ENGLISH if language == "en" else _NORWEGIAN).fullmatch(typed)
    if not found:
        return None
    sign, whole, decimals = found.groups(default="")
    return f"{sign}{int(whole.replace(',', ''))}.{decimals:0<2}"


def meant_amount(text: str, language: str) -> str:
    """Guess how an amount that was not understood should be written, for the sentence that says so."""
    found = _GUESS.fullmatch(_SPACES.sub("", text).replace(MINUS, "-"))
    sign, whole, decimals = found.groups(default="") if found else ("", "1234", "50")
    return reader_amount(f"{sign}{int(re.sub('[.,]', '', whole))}.{decimals:0<2}", language)

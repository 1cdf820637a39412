"""The sandbox's own clock and its way of writing moments; it borrows nothing from the books."""

import time
from datetime import UTC, date, datetime


def now_us() -> int:
    """Microseconds since 1970, UTC."""
    return time.time_ns() // 1000


def iso(us: int) -> str:
    """A moment as Go writes it: 2021-09-30T08:03:00.123456Z."""
    whole, rest = divmod(us, 1_000_000)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{rest:06d}Z"


def parse(text: str) -> int:
    """Read an ISO moment (no offset means UTC) as microseconds. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def day(text: str) -> str:
    """Check an ISO day, YYYY-MM-DD, and give it back. Raises ValueError."""
    if len(text) != len("2026-01-31"):
        raise ValueError(text)
    return date.fromisoformat(text).isoformat()


def written(iso_day: str) -> str:
    """An ISO day as it is read in Norway: 31.01.2026."""
    return f"{iso_day[8:10]}.{iso_day[5:7]}.{iso_day[:4]}"

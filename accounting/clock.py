"""The one place that asks for the time; everything else is told.

CLOCK_SHIFT_S moves it in drills (settings refuses it in production).
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """Give the moment, aware, shifted by CLOCK_SHIFT_S seconds."""
    return timezone.now() + timedelta(seconds=settings.CLOCK_SHIFT_S)  # noqa: TID251


def today() -> date:
    """Give the date in Oslo."""
    return now().astimezone(OSLO).date()

"""The export-from date stands for ever, so a day that nobody can mean is refused, however it is given."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext

from accounting import clock
from accounting.company.records import Refused

# No till wrote such files before, and nobody plans a first day further ahead.
EARLIEST = date(2012, 1, 1)
FURTHEST = timedelta(days=366)


def refuse_mistyped(day: date) -> None:
    """Raise Refused for an export-from date that nobody can mean: it would stand for ever."""
    if day < EARLIEST:
        said = gettext("Startdatoen kan ikke være før %(day)s. Så gamle kassefiler finnes ikke.")
        raise Refused(said % {"day": date_format(EARLIEST)})
    if day > clock.today() + FURTHEST:
        raise Refused(gettext("Startdatoen kan ikke være mer enn ett år frem i tid."))

"""How Norwegian reads here: 24.11.2026, kl. 05.00, 1 234,50 (Django's own has 05:00).

Hard spaces where a line must not break: a time is read in one piece.
"""

DATE_FORMAT = SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "\\k\\l.\N{NO-BREAK SPACE}H.i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = f"d.m.Y {TIME_FORMAT}"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j. F"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]
TIME_INPUT_FORMATS = ["%H.%M", "%H:%M", "kl. %H.%M"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y kl. %H.%M", "%d.%m.%Y %H.%M", "%Y-%m-%d %H:%M"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
NUMBER_GROUPING = 3

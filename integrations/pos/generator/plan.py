"""What a generated file shall hold, checked before the first byte is written."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Profile = Literal["shop", "restaurant", "mixed"]
Dialect = Literal["signed", "absolute"]
PROFILES: tuple[str, ...] = get_args(Profile)
DIALECTS: tuple[str, ...] = get_args(Dialect)

# The rate of code 31 has been 15 % since this day (saft.md 2.7): no earlier file would be right.
FIRST_DAY = date(2012, 1, 1)
ORG_NO_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class Refused(ValueError):
    """The plan cannot be carried out; the text is one bokmål sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One file: who, when, which tills, how busy, and what is wrong with it on purpose.

    ``tills`` are (location, register id) in file order; ``receipts`` is the mean per till and day.
    A till's receipts depend on the seed, its location and id only, so that a plan of ten days is
    the beginning of the same plan of twenty. Raises ``Refused``.
    """

    org_no: str
    name: str
    start: date
    days: int
    tills: tuple[tuple[str, str], ...]
    receipts: int
    seed: int
    profile: Profile = "mixed"
    dialect: Dialect = "signed"
    defects: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would not give a coherent, schema-valid file."""
        _check_company(self.org_no, self.name)
        if not self.tills or min(self.days, self.receipts) <= 0:
            raise Refused("Antall dager, kasser og kvitteringer må være større enn null.")
        if self.start < FIRST_DAY or self.days > (date.max - self.start).days - 2:
            raise Refused("Startdatoen må ligge mellom 2012-01-01 og år 9999.")
        if len(set(self.tills)) != len(self.tills):
            raise Refused("Samme kasse står to ganger på samme sted.")
        for location, till in self.tills:
            _check_text(location, "Stedsnavnet")
            _check_text(till, "Kassens nummer")

    @property
    def last_day(self) -> date:
        """The last business day; its Z may be written after midnight."""
        return self.start + timedelta(days=self.days - 1)

    def register_names(self) -> dict[tuple[str, str], str]:
        """What DESIGN.md 6 calls each register: its id, or LOCATION/ID where an id is ambiguous."""
        uses = Counter(till for _, till in self.tills)
        return {
            (location, till): till if uses[till] == 1 else f"{location}/{till}"
            for location, till in self.tills
        }


def start_day(text: str) -> date:
    """The day written as 2026-11-02; raises ``Refused``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"Startdatoen «{text}» må skrives som 2026-11-02.") from None


def numbered_tills(location: str, count: int) -> tuple[tuple[str, str], ...]:
    """Tills «1» to «count» at one location."""
    return tuple((location, str(number)) for number in range(1, count + 1))


def tills_of(text: str) -> tuple[tuple[str, str], ...]:
    """Tills of «Sentrum:2,Torget:1»; ids start at 1 at each location. Raises ``Refused``."""
    tills: list[tuple[str, str]] = []
    for part in text.split(","):
        location, _, count = part.strip().rpartition(":")
        if not location or not count.isdecimal() or int(count) == 0:
            raise Refused(f"Stedene «{text}» må skrives som Sentrum:2,Torget:1.")
        tills.extend(numbered_tills(location, int(count)))
    return tuple(tills)


def _check_company(org_no: str, name: str) -> None:
    """MOD11 as the Brønnøysund registers compute it, and a name that fits the field."""
    digits = [int(digit) for digit in org_no] if org_no.isascii() and org_no.isdigit() else []
    if len(digits) != 9:
        raise Refused(f"Organisasjonsnummeret «{org_no}» må ha ni siffer.")
    check = -sum(w * d for w, d in zip(ORG_NO_WEIGHTS, digits[:8], strict=True)) % 11
    if check != digits[8]:
        raise Refused(f"Organisasjonsnummeret {org_no} har feil kontrollsiffer.")
    _check_text(name, "Navnet")


def _check_text(text: str, what: str) -> None:
    """The schema's String100, with no character that XML cannot hold."""
    if not 0 < len(text) <= 100 or text != text.strip() or not text.isprintable():
        raise Refused(f"{what} «{text}» må være 1 til 100 vanlige tegn.")

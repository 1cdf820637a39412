"""What a generated file shall hold, checked before the first byte is written."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Profile = Literal["shop", "restaurant", "mixed"]
Dialect = Literal["signed", "absolute"]
Kinds = Literal["all", "basic", "every"]
Tips = Literal["outside", "inside", "line", "none"]
Currency = Literal["eur", "nok"]
ZHabit = Literal["net", "gross", "rounded"]
Namespace = Literal["default", "prefixed"]
Encoding = Literal["utf-8", "utf-8-sig", "iso-8859-1", "windows-1252", "utf-16"]
PROFILES: tuple[str, ...] = get_args(Profile)
DIALECTS: tuple[str, ...] = get_args(Dialect)
KINDS: tuple[str, ...] = get_args(Kinds)
TIPS: tuple[str, ...] = get_args(Tips)
CURRENCIES: tuple[str, ...] = get_args(Currency)
Z_HABITS: tuple[str, ...] = get_args(ZHabit)
NAMESPACES: tuple[str, ...] = get_args(Namespace)
ENCODINGS: tuple[str, ...] = get_args(Encoding)

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

    ``kinds``: «basic» is sales and returns alone, «all» what any till writes, «every» also what
    stops a settlement until somebody maps it (11003, 11004, 11012, 11999, loyalty points).
    ``tips``: the raise outside transAmntIn, inside it, as a line, or no tips at all. ``currency``:
    whether a euro tender is written in euro or already in kroner. ``z``: totals net or gross of
    returns before rounding, or net after it. ``replaced``: the first till gets a new id half-way.
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
    kinds: Kinds = "all"
    tips: Tips = "outside"
    currency: Currency = "eur"
    z: ZHabit = "net"
    namespace: Namespace = "default"
    encoding: Encoding = "utf-8"
    replaced: bool = False

    def __post_init__(self) -> None:
        """Refuse what would not give a coherent, schema-valid file."""
        _check_company(self.org_no, self.name)
        if not self.tills or min(self.days, self.receipts) <= 0:
            raise Refused("Antall dager, kasser og kvitteringer må være større enn null.")
        if self.start < FIRST_DAY or self.days > (date.max - self.start).days - 2:
            raise Refused("Startdatoen må ligge mellom 2012-01-01 og år 9999.")
        registers = [(life.location, life.register) for life in self.lives()]
        if len(set(registers)) != len(registers):
            raise Refused("Samme kasse står to ganger på samme sted.")
        for location, till in registers:
            _check_text(location, "Stedsnavnet")
            _check_text(till, "Kassens nummer")
        if "cp1252-bytes" in self.defects and self.encoding != "utf-8":
            raise Refused("Feilen cp1252-bytes krever en fil som sier UTF-8.")

    @property
    def last_day(self) -> date:
        """The last business day; its Z may be written after midnight."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def wide(self) -> bool:
        """Whether more than the basic kinds is asked for."""
        return self.kinds != "basic"

    def lives(self) -> tuple["Life", ...]:
        """Every register of the file in its order; a replaced till is two, one after the other."""
        lives = [Life(location, till, 0, self.days) for location, till in self.tills]
        if self.replaced:
            old, half = lives[0], (self.days + 1) // 2
            new = Life(old.location, f"{old.register}B", half, self.days)
            lives[:1] = [Life(old.location, old.register, 0, half), new]
        return tuple(lives)

    def register_names(self) -> dict[tuple[str, str], str]:
        """What DESIGN.md 6 calls each register: its id, or LOCATION/ID where an id is ambiguous."""
        uses = Counter(life.register for life in self.lives())
        return {
            (life.location, life.register): life.register
            if uses[life.register] == 1
            else f"{life.location}/{life.register}"
            for life in self.lives()
        }


@dataclass(frozen=True, slots=True)
class Life:
    """One ``cashregister`` of the file: in use from day ``first`` of the plan until ``end``."""

    location: str
    register: str
    first: int
    end: int


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

"""Builders: a journal, a code book, a client."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from accounting.books.domain.codes import Role
from accounting.books.domain.journal import Journal, Line
from accounting.books.domain.money import Ore
from integrations.poweroffice.client import PowerOfficeClient
from integrations.poweroffice.exchange import Budget, Limits, new_session
from integrations.poweroffice.hosts import DEMO, Hosts, Keys
from integrations.poweroffice.tokens import Tokens
from integrations.poweroffice.wire import CodeBook, Token
from tests.sandbox import CREATE

MARK = "K7F39QXD"
DAY = date(2026, 11, 23)
KEYS = Keys("an-application-key", "a-client-key", "a-subscription-key")

# The tax administration's own example (saft.md 2): cash 295.00 + card 218.80 + rounding 0.40.
EXAMPLE = (
    ("1900", Role.CASH, "0", 295_00, "Kontanter"),
    ("1901", Role.CARD, "0", 218_80, "Bankkort"),
    ("7740", Role.ROUNDING, "0", 40, "Øreavrunding"),
    ("3030", Role.SALES, "31", -102_80, "Mat 15 %"),
    ("3020", Role.SALES, "3", -232_00, "Tobakk 25 %"),
    ("3010", Role.SALES, "3", -179_40, "Øl 25 %"),
)


def a_journal(rows=EXAMPLE, **changes) -> Journal:
    """The example's journal, with another head or other lines where given."""
    department = changes.get("department", "Sentrum")
    lines = tuple(
        Line(account, role, vat, department, Ore(amount), text, group="04006")
        for account, role, vat, amount, text in rows
    )
    head = {
        "register": "1",
        "z_number": "14",
        "voucher_date": DAY,
        "department": department,
        "department_code": "",
        "lines": lines,
    }
    return Journal(**{**head, **changes})


A_BOOK = CodeBook(
    accounts={"1900": 190001, "1901": 190101, "7740": 774001}
    | {"3030": 303001, "3020": 302001, "3010": 301001},
    vat_codes={"0": 9000, "3": 9003, "31": 9031},
    departments={"1": 1610},
)


@dataclass
class OwnTokens:
    """Tokens in memory, that last as long as the test says."""

    held: dict[tuple[str, ...], str] = field(default_factory=dict)

    def get(self, keys: tuple[str, ...], fetch: Callable[[], Token]) -> str:
        if keys not in self.held:
            self.held[keys] = fetch().access_token
        return self.held[keys]

    def forget(self, keys: tuple[str, ...], text: str) -> None:
        if self.held.get(keys) == text:
            del self.held[keys]

    def drop(self, keys: tuple[str, ...]) -> None:
        self.held.pop(keys, None)


@dataclass
class Turns:
    """A budget without a limit; `held` is how long they asked us to wait."""

    wait: Callable[[], None] = lambda: None
    held: list[float] = field(default_factory=list)

    def hold(self, seconds: float) -> None:
        self.held.append(seconds)


def a_client(
    hosts: Hosts = DEMO,
    *,
    keys: Keys = KEYS,
    budget: Budget | None = None,
    tokens: Tokens | None = None,
    **limits,
) -> PowerOfficeClient:
    """A client with no throttle and tokens of its own."""
    patience = Limits(**{"deadline_s": 5.0, **limits})
    return PowerOfficeClient(
        new_session(), hosts, keys, budget or Turns(), patience, tokens or OwnTokens()
    )


def always() -> bool:
    return True


def never() -> bool:
    return False


def a_fault(fault: str, call: str = CREATE, **more) -> list[dict]:
    """One fault of the sandbox, of making a draft unless another call is named."""
    return [{"call": call, "fault": fault, **more}]

"""What the button «Importer» does: checks a draft as Go's own screen does, and books it."""

import sqlite3
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

from integrations.poweroffice.sandbox import drafts, moment
from integrations.poweroffice.sandbox.drafts import Side
from integrations.poweroffice.sandbox.ledger import Ledger

# The account that takes the VAT of each code; other codes carry no VAT inside the amount.
VAT_ACCOUNTS = {
    "3": 2700, "31": 2701, "32": 2702, "33": 2703,
    "1": 2710, "11": 2711, "12": 2712, "13": 2713, "14": 2714, "15": 2715,
}  # fmt: skip

# Go's own texts (poweroffice.md 5); the three after them are this sandbox's, Go's are unknown.
UNBALANCED = "Bilaget balanserer ikke, vennligst sjekk bilagslinjer"
LOCKED = "Posteringen kan ikke legges inn i en avsluttet periode"
BAD_VAT = "Mva kode {code} er ikke gyldig for konto"
NO_LINES = "Bilaget har ingen bilagslinjer"
NO_ACCOUNT = "Bilagslinjen mangler konto"
NO_DEPARTMENT = "Konto {account} krever avdeling"


class NotPostedError(Exception):
    """The draft stays a draft; `text` is what Go shows, `where` the line at fault."""

    def __init__(self, text: str, where: str = "") -> None:
        super().__init__(text)
        self.text, self.where = text, where


@dataclass(frozen=True, slots=True)
class Chart:
    """What decides whether a line may be posted, read once per voucher."""

    accounts: dict[int, Row]
    vat_codes: dict[str, Row]
    lock_date: str
    conversion_date: str
    vat_registered: bool


def post(ledger: Ledger, draft_id: str) -> int:
    """Post a draft and give its VoucherNo. Raises KeyError (no such draft) or NotPostedError."""
    chart = _chart(ledger)
    with ledger.write() as connection:
        draft = drafts.get(ledger, draft_id)
        if draft is None:
            raise KeyError(draft_id)
        if draft["voucher_no"] is not None:
            raise NotPostedError(f"Bilaget er allerede bokført med nummer {draft['voucher_no']}")
        found = _checked(drafts.lines(ledger, draft_id), chart)
        return _book(connection, draft, found, chart)


def _chart(ledger: Ledger) -> Chart:
    return Chart(
        {row["number"]: row for row in ledger.rows("SELECT * FROM account")},
        {row["code"]: row for row in ledger.rows("SELECT * FROM vat_code")},
        ledger.setting("lock_date") or "",
        ledger.setting("conversion_date") or "",
        ledger.setting("vat_registered"),
    )


def _checked(lines: list[Row], chart: Chart) -> list[Side]:
    """All sides of a voucher that may be posted."""
    if not lines:
        raise NotPostedError(NO_LINES)
    found: list[Side] = []
    balance: dict[str, int] = {}
    for place, line in enumerate(lines, 1):
        both = drafts.sides(line)
        if not both:
            raise NotPostedError(NO_ACCOUNT, f"linje {place}")
        for side in both:
            day = side.posting_date
            balance[day] = balance.get(day, 0) + side.signed
        found += both
    for day, difference in sorted(balance.items()):
        if difference:
            raise NotPostedError(UNBALANCED, f"dato {moment.written(day)}")
    for side in found:
        _check_side(side, chart)
    return found


def _check_side(side: Side, chart: Chart) -> None:
    where = f"konto {side.account}, dato {moment.written(side.posting_date)}"
    if side.posting_date <= chart.lock_date or side.posting_date < chart.conversion_date:
        raise NotPostedError(LOCKED, where)
    account, code = chart.accounts[side.account], side.effective_vat
    if not _vat_fits(code, account, side.posting_date, chart):
        raise NotPostedError(BAD_VAT.format(code=code), where)
    if account["department_required"] and side.department_id is None:
        raise NotPostedError(NO_DEPARTMENT.format(account=side.account), where)


def _vat_fits(code: str, account: Row, day: str, chart: Chart) -> bool:
    """A locked account takes its own code only; one outside the VAT register only code 0."""
    row = chart.vat_codes[code]
    in_force = row["valid_from"] <= day <= (row["valid_to"] or day)
    fits = not account["vat_locked"] or account["vat_code"] == code
    return bool(row["active"]) and in_force and fits and (chart.vat_registered or code == "0")


def vat_of(gross: int, rate_bp: int) -> int:
    """The VAT inside a gross amount in øre, halves away from zero, as Go computes it."""
    numerator, denominator = abs(gross) * rate_bp, 10_000 + rate_bp
    ore = (2 * numerator + denominator) // (2 * denominator)
    return ore if gross >= 0 else -ore


def vat_inside(code: str, gross: int, rate_bp: int) -> int:
    """As `vat_of` for the codes whose amounts include VAT, else 0."""
    return vat_of(gross, rate_bp) if code in VAT_ACCOUNTS else 0


def _book(connection: sqlite3.Connection, draft: Row, found: list[Side], chart: Chart) -> int:
    """Write the entries (net, and the VAT on its own account) and number the voucher."""
    now = moment.now_us()
    for side in found:
        code = chart.vat_codes[side.effective_vat]
        vat = vat_inside(code["code"], side.signed, code["rate_bp"])
        _enter(
            connection,
            draft["id"],
            side,
            _entry(side.account_id, side.signed - vat, code, vat, now),
        )
        if vat:
            vat_account = chart.accounts[VAT_ACCOUNTS[code["code"]]]["id"]
            none = chart.vat_codes["0"]
            _enter(connection, draft["id"], side, _entry(vat_account, vat, none, 0, now))
    sql = "SELECT COALESCE(MAX(voucher_no), 0) + 1 FROM draft WHERE client_id = ?"
    number = int(connection.execute(sql, (draft["client_id"],)).fetchone()[0])
    connection.execute(
        "UPDATE draft SET voucher_no = ?, posted = ?, changed = ? WHERE id = ?",
        (number, now, now, draft["id"]),
    )
    return number


def _entry(account_id: int, ore: int, code: Row, vat_ore: int, now: int) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "ore": ore,
        "vat_id": code["id"],
        "vat_ore": vat_ore,
        "created": now,
    }


def _enter(
    connection: sqlite3.Connection, draft_id: str, side: Side, entry: dict[str, Any]
) -> None:
    connection.execute(
        "INSERT INTO entry (draft_id, account_id, posting_date, ore, vat_id, vat_ore,"
        " department_id, description, created) VALUES (:draft_id, :account_id, :posting_date,"
        " :ore, :vat_id, :vat_ore, :department_id, :description, :created)",
        {
            **entry,
            "draft_id": draft_id,
            "posting_date": side.posting_date,
            "department_id": side.department_id,
            "description": side.text,
        },
    )

"""Judges a storm by the sandbox's ledger file and the till's own files alone."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.sources import Booked, amounts

_Z = re.compile(r" Z (\S+) \[[A-Z2-7]{8}\]$")
_LINES = """
    SELECT draft.id, client_name, voucher_date, draft.description,
           debit.number AS debit, credit.number AS credit, ore
    FROM draft JOIN line ON line.draft_id = draft.id
    LEFT JOIN account debit ON debit.id = line.debit_account_id
    LEFT JOIN account credit ON credit.id = line.credit_account_id
    ORDER BY draft.id
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`lost`: expected and not there; `duplicated`: there and not expected, or once too often."""

    lost: Counter[Booked]
    duplicated: Counter[Booked]
    unbalanced: int


def judge(ledger: Path, expected: Counter[Booked]) -> Verdict:
    """Hold every draft and voucher in the ledger against what the till's files call for."""
    found: Counter[Booked] = Counter()
    unbalanced = 0
    for booked, balance in _booked(ledger):
        found[booked] += 1
        unbalanced += balance != 0
    return Verdict(expected - found, found - expected, unbalanced)


def drafts(ledger: Path) -> int:
    """How many drafts and vouchers the ledger holds."""
    with closing(_opened(ledger)) as connection:
        count: int = connection.execute("SELECT COUNT(*) FROM draft").fetchone()[0]
        return count


def _booked(ledger: Path) -> Iterator[tuple[Booked, int]]:
    """Each draft as what it books, and its debit less its credit."""
    heads: dict[str, tuple[str, str, str]] = {}
    money: dict[str, Counter[str]] = {}
    with closing(_opened(ledger)) as connection:
        for key, client, day, text, debit, credit, ore in connection.execute(_LINES):
            z_number = _Z.search(text or "")
            heads[key] = (client, day, z_number[1] if z_number else "?")
            sums = money.setdefault(key, Counter())
            sums[str(debit)] += ore
            sums[str(credit)] -= ore
    for key, head in heads.items():
        # A line with one side only is met by no account: what all of those come to is the imbalance.
        yield Booked(*head, amounts(money[key])), money[key]["None"]


def _opened(ledger: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=20)

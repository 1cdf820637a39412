"""Files damaged at random, and what is made of them: refused, blocked or right, in one process.

Run as `python -m tests.integrations.pos.mutations COUNT`; prints one JSON document with the tallies and
the peak of memory. A file is *refused* when it is not read, *blocked* when something in it stops, and
*right* when everything else in it is booked as the undamaged file says:

* For each settlement that nothing stops: what it books per (account, VAT code) is what the undamaged
  receipts of the same numbers come to. So a receipt that was lost or moved to another Z may be missing
  there, but only where something stops, waits or is open instead, and no amount is ever another one.
* The voucher date is the same, unless the damage is in a date or a time: then the file says another.
* Damage in the code books (before the first location) changes what every code means: there the gross
  is compared, which the Z holds.
* Which article group a line belongs to is the till's word alone; groups are booked by VAT code here.
"""

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from accounting.books.domain.codes import VAT_RATES, Role
from accounting.books.domain.day import SalesDay
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.sales import Receipt, ZReport
from accounting.books.domain.setup import Rule, RuleKey, Setup
from accounting.books.domain.totals import settle
from integrations.pos.generator import Plan, write
from integrations.pos.saft import read
from integrations.pos.saft.refusal import RefusedFile
from tests.integrations.pos.divided import OPENING, Register, registers

PLAN = Plan("923456783", "Fjord AS", date(2026, 11, 2), 2, (("Sentrum", "1"),), 9, 0)
HABITS = (
    PLAN,
    replace(PLAN, kinds="every", tips="inside", dialect="absolute", profile="restaurant"),
    replace(
        PLAN, kinds="every", tips="line", z="gross", namespace="prefixed", profile="restaurant"
    ),
    replace(PLAN, kinds="every", z="rounded", currency="nok", encoding="windows-1252"),
)
SEEDS = 6
SETUP = Setup(
    default={RuleKey(role): (Rule(f"1{n:03}", "0"),) for n, role in enumerate(Role)}
    | {RuleKey(Role.PAIDOUT, "ANNET"): (Rule("1999", "3"),)}  # 11999 is rung up with VAT
    | {RuleKey(Role.SALES, "", "", code): (Rule(f"3{code}", code),) for code in VAT_RATES}
)
DATES = re.compile(rb"<(?:n1:)?(?:trans|report|event)(?:Date|Time)>[^<]*<")
AMOUNT = re.compile(rb">(-?\d+)\.(\d\d)<")
LEAF = re.compile(rb"<([\w:]+)>[^<]*</\1>")
WHOLES = (b"cashtransaction", b"event", b"ctLine", b"payment", b"vat", b"rounding", b"raise")

Books = dict[tuple[str, str], int]


@cache
def original(number: int) -> tuple[bytes, dict[tuple[str, str], Receipt]]:
    """An undamaged file, and its receipts by register and number."""
    plan = replace(HABITS[number % len(HABITS)], seed=number)
    out = io.BytesIO()
    write(plan, out)
    receipts = {
        (register.place[1], nr): receipt
        for register in registers(read(io.BytesIO(out.getvalue())))
        for nr, receipt in register.receipts.items()
    }
    return out.getvalue(), receipts


def damaged(data: bytes, draw: Random) -> bytes:
    """The file with one thing changed: bytes, an element, an amount or an order."""
    return draw.choice(DAMAGES)(data, draw)


def _bytes(data: bytes, draw: Random) -> bytes:
    at, length = draw.randrange(len(data)), draw.choice((0, 1, 1, 1, 2, 40))
    new = draw.randbytes(draw.choice((0, 1, 1, 1, 3))) if draw.random() < 0.5 else b""
    if draw.random() < 0.5:
        new = draw.choice((b"0", b"9", b"-", b".", b"<", b">", b"&", b" ", b"D", b"\xe6"))
    return data[:at] + new + data[at + length :]


def _element(data: bytes, draw: Random) -> bytes:
    start, end = _a_leaf(data, draw) if draw.random() < 0.5 else _a_whole(data, draw)
    piece = data[start:end]
    empty = re.sub(rb">[^<]*<", b"><", piece, count=1)
    return data[:start] + draw.choice((b"", piece * 2, empty)) + data[end:]


def _amount(data: bytes, draw: Random) -> bytes:
    found = draw.choice(list(AMOUNT.finditer(data)))
    ore = int(found[1] + found[2])
    text = draw.choice(
        (
            *(_kroner(ore + step) for step in (1, -1, 50, 100, -100, 10_000)),
            *(_kroner(-ore), _kroner(ore * 10), _kroner(ore // 10), b"0.00", b"1.005", b"1e3"),
        )
    )
    return data[: found.start() + 1] + text + data[found.end() - 1 :]


def _kroner(ore: int) -> bytes:
    sign = "-" if ore < 0 else ""
    return f"{sign}{abs(ore) // 100}.{abs(ore) % 100:02}".encode()


def _order(data: bytes, draw: Random) -> bytes:
    piece = _a_leaf if draw.random() < 0.3 else _a_whole
    (a, b), (c, d) = sorted((piece(data, draw), piece(data, draw)))
    if b > c:
        return data
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _a_leaf(data: bytes, draw: Random) -> tuple[int, int]:
    at = draw.randrange(len(data) // 2)
    found = LEAF.search(data, at)
    return found.span() if found else (at, at)


def _a_whole(data: bytes, draw: Random) -> tuple[int, int]:
    """A transaction, an event, or a part of one."""
    prefix = b"n1:" if b"<n1:" in data else b""
    name = prefix + draw.choice(WHOLES)
    found = list(re.finditer(rb"<%b>.*?</%b>" % (name, name), data, re.DOTALL))
    return draw.choice(found).span() if found else (0, 0)


DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (_bytes, _element, _amount, _order)


def verdict(number: int) -> str:
    """What is made of the damaged file of this number: `refused`, `blocked`, `right` or `WRONG: …`."""
    draw = Random(number)  # noqa: S311 (no secret)
    data, receipts = original(number % (len(HABITS) * SEEDS))
    other = damaged(data, draw)
    try:
        found = registers(read(io.BytesIO(other), expected_org_no=PLAN.org_no))
    except RefusedFile:
        return "refused"
    looser = (
        other.partition(b"location>")[0] != data.partition(b"location>")[0],
        DATES.findall(other) != DATES.findall(data),
    )
    stopped = False
    for register in found:
        stopped |= bool(register.waiting)
        for day, part in register.settled:
            booked = build_journal(day, SETUP)
            if not isinstance(booked, Journal):
                stopped = True
                continue
            wrong = _wrong(day, booked, (register, part, receipts), looser)
            if wrong:
                return f"WRONG: {number} Z {day.z_number}: {wrong}"
    return "blocked" if stopped else "right"


def _wrong(
    day: SalesDay,
    booked: Journal,
    of: tuple[Register, list[Receipt], dict[tuple[str, str], Receipt]],
    looser: tuple[bool, bool],
) -> str:
    """Say how a settlement is not what the undamaged receipts of its numbers come to; '' if it is."""
    register, part, receipts = of
    code_books, dates = looser
    keys = [(register.place[1], receipt.nr) for receipt in part]
    if any(key not in receipts for key in keys):
        return f"unknown receipts {[key for key in keys if key not in receipts]}"
    z = ZReport(day.z_number, day.closed_at, register.reports[0].at_utc, "", day.gross)
    right = settle(z, [receipts[key] for key in keys], day.register, OPENING)
    if code_books:
        return "" if right.gross == day.gross else f"gross {day.gross}, not {right.gross}"
    journal = build_journal(replace(right, findings=()), SETUP)
    assert isinstance(journal, Journal)
    if _books(journal) != _books(booked):
        return f"booked {_books(booked)}, not {_books(journal)}"
    if not dates and journal.voucher_date != booked.voucher_date:
        return f"dated {booked.voucher_date}, not {journal.voucher_date}"
    return ""


def _books(journal: Journal) -> Books:
    sums = Counter[tuple[str, str]]()
    for line in journal.lines:
        sums[line.account, line.vat_code] += line.amount
    return {key: amount for key, amount in sums.items() if amount}


def main(count: int, first: int = 0) -> None:
    """Print the tallies of so many damaged files."""
    tallies = Counter[str]()
    wrong = []
    for number in range(first, first + count):
        said = verdict(number)
        tallies[said.partition(":")[0]] += 1
        if said.startswith("WRONG"):
            wrong.append(said)
    print(json.dumps({"tallies": tallies, "wrong": wrong[:20], "peak_mb": _peak_megabytes()}))


def _peak_megabytes() -> int:
    """Give the most memory this process has held; not what its parent held before it, as getrusage."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

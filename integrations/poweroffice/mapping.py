"""A journal becomes PowerOffice Go's draft, and a draft of theirs is known again as ours.

Pure. Gross amounts with VAT codes: Go splits the VAT. One-sided, positive lines on one posting date,
every line with its VAT id (poweroffice.md 4.1, 8.1). They have no field for a reference, so the mark
closes the description (reliability.md 5.2).
"""

import re
from collections import Counter
from decimal import Decimal

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.domain.journal import Journal, Line
from accounting.books.domain.money import to_kroner
from accounting.books.domain.setup import RuleKey
from integrations.poweroffice.wire import Amount, CodeBook, DraftLine, ManualJournal, Voucher

CURRENCY = "NOK"
_MARK = re.compile(r"\[([A-Z2-7]{8})\]")
# Go names no limit for a description; a list shows about this much beside the rest.
LONGEST_PLACE = 60


def to_manual_journal(
    journal: Journal, code_book: CodeBook, mark: str
) -> ManualJournal | tuple[Issue, ...]:
    """Turn a journal into a draft that carries the mark, or name every id that is not known."""
    issues = _unknown(journal, code_book)
    if issues:
        return issues
    code = journal.department_code
    department = code_book.departments[code] if code else None
    return ManualJournal(
        VoucherDate=journal.voucher_date,
        CurrencyCode=CURRENCY,
        Description=description(journal, mark),
        ManualVoucherLines=tuple(_line(line, journal, code_book) for line in journal.lines),
        DepartmentId=department,
    )


def description(journal: Journal, mark: str) -> str:
    """What the accountant reads in Bilagsføring: `Dagsoppgjør Sentrum 24.11.2026 Z 14 [K7F39QXD]`.

    Without a department the till's id, and where it stands if several tills have that id. A correction
    says first what it corrects; only its own mark stands in brackets.
    """
    till = f"{journal.register}, {_shortened(journal.place)}" if journal.place else journal.register
    place = journal.department or till
    what = f"Korrigering av {journal.corrects}, dagsoppgjør" if journal.corrects else "Dagsoppgjør"
    return f"{what} {place} {journal.voucher_date:%d.%m.%Y} Z {journal.z_number} [{mark}]"


def _shortened(place: str) -> str:
    """Keep both ends of a long name and address: shops of one chain differ in the last part too."""
    if len(place) <= LONGEST_PLACE:
        return place
    half = (LONGEST_PLACE - 1) // 2
    return f"{place[:half]}…{place[-half:]}"


def mark_in(description: str) -> str:
    """Give the mark that closes a description, '' where there is none."""
    found = _MARK.search(description)
    return found[1] if found else ""


def carries(voucher: Voucher, mark: str) -> bool:
    """Say whether the mark stands in the voucher's description, with its brackets."""
    return f"[{mark}]" in voucher.Description


def matches(journal: Journal, mark: str, voucher: Voucher) -> bool:
    """Say whether the voucher is this journal: mark, voucher date and debit sum agree."""
    debit = sum(
        (
            line.CurrencyAmount
            for line in voucher.ManualVoucherLines
            if line.DebitAccountId is not None
        ),
        Decimal(0),
    )
    same_day = voucher.VoucherDate == journal.voucher_date
    return carries(voucher, mark) and same_day and debit * 100 == journal.debit


def is_as_sent(journal: Journal, mark: str, voucher: Voucher, code_book: CodeBook) -> bool:
    """Say whether the voucher still is what we sent: its mark, its date, and each line's sum."""
    sent = Counter(
        (code_book.accounts.get(line.account), line.amount > 0, abs(line.amount))
        for line in journal.lines
    )
    there = Counter(
        (
            line.DebitAccountId or line.CreditAccountId,
            bool(line.DebitAccountId),
            line.CurrencyAmount * 100,
        )
        for line in voucher.ManualVoucherLines
    )
    same_day = voucher.VoucherDate == journal.voucher_date
    return carries(voucher, mark) and same_day and sent == there


def _line(line: Line, journal: Journal, code_book: CodeBook) -> DraftLine:
    code = journal.code_of(line)
    account, vat = code_book.accounts[line.account], code_book.vat_codes[line.vat_code]
    debit = line.amount > 0
    return DraftLine(
        PostingDate=journal.voucher_date,
        CurrencyAmount=Amount(to_kroner(abs(line.amount))),
        Description=f"{line.text} Z {journal.z_number}".strip(),
        DebitAccountId=account if debit else None,
        DebitVatId=vat if debit else None,
        CreditAccountId=None if debit else account,
        CreditVatId=None if debit else vat,
        DepartmentId=code_book.departments[code] if code else None,
    )


def _unknown(journal: Journal, code_book: CodeBook) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    departments = ((journal.department, journal.department_code), *journal.other_departments)
    for name, code in departments:
        if code and code not in code_book.departments:
            facts = (("department", name),)
            issues.append(Issue("department-not-linked", name, facts, Fix(Page.DEPARTMENTS, facts)))
    for line in journal.lines:
        fix = _row_of(line)
        if line.account not in code_book.accounts:
            facts = (("account", line.account),)
            issues.append(Issue("account-not-in-chart", line.account, facts, fix))
        if line.vat_code not in code_book.vat_codes:
            facts = (("vat_code", line.vat_code),)
            issues.append(Issue("vat-code-not-in-chart", line.vat_code, facts, fix))
    return tuple(dict.fromkeys(issues))


def _row_of(line: Line) -> Fix:
    """The row of Kontooppsett that the line's kind of money has, narrowest first (checks.py)."""
    vat_code = line.vat_code if line.role is Role.SALES else ""
    row = RuleKey(line.role, line.group, "", vat_code)
    return Fix(Page.ACCOUNT_SETUP, (("department", line.department), ("row", str(row))))

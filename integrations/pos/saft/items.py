"""What a SAF-T Cash Register file yields, in the order it stands there."""

from dataclasses import dataclass

from accounting.books.domain.issues import Issue
from accounting.books.domain.sales import Receipt, ZReport


@dataclass(frozen=True, slots=True)
class Company:
    """Whose file it is. `org_no` is the digits of companyIdent."""

    org_no: str
    name: str


@dataclass(frozen=True, slots=True)
class RegisterSeen:
    """A till begins: everything until the next one is its own.

    `location` is name and one-line address, '' where the file names none (saft.md 1.4).
    """

    location: str
    till_id: str


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    """One transaction of a till."""

    location: str
    till_id: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class ZRead:
    """One Z report of a till; Z reports come before the receipts they close (saft.md 1.4)."""

    location: str
    till_id: str
    z: ZReport


@dataclass(frozen=True, slots=True)
class FileNoted:
    """Something odd about the file as a whole, told at its end: a warning, and no part of any receipt."""

    issue: Issue


Item = Company | RegisterSeen | ReceiptRead | ZRead | FileNoted

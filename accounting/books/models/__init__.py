"""What the company did and how it is booked, as rows."""

from accounting.books.models.closing import ClosedDay
from accounting.books.models.journal import JournalSnapshot
from accounting.books.models.sales import Receipt, Settlement, ZReport
from accounting.books.models.setup import (
    ChartAccount,
    ChartDepartment,
    ChartTerms,
    ChartVatCode,
    SetupEntry,
)

__all__ = [
    "ChartAccount",
    "ChartDepartment",
    "ChartTerms",
    "ChartVatCode",
    "ClosedDay",
    "JournalSnapshot",
    "Receipt",
    "Settlement",
    "SetupEntry",
    "ZReport",
]

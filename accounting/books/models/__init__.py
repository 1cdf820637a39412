"""What the company did and how it is booked, as rows."""

from accounting.books.models.journal import JournalSnapshot
from accounting.books.models.sales import Receipt, Settlement, ZReport
from accounting.books.models.setup import (
    ChartAccount,
    ChartDepartment,
    ChartVatCode,
    SetupEntry,
)

__all__ = [
    "ChartAccount",
    "ChartDepartment",
    "ChartVatCode",
    "JournalSnapshot",
    "Receipt",
    "Settlement",
    "SetupEntry",
    "ZReport",
]

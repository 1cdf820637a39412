"""PowerOffice Go's own shapes, in PascalCase and with their ids: they are known here and nowhere else.

Sources: poweroffice.md 1.3, 3, 4.1, 4.9 and the DTOs of poweroffice-openapi.json. An amount is never
a float: it is written digit for digit from øre text, and read as Decimal.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NewType

RemoteId = NewType("RemoteId", str)

_AMOUNT = re.compile(r"(?!0+\.00)\d{1,13}\.\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Amount:
    """A positive amount of kroner, written on the wire as the JSON number `text`: `102.80`.

    Raises ValueError for a sign, a zero, or anything but two decimals.
    """

    text: str

    def __post_init__(self) -> None:
        if not _AMOUNT.fullmatch(self.text):
            raise ValueError(f"not a positive amount with two decimals: {self.text!r}")


# --- What we send


@dataclass(frozen=True, slots=True)
class DraftLine:
    """ManualJournalEntryVoucherLinePostDto, one-sided: the account that is filled says the side."""

    PostingDate: date
    CurrencyAmount: Amount
    Description: str
    DebitAccountId: int | None = None
    DebitVatId: int | None = None
    CreditAccountId: int | None = None
    CreditVatId: int | None = None
    DepartmentId: int | None = None


@dataclass(frozen=True, slots=True)
class ManualJournal:
    """ManualJournalEntryVoucherPostDto: a draft for Bilagsføring."""

    VoucherDate: date
    CurrencyCode: str
    Description: str
    ManualVoucherLines: tuple[DraftLine, ...]
    DepartmentId: int | None = None


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Their ids by number and code, as last fetched. VAT ids differ from VAT codes."""

    accounts: Mapping[str, int] = field(default_factory=dict)
    vat_codes: Mapping[str, int] = field(default_factory=dict)
    departments: Mapping[str, int] = field(default_factory=dict)


def to_json(value: object) -> str:
    """Write one of the shapes above; empty members are left out (poweroffice.md 3)."""
    match value:
        case Amount(text):
            return text
        case date():
            return json.dumps(value.isoformat())
        case tuple():
            return "[" + ",".join(map(to_json, value)) + "]"
        case str() | int():
            return json.dumps(value, ensure_ascii=False)
    if not is_dataclass(value):
        raise TypeError(f"not a shape of the wire: {type(value).__name__}")
    members = ((each.name, getattr(value, each.name)) for each in fields(value))
    written = (f'"{name}":{to_json(held)}' for name, held in members if held not in (None, ""))
    return "{" + ",".join(written) + "}"


# --- What they answer


@dataclass(frozen=True, slots=True)
class Token:
    """The token call's answer; `expires_in` in seconds. It shows itself without the token."""

    access_token: RemoteId = field(repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True)
class ClientInformation:
    """ClientIntegrationInformationDto: whose key it is, and what it may do."""

    ClientId: RemoteId
    ClientName: str
    ValidPrivileges: tuple[str, ...]
    InvalidPrivileges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinancialSettings:
    """Nothing may be booked before ConversionDate."""

    ConversionDate: date | None
    CurrencyCode: str


@dataclass(frozen=True, slots=True)
class VatSettings:
    """A client that is not registered may only use VAT code 0."""

    IsVatRegistered: bool


@dataclass(frozen=True, slots=True)
class LockDateSettings:
    """Nothing may be booked on or before LockDate."""

    LockDate: date | None


@dataclass(frozen=True, slots=True)
class VatCode:
    """VatCodeDto; Rate is a part of one: 0.25."""

    Id: int
    Code: str
    Name: str
    Rate: Decimal
    IsActive: bool
    ValidFrom: date | None
    ValidTo: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """GeneralLedgerAccountDto."""

    Id: int
    AccountNo: int
    Name: str
    IsActive: bool
    VatCode: str
    IsVatCodeLocked: bool
    IsDepartmentRequired: bool


@dataclass(frozen=True, slots=True)
class Department:
    """DepartmentDto."""

    Id: int
    Code: str
    Name: str
    IsActive: bool


@dataclass(frozen=True, slots=True)
class VoucherItem:
    """JournalEntryVoucherListItem: it has neither description nor reference."""

    Id: RemoteId
    VoucherType: str
    IsPosted: bool
    InApprovalWorkflow: bool
    IsCreatedByCurrentIntegration: bool | None
    CreatedDateTimeOffset: datetime
    LastChangedDateTimeOffset: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """AccountTransactionDto: a line of a posted voucher; its number may come later than the voucher."""

    VoucherId: RemoteId
    VoucherNo: int | None


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """ManualJournalEntryVoucherLineDto."""

    DebitAccountId: int | None
    CreditAccountId: int | None
    CurrencyAmount: Decimal


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """A document on a voucher, without its name (poweroffice.md 4.1)."""

    CreatedDateTimeOffset: datetime


@dataclass(frozen=True, slots=True)
class Voucher:
    """ManualJournalEntryVoucherDto."""

    Id: RemoteId
    VoucherDate: date | None
    Description: str
    ManualVoucherLines: tuple[VoucherLine, ...]
    Pages: tuple[VoucherPage, ...] = ()

"""Their chart of accounts becomes ours: pure.

A name longer than ours may be is cut.
"""

from collections.abc import Iterable
from decimal import Decimal

from accounting.books.domain.setup import Account, Terms, VatCode
from integrations.poweroffice import wire

LONGEST_NAME = 200

# Go refuses entries on these and wants the customer's or supplier's own account instead
# (poweroffice.md 4.2). GeneralLedgerAccountDto does not say which they are; by the standard chart
# (NS 4102) they are 1500 Kundefordringer and 2400 Leverandørgjeld.
CONTROL_ACCOUNTS = frozenset({1500, 2400})


def account_of(given: wire.Account) -> Account:
    """Read one account of theirs."""
    return Account(
        number=str(given.AccountNo),
        name=given.Name[:LONGEST_NAME],
        active=given.IsActive,
        vat_code=given.VatCode,
        vat_locked=given.IsVatCodeLocked,
        department_required=given.IsDepartmentRequired,
        control=given.AccountNo in CONTROL_ACCOUNTS,
    )


def vat_code_of(given: wire.VatCode) -> VatCode:
    """Read one VAT code of theirs; the rate in basis points."""
    return VatCode(
        code=given.Code,
        name=given.Name[:LONGEST_NAME],
        rate=int((given.Rate * Decimal(10_000)).to_integral_value()),
        active=given.IsActive,
        valid_from=given.ValidFrom,
        valid_to=given.ValidTo,
    )


def one_per_code(given: Iterable[wire.VatCode]) -> list[wire.VatCode]:
    """Of several with one code: an active one, then one without an end, then the newest."""
    best: dict[str, wire.VatCode] = {}
    for each in sorted(given, key=_preference):
        best[each.Code] = each
    return list(best.values())


def _preference(given: wire.VatCode) -> tuple[bool, bool, str]:
    begun = given.ValidFrom.isoformat() if given.ValidFrom else ""
    return given.IsActive, given.ValidTo is None, begun


def terms_of(
    locked: wire.LockDateSettings, books: wire.FinancialSettings, vat: wire.VatSettings
) -> Terms:
    """Read what holds for the books as a whole."""
    return Terms(locked.LockDate, books.ConversionDate, vat.IsVatRegistered)

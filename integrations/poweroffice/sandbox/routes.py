"""Which call goes where, and which privileges open it (each OAS summary's «Auth roles»)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from integrations.poweroffice.sandbox import (
    chart,
    customers,
    journals,
    orders,
    products,
    transactions,
)
from integrations.poweroffice.sandbox.listing import Call
from integrations.poweroffice.sandbox.message import Response

Handler = Callable[[Call], Response]
TOKEN_PATHS = ("/oauth/token", "/demo/oauth/token")
TOKEN_ROUTE = "/OAuth/Token"  # noqa: S105 - a path
ROOTS = ("/demo/v2", "/v2", "")


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    roles: tuple[str, ...]  # any of them; none means any token
    handler: Handler


def _reads(name: str) -> tuple[str, ...]:
    return (name, f"{name}_Full")


ROUTES = (
    Route("GET", "/ClientIntegrationInformation", (), chart.client_information),
    Route("GET", "/FinancialSettings", _reads("CommonServices"), chart.financial_settings),
    Route("GET", "/VatSettings", _reads("CommonServices"), chart.vat_settings),
    Route("GET", "/LockDateSettings", _reads("CommonServices"), chart.lock_date_settings),
    Route("GET", "/VatCodes", _reads("CommonServices"), chart.vat_codes),
    Route("GET", "/GeneralLedgerAccounts", _reads("GeneralLedgerAccount"), chart.accounts),
    Route("GET", "/Departments", _reads("Department"), chart.departments),
    Route("GET", "/JournalEntryVouchers", _reads("JournalEntryVoucher"), journals.list_all),
    Route(
        "POST",
        "/JournalEntryVouchers/ManualJournals",
        ("JournalEntryVoucher_Full",),
        journals.create,
    ),
    Route(
        "GET",
        "/JournalEntryVouchers/ManualJournals/{id}",
        _reads("JournalEntryVoucher"),
        journals.show,
    ),
    Route("DELETE", "/JournalEntryVouchers/{id}", ("JournalEntryVoucher_Full",), journals.delete),
    Route(
        "POST",
        "/JournalEntryVouchers/{id}/VoucherPages",
        ("JournalEntryVoucher_Full",),
        journals.add_page,
    ),
    Route("GET", "/AccountTransactions", _reads("AccountTransaction"), transactions.list_all),
    Route("GET", "/Customers", _reads("Customer"), customers.list_all),
    Route("POST", "/Customers", ("Customer_Full",), customers.create),
    Route("GET", "/Products", _reads("Product"), products.list_all),
    Route("POST", "/Products", ("Product_Full",), products.create),
    Route("GET", "/SalesOrders", _reads("SalesOrders"), orders.list_all),
    Route("POST", "/SalesOrders/Complete", ("SalesOrders_Full",), orders.create),
    Route("GET", "/SalesOrders/{id}/Complete", _reads("SalesOrders"), orders.show),
    Route("DELETE", "/SalesOrders/{id}", ("SalesOrders_Full",), orders.delete),
)
PATTERNS = tuple(
    (re.compile(re.sub(r"\{id\}", "([^/]+)", route.path), re.IGNORECASE), route) for route in ROUTES
)


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    """The route of a call under the live, demo or bare root, with what stood in its path."""
    root = next(root for root in ROOTS if path.lower().startswith(root))
    for pattern, route in PATTERNS:
        match = pattern.fullmatch(path[len(root) :])
        if match and route.method == method:
            return route, match.groups()
    return None

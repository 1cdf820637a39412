"""The manual journal's post DTOs, field by field as in poweroffice-openapi.json."""

from integrations.poweroffice.sandbox.shapes import Many, OneOf, Shape, Text

AGRICULTURE = OneOf(
    "AgricultureDepartment",
    "None Finance Farming Forestry FurAnimals OtherIndustries Private",
)
VAT_RETURN = OneOf(
    "VatReturnSpecification",
    "None Adjustment LossesOnClaims ReversalOfInputValueAddedTax Withdrawals"
    " AdjustmentVatCompensationRealProperty PurchasesEligibleForCompensation",
)
ACCRUAL = Shape(
    "AccrualBase",
    {
        "BalanceAccountAgricultureDepartment": AGRICULTURE,
        "BalanceAccountId": "int64",
        "BalanceAccountNo": "int64",
        "FromDate": "date",
        "IsActive": "bool",
        "ToDate": "date",
    },
)
HEAD_DIMENSIONS = ("ProjectId", "LocationId", "Dim1Id", "Dim2Id", "Dim3Id")
LINE_EXTRAS = (
    "Quantity",
    "Quantity2",
    "CurrencyExchangeRate",
    "DebitVatReturnSpecification",
    "CreditVatReturnSpecification",
    "Accrual",
)
# AgricultureDetails and ProductId are left out: no till sends them, and strict refuses them.
LINE = Shape(
    "ManualJournalEntryVoucherLinePostDto",
    {
        "DebitAccountId": "int64",
        "CreditAccountId": "int64",
        "DebitVatId": "int32",
        "CreditVatId": "int32",
        "CurrencyAmount": "money",
        "CurrencyCode": Text(3),
        "CurrencyExchangeRate": "number",
        "PostingDate": "date",
        "Description": Text(),
        "DepartmentId": "int64",
        **dict.fromkeys(HEAD_DIMENSIONS, "int64"),
        "Quantity": "number",
        "Quantity2": "number",
        "DebitVatReturnSpecification": VAT_RETURN,
        "CreditVatReturnSpecification": VAT_RETURN,
        "Accrual": ACCRUAL,
    },
)
MANUAL_JOURNAL = Shape(
    "ManualJournalEntryVoucherPostDto",
    {
        "VoucherDate": "date",
        "CurrencyCode": Text(3),
        "Description": Text(),
        "Comment": Text(1000),
        "DepartmentId": "int64",
        **dict.fromkeys(HEAD_DIMENSIONS, "int64"),
        "ManualVoucherLines": Many(LINE),
    },
    frozenset(("VoucherDate", "CurrencyCode")),
)

"""The post DTOs of customers, products and sales orders, as in poweroffice-openapi.json."""

from integrations.poweroffice.sandbox.journal_shapes import AGRICULTURE, VAT_RETURN
from integrations.poweroffice.sandbox.shapes import Many, OneOf, Shape, Text

UNIT = OneOf(
    "UnitOfMeasureType",
    "BX MTR KMT KGM EA LTR HUR DAY MTK MTQ TNE MON ANN QAN NL XRO XBA XPL XPC PR XCI "
    "XBG SET XTY XOF FTK KWH MWH LBR CMT DMT LM XPK GRM HGM XFL XBE E54 MMT DAA H18 "
    "MLT HLT DLT AK XCR E14 MJ J57 XJG XCT XSA XTU WEE XCA XCN NAR M4 XVQ P1 MFU KMK "
    "LM3 FOT FM3 E34 E35",
)

PRODUCT_TYPE = OneOf("ProductType", "Product Service")

DELIVERY = OneOf(
    "InvoiceDeliveryType",
    "PdfByEmail Print EHF AvtaleGiro External Efaktura Factoring",
)

REMINDER = OneOf("ReminderDeliveryType", "PdfByEmail Print")

NOTICE = OneOf("NoticeOfDebtCollectionDeliveryType", "PdfByEmail Print")

STATUS = OneOf("OrderStatus", "Draft Confirmed")

LINE_TYPE = OneOf("VoucherLineType", "Normal Text Summary InvoiceFee TotalHours")

ADDRESS = Shape(
    "ContactAddressPostDto",
    {
        "AddressLine1": Text(200),
        "AddressLine2": Text(200),
        "City": Text(100),
        "CountryCode": Text(),
        "ExternalCode": Text(50),
        "ZipCode": Text(50),
    },
    frozenset(("City", "ZipCode")),
)

CUSTOMER = Shape(
    "CustomerPostDto",
    {
        "Allowance": "number",
        "BillableRate": "number",
        "CurrencyCode": Text(),
        "CustomerSince": "date",
        "DateOfBirth": "date",
        "DeliveryTerm": Text(),
        "DeliveryTermId": "int64",
        "DepartmentCode": Text(),
        "DepartmentId": "int64",
        "DoNotAddLatePaymentFees": "bool",
        "DoNotAddLatePaymentInterest": "bool",
        "DoNotAutomatePaymentNotifications": "bool",
        "EmailAddress": Text(),
        "ExternalImportReference": Text(50),
        "ExternalNumber": "int64",
        "FirstName": Text(),
        "InvoiceBrandingThemeCode": Text(),
        "InvoiceBrandingThemeId": "int64",
        "InvoiceDeliveryType": DELIVERY,
        "InvoiceEmailAddress": Text(),
        "InvoiceEmailAddressCC": Text(),
        "IsArchived": "bool",
        "IsPerson": "bool",
        "IsVatFree": "bool",
        "LastName": Text(),
        "LegalName": Text(),
        "MailAddress": ADDRESS,
        "Name": Text(),
        "NationalIdNumber": Text(),
        "NoticeOfDebtCollectionDeliveryType": NOTICE,
        "Number": "int64",
        "OrganizationNumber": Text(),
        "PaymentReminderEmailAddress": Text(),
        "PaymentTerm": "int32",
        "PaymentTermId": "int64",
        "PhoneNumber": Text(),
        "ReminderDeliveryType": REMINDER,
        "SalesPersonEmployeeId": "int64",
        "SalesPersonEmployeeNumber": "int64",
        "SendPaymentReminders": "bool",
        "SubLedgerNumberSeriesId": Text(),
        "TransferToDebtCollectionAgency": "bool",
        "UseInvoiceFee": "bool",
        "WebsiteUrl": Text(),
    },
)

PRODUCT = Shape(
    "ProductPostDto",
    {
        "Code": Text(100),
        "Description": Text(),
        "Gtin": Text(),
        "IsArchived": "bool",
        "IsStockItem": "bool",
        "Name": Text(400),
        "OptionalSalesAccount": "int64",
        "OptionalSalesAccountAgricultureDepartment": AGRICULTURE,
        "OptionalSalesAccountId": "int64",
        "ProductGroupCode": Text(),
        "ProductGroupId": "int64",
        "ProductType": PRODUCT_TYPE,
        "StandardSalesAccount": "int64",
        "StandardSalesAccountAgricultureDepartment": AGRICULTURE,
        "StandardSalesAccountId": "int64",
        "StockOnHand": "number",
        "UnitCost": "number",
        "UnitOfMeasureCode": UNIT,
        "UnitPrice": "number",
    },
    frozenset(("Name",)),
)

ORDER_ACCRUAL = Shape(
    "SalesOrderAccrualPostDto",
    {
        "BalanceAccountAgricultureDepartment": AGRICULTURE,
        "BalanceAccountId": "int64",
        "BalanceAccountNo": "int64",
        "FromDate": "date",
        "IsActive": "bool",
        "ResultAccountAgricultureDepartment": AGRICULTURE,
        "ResultAccountId": "int64",
        "ResultAccountNo": "int64",
        "ToDate": "date",
    },
)

ORDER_LINE = Shape(
    "SalesOrderLinePostDto",
    {
        "Accrual": ORDER_ACCRUAL,
        "Allowance": "number",
        "DepartmentCode": Text(),
        "DepartmentId": "int64",
        "Description": Text(),
        "Dim1Code": Text(),
        "Dim1Id": "int64",
        "Dim2Code": Text(),
        "Dim2Id": "int64",
        "Dim3Code": Text(),
        "Dim3Id": "int64",
        "ExternalImportReference": Text(),
        "LineType": LINE_TYPE,
        "LocationCode": Text(),
        "LocationId": "int64",
        "ProductCode": Text(),
        "ProductId": "int64",
        "ProductUnitCost": "number",
        "ProductUnitPrice": "number",
        "ProjectCode": Text(),
        "ProjectId": "int64",
        "Quantity": "number",
        "SellersReferenceEmployeeId": "int64",
        "SellersReferenceEmployeeNo": "int64",
        "SortOrder": "int32",
        "UnitOfMeasureCode": UNIT,
        "UseStandardSalesAccount": "bool",
        "VatReturnSpecification": VAT_RETURN,
    },
)

ORDER = Shape(
    "SalesOrderCompletePostDto",
    {
        "BrandingThemeCode": Text(),
        "BrandingThemeId": "int64",
        "ContactDeliveryAddressId": "int64",
        "ContractNo": Text(),
        "CurrencyCode": Text(),
        "CurrencyExchangeRate": "number",
        "CustomMatchingReference": Text(),
        "CustomerId": "int64",
        "CustomerNo": "int64",
        "CustomerReference": Text(),
        "CustomerReferenceContactPersonId": "int64",
        "DeliveryDate": "date",
        "DeliveryTerm": Text(),
        "DeliveryTermId": "int64",
        "DepartmentCode": Text(),
        "DepartmentId": "int64",
        "Dim1Code": Text(),
        "Dim1Id": "int64",
        "Dim2Code": Text(),
        "Dim2Id": "int64",
        "Dim3Code": Text(),
        "Dim3Id": "int64",
        "ExternalImportReference": Text(),
        "ImportedOrderNo": "int64",
        "LocationCode": Text(),
        "LocationId": "int64",
        "PaymentTerm": "int32",
        "PaymentTermId": "int64",
        "ProjectCode": Text(),
        "ProjectId": "int64",
        "PurchaseOrderReference": Text(),
        "RelatedInvoiceNo": "int64",
        "SalesOrderDate": "date",
        "SalesOrderLines": Many(ORDER_LINE),
        "SalesOrderStatus": STATUS,
        "SalesPersonEmployeeId": "int64",
        "SalesPersonEmployeeNumber": "int64",
    },
)

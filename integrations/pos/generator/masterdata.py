"""The start of the file: header, company and the code books that come before any till."""

from datetime import date, timedelta

from integrations.pos.generator.catalogue import (
    ALL_GROUPS,
    ALL_VAT_CODES,
    GROUPS,
    VAT_CODES,
    articles,
)
from integrations.pos.generator.codebook import CODES, EMPLOYEES, MORE_CODES, Code
from integrations.pos.generator.customers import PARTIES
from integrations.pos.generator.markup import text
from integrations.pos.generator.plan import Encoding, Namespace, Plan
from integrations.pos.generator.wrapping import PREFIX

NAMESPACE = "urn:StandardAuditFile-Taxation-CashRegister:NO"
XMLNS: dict[Namespace, str] = {"default": "xmlns", "prefixed": f"xmlns:{PREFIX}"}
DECLARED: dict[Encoding, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "iso-8859-1": "ISO-8859-1",
    "windows-1252": "windows-1252",
    "utf-16": "UTF-16",
}
ADDRESS = (
    "<streetname>Storgata</streetname><number>1</number><city>Tromsø</city>"
    "<postalCode>9008</postalCode><country>NO</country>"
)
SINCE = date(2012, 1, 1).isoformat()


def head(plan: Plan) -> str:
    """Everything from the XML declaration to the first location."""
    return (
        f'<?xml version="1.0" encoding="{DECLARED[plan.encoding]}"?>\n'
        f'<auditfile {XMLNS[plan.namespace]}="{NAMESPACE}">\n{_header(plan)}'
        f"<company><companyIdent>{plan.org_no}</companyIdent>"
        f"<companyName>{text(plan.name)}</companyName>"
        "<taxRegistrationCountry>NO</taxRegistrationCountry>"
        f"<taxRegIdent>{plan.org_no}MVA</taxRegIdent>"
        f"<streetAddress>{ADDRESS}</streetAddress><postalAddress>{ADDRESS}</postalAddress>\n"
        f"{_customers(plan)}{_vat_codes(plan)}{_employees()}{_articles(plan)}{_basics(plan)}"
    )


def tail() -> str:
    """Everything after the last location."""
    return "</company>\n</auditfile>\n"


def _header(plan: Plan) -> str:
    """The selection period, as the official example does; made the morning after its last day."""
    first, last = plan.start, plan.last_day
    years = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    made = last + timedelta(days=1)
    return (
        f"<header><fiscalYear>{years}</fiscalYear><startDate>{first}</startDate>"
        f"<endDate>{last}</endDate><curCode>NOK</curCode><dateCreated>{made}</dateCreated>"
        "<timeCreated>06:00:00</timeCreated><softwareDesc>Kassegenerator</softwareDesc>"
        "<softwareVersion>1.0</softwareVersion>"
        "<softwareCompanyName>Øvingskasser AS</softwareCompanyName>"
        "<auditfileVersion>1.0</auditfileVersion></header>\n"
    )


def _customers(plan: Plan) -> str:
    if not plan.wide:
        return ""
    rows = "".join(
        f"<customerSupplier><custSupID>{one.own}</custSupID>"
        f"<custSupName>{text(one.name)}</custSupName><custSupType>{one.type}</custSupType>"
        + (f"<taxRegIdent>{one.org_no}MVA</taxRegIdent>" if one.org_no else "")
        + f"<postalAddress>{ADDRESS}</postalAddress></customerSupplier>\n"
        for one in PARTIES
    )
    return f"<customersSuppliers>\n{rows}</customersSuppliers>\n"


def _vat_codes(plan: Plan) -> str:
    rows = "".join(
        f"<vatCodeDetail><vatCode>{code.own}</vatCode><dateOfEntry>{SINCE}</dateOfEntry>"
        f"<vatDesc>{text(code.name)}</vatDesc><standardVatCode>{code.standard}</standardVatCode>"
        "</vatCodeDetail>\n"
        for code in (ALL_VAT_CODES if plan.wide else VAT_CODES).values()
    )
    return f"<vatCodeDetails>\n{rows}</vatCodeDetails>\n"


def _employees() -> str:
    rows = "".join(
        f"<employee><empID>{one.own}</empID><dateOfEntry>{SINCE}</dateOfEntry>"
        f"<timeOfEntry>08:00:00</timeOfEntry><firstName>{one.first_name}</firstName>"
        f"<surName>{one.surname}</surName></employee>\n"
        for one in EMPLOYEES
    )
    return f"<employees>\n{rows}</employees>\n"


def _articles(plan: Plan) -> str:
    rows = "".join(
        f"<article><artID>{one.own}</artID><dateOfEntry>{SINCE}</dateOfEntry>"
        f"<artGroupID>{one.group.own}</artGroupID><artDesc>{text(one.name)}</artDesc></article>\n"
        for one in articles(plan.profile, plan.start, wide=plan.wide)
    )
    return f"<articles>\n{rows}</articles>\n"


def _basics(plan: Plan) -> str:
    kinds_of_goods = (ALL_GROUPS if plan.wide else GROUPS).values()
    groups = [Code("04", one.own, one.predefined, one.name) for one in kinds_of_goods]
    codes = (*CODES, *MORE_CODES) if plan.wide else CODES
    rows = "".join(_basic(code) for code in (*groups, *codes))
    return f"<basics>\n{rows}</basics>\n"


def _basic(code: Code) -> str:
    official = (
        f"<predefinedBasicID>{code.predefined}</predefinedBasicID>" if code.predefined else ""
    )
    return (
        f"<basic><basicType>{code.basic_type}</basicType><basicID>{code.own}</basicID>{official}"
        f"<basicDesc>{text(code.name)}</basicDesc></basic>\n"
    )

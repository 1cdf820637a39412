"""Writes small SAF-T Cash Register files for tests: valid unless a test asks otherwise.

Every part is text, so a test breaks a file by replacing a piece of it.
"""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO

NAMESPACE = "urn:StandardAuditFile-Taxation-CashRegister:NO"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
VAT_CODES = {"0": "0", "1": "33", "2": "31", "3": "3"}
RATES = {"0": "0.00", "1": "12.00", "2": "15.00", "3": "25.00"}
BASICS = (
    ("04", "100", "04006", "Food"),
    ("04", "200", "04013", "Tobacco"),
    ("04", "300", "04007", "Beer"),
    ("05", "SAL", "", "Sale line"),
    ("10", "TIP", "10001", "Tip"),
    ("11", "CASHSAL", "11001", "Cash sale"),
    ("11", "CREDSAL", "11002", "Credit sale"),
    ("11", "CUSTPAY", "11005", "Payment"),
    ("11", "RETURNSAL", "11006", "Return sale"),
    ("12", "CASH", "12001", "Cash"),
    ("12", "DEBCARD", "12002", "Debit card"),
    ("12", "ACCOUNT", "12006", "On account"),
    ("13", "ZREP", "13009", "Z report"),
    ("13", "SALREC", "13012", "Sales receipt"),
    ("13", "RETREC", "13013", "Return receipt"),
    ("13", "COPYREC", "13014", "Copy receipt"),
    ("13", "DRAWOPEN", "13005", "Drawer"),
)


def el(name: str, *inner: str | None) -> str:
    """One element; None when there is nothing to write."""
    return f"<{name}>{''.join(part for part in inner if part)}</{name}>"


def leaves(pairs: Mapping[str, str | None]) -> str:
    """One leaf each, those of None left out."""
    return "".join(el(name, value) for name, value in pairs.items() if value is not None)


def line(group: str, gross: str, net: str, vat: str, code: str = "2", side: str = "C") -> str:
    """A line with one VAT row."""
    fields = {"lineAmntIn": gross, "lineAmntEx": net, "amntTp": side}
    start = {"nr": "1", "lineID": "1", "lineType": "SAL", "artGroupID": group}
    return el("ctLine", leaves({**start, **fields}), vat_row(code, vat, side))


def vat_row(code: str, vat: str, side: str | None = "C") -> str:
    """A `vat` of a line or a transaction."""
    fields = {"vatCode": code, "vatPerc": RATES[code], "vatAmnt": vat, "vatAmntTp": side}
    return el("vat", leaves(fields))


def payment(own: str, paid: str, **more: str) -> str:
    """A tender."""
    return el("payment", leaves({"paymentType": own, "paidAmnt": paid, **more}))


def rounding(amount: str | None) -> str:
    """The rounding element."""
    return el("rounding", leaves({"roundingAmnt": amount}))


def receipt(
    nr: str,
    gross: str,
    net: str,
    *body: str,
    at: str = "2020-01-01T10:00:00",
    side: str = "C",
    own_type: str | None = "CASHSAL",
    tail: str = "",
    **more: str | None,
) -> str:
    """A transaction. `body` is lines, VAT rows, rounding and payments in order; `more` are optional
    fields between amntTp and ctLine, `tail` what stands after keyVersion."""
    day, clock = at.split("T")
    head = {"nr": nr, "transID": f"t{nr}", "transType": own_type, "transAmntIn": gross}
    head |= {"transAmntEx": net, "amntTp": side, "custSupID": more.pop("custSupID", None)}
    head |= {"transDate": day, "transTime": clock, **more}
    end = leaves({"signature": "NA", "keyVersion": "1"})
    return el("cashtransaction", leaves(head), *body, end, tail)


def card_sale(
    nr: str, gross: str = "115.00", net: str = "100.00", vat: str = "15.00", **more: str
) -> str:
    """Food paid by card."""
    rows = (line("100", gross, net, vat), vat_row("2", vat), payment("DEBCARD", gross))
    return receipt(nr, gross, net, *rows, **more)


def event(
    own: str, nr: str | None = None, at: str = "2020-01-01T10:00:30", report: str = ""
) -> str:
    """An event of the journal, about the receipt `nr` if there is one."""
    day, clock = at.split("T")
    trans_id = None if nr is None else f"t{nr}"
    head = {"eventID": "1", "eventType": own, "transID": trans_id}
    return el("event", leaves({**head, "eventDate": day, "eventTime": clock}), report)


def z_report(
    number: str,
    total: str,
    payments: Mapping[str, str],
    vat: Mapping[str, tuple[str, str]],
    at: str = "2020-01-01T23:56:59",
    **more: str,
) -> str:
    """The event of a Z report. `vat` is code → (net, VAT).

    `more`: register, groups, returns, counted (sales receipts), kind, tip.
    """
    day, clock = at.split("T")
    return event("ZREP", at=at, report=report(number, total, payments, vat, (day, clock), **more))


def report(
    number: str,
    total: str,
    payments: Mapping[str, str],
    vat: Mapping[str, tuple[str, str]],
    at: tuple[str, str],
    register: str = "1",
    groups: Iterable[tuple[str, str]] = (("100", "0.00"),),
    returns: str = "0.00",
    counted: str = "0",
    kind: str = "Z report",
    tip: str = "",
) -> str:
    """The eventReport with every element that must be there."""
    head = {"reportID": number, "reportType": kind, "companyIdent": "999999999"}
    head |= {"companyName": "Selskapet ASA", "reportDate": at[0], "reportTime": at[1]}
    rows = [
        el(
            "reportArtGroup",
            leaves({"artGroupID": own, "artGroupNum": "1", "artGroupAmnt": amount}),
        )
        for own, amount in groups
    ]
    paid = [
        el("reportPayment", leaves({"paymentType": own, "paymentNum": "1", "paymentAmnt": amount}))
        for own, amount in payments.items()
    ]
    taxed = [
        el(
            "reportCashSaleVat",
            leaves({"vatCode": code, "vatPerc": RATES[code], "cashSaleAmnt": net, "vatAmnt": tax}),
        )
        for code, (net, tax) in vat.items()
    ]
    return el(
        "eventReport",
        leaves({**head, "registerID": register}),
        el("reportTotalCashSales", leaves({"totalCashSaleAmnt": total})),
        el("reportArtGroups", *rows),
        el("reportPayments", *paid),
        tip and el("reportTip", leaves({"tipNum": "1", "tipAmnt": tip})),
        el("reportCashSalesVat", *taxed),
        leaves({"reportOpeningChangeFloat": "0.00", **_counters(returns, counted)}),
        _rows("reportCorrLines", "reportCorrLine", "corrLine", "Type"),
        _rows("reportPriceInquiries", "reportPriceInquiry", "priceInquiry", "Group"),
        _rows("reportOtherCorrs", "reportOtherCorr", "otherCorr", "Type"),
        leaves({f"report{name}": "0" for name in ("ReceiptDeliveryNum", "ReceiptDeliveryAmnt")}),
        leaves({f"report{name}": "0" for name in ("TrainingNum", "TrainingAmnt")}),
        leaves({f"reportGrandTotal{name}": "0.00" for name in ("Sales", "Return", "SalesNet")}),
    )


def _counters(returns: str, counted: str) -> dict[str, str]:
    names = "ReceiptNum OpenCashBoxNum ReceiptCopyNum ReceiptCopyAmnt ReceiptProformaNum"
    names += " ReceiptProformaAmnt ReturnNum ReturnAmnt DiscountNum DiscountAmnt VoidTransNum"
    counters = {f"report{name}": "0" for name in f"{names} VoidTransAmnt".split()}
    return {**counters, "reportReturnAmnt": returns, "reportReceiptNum": counted}


def _rows(outer: str, inner: str, prefix: str, kind: str) -> str:
    fields = {f"{prefix}{kind}": "NONE", f"{prefix}Num": "0", f"{prefix}Amnt": "0.00"}
    return el(outer, el(inner, leaves(fields)))


def till(*entries: str, register: str = "1") -> str:
    """A cash register: events first, then transactions."""
    return el("cashregister", el("registerID", register), *entries)


def location(*tills: str, name: str | None = "Sentrum", address: str = "") -> str:
    """A place with its tills."""
    return el("location", leaves({"name": name}), address, *tills)


def saft(
    *locations: str,
    basics: Iterable[tuple[str, str, str, str]] = BASICS,
    org_no: str = "999999999",
    lists: str = "",
    made: tuple[str, str] = ("2027-01-01", "10:00:00"),
) -> str:
    """The whole file as text; `lists` stands before the basics (employees, articles).

    `made` is when the till wrote it, by the header.
    """
    header = {"fiscalYear": "2020", "startDate": "2020-01-01", "endDate": "2020-01-31"}
    header |= {"curCode": "NOK", "dateCreated": made[0], "timeCreated": made[1]}
    header |= {"softwareDesc": "Kasse", "softwareVersion": "1", "softwareCompanyName": "K AS"}
    company = {"companyIdent": org_no, "companyName": "Selskapet ASA"}
    codes = (
        {"vatCode": own, "dateOfEntry": "0001-01-01", "standardVatCode": standard}
        for own, standard in VAT_CODES.items()
    )
    rows = (
        {
            "basicType": kind,
            "basicID": own,
            "predefinedBasicID": standard or None,
            "basicDesc": text,
        }
        for kind, own, standard, text in basics
    )
    return DECLARATION + (
        f'<auditfile xmlns="{NAMESPACE}">'
        + el("header", leaves({**header, "auditfileVersion": "1.0"}))
        + el(
            "company",
            leaves(company),
            el("vatCodeDetails", *(el("vatCodeDetail", leaves(code)) for code in codes)),
            lists,
            el("basics", *(el("basic", leaves(row)) for row in rows)),
            *locations,
        )
        + "</auditfile>"
    )


def prefixed(text: str) -> str:
    """The same file with `n1:` before every name."""
    text = text.replace(f'xmlns="{NAMESPACE}"', f'xmlns:n1="{NAMESPACE}"')
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1n1:", text)


def source(file: str | bytes) -> BytesIO:
    """The file as something to read from."""
    return BytesIO(file.encode() if isinstance(file, str) else file)

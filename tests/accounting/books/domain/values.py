"""Values for the tests of the rules: small receipts, Z reports and setups, in øre."""

from datetime import UTC, date, datetime, time

from accounting.books.domain.codes import Role, rate_on
from accounting.books.domain.money import vat_of_gross
from accounting.books.domain.sales import Payment, Receipt, ReceiptKind, SaleLine, VatRow, ZReport
from accounting.books.domain.setup import Account, Chart, Rule, RuleKey, Setup, VatCode
from accounting.books.domain.totals import settle

DAY = date(2026, 11, 23)
AT = "2026-11-23T12:00:00"
AT_UTC = datetime(2026, 11, 23, 11, tzinfo=UTC)
OPENING = time(5)
FOOD = ("100", "Mat", "04006", "31")
BEER = ("300", "Øl", "04007", "3")
NAMES = {"12001": ("CASH", "Kontant"), "12002": ("CARD", "Kort"), "12006": ("ACC", "Konto")}


def a_line(gross=11500, what=FOOD, vat=None, **more):
    """A line with the VAT that its gross holds."""
    group, name, standard, code = what
    rate = rate_on(code, DAY)
    vat = vat_of_gross(gross, rate or 0) if vat is None else vat
    fields = {"group": group, "group_name": name, "standard_group": standard, "vat_code": code}
    fields |= {"own_vat_code": code, "rate": rate, "gross": gross, "net": gross - vat, "vat": vat}
    return SaleLine(**{**fields, **more})


def a_payment(amount, standard="12002", **more):
    """A tender of a standard type."""
    own, name = NAMES.get(standard, (standard, standard))
    return Payment(own, name, standard, amount, **more)


def a_receipt(nr=1, lines=None, payments=None, **more):
    """A sale with a VAT row per code, paid by card."""
    lines = (a_line(),) if lines is None else tuple(lines)
    gross = sum(line.gross for line in lines)
    codes = dict.fromkeys((x.vat_code, x.own_vat_code, x.rate) for x in lines)
    rows = tuple(
        VatRow(*code, sum(x.vat for x in lines if (x.vat_code, x.own_vat_code, x.rate) == code))
        for code in codes
    )
    payments = (a_payment(gross),) if payments is None else tuple(payments)
    fields = {"nr": str(nr), "position": nr, "trans_id": f"t{nr}", "at": AT, "at_utc": AT_UTC}
    fields |= {"own_type": "SALE", "standard_type": "11001", "kind": ReceiptKind.SALE}
    fields |= {"gross": gross, "net": sum(line.net for line in lines), "rounding": 0}
    fields |= {"lines": lines, "vat_rows": rows, "payments": payments}
    return Receipt(**{**fields, **more})


def a_z(receipts=(), number="1", **more):
    """The Z report that agrees with its receipts."""
    vat, paid = {}, {}
    for receipt in receipts:
        for row in receipt.vat_rows:
            key = (row.own_vat_code, row.rate or 0)
            vat[key] = vat.get(key, 0) + row.vat
        for payment in receipt.payments:
            paid[payment.type] = paid.get(payment.type, 0) + payment.amount
    fields = {"number": number, "at": "2026-11-23T23:00:00", "register_named": "1"}
    fields |= {"at_utc": datetime(2026, 11, 23, 22, tzinfo=UTC)}
    fields |= {"total": sum(receipt.gross for receipt in receipts)}
    fields |= {"vat": tuple((code, rate, 0, amount) for (code, rate), amount in vat.items())}
    return ZReport(**{**fields, "payments": tuple(paid.items()), **more})


def a_day(*receipts, z=None, **more):
    """The settlement of these receipts."""
    return settle(z or a_z(receipts), receipts, "1", OPENING, **more)


def codes(issues):
    return [issue.code for issue in issues]


RULES = {
    RuleKey(Role.SALES, "", "", "31"): (Rule("3030", "31"),),
    RuleKey(Role.SALES, "", "", "3"): (Rule("3000", "3"),),
    RuleKey(Role.CASH): (Rule("1900", "0"),),
    RuleKey(Role.CARD): (Rule("1901", "0"),),
    RuleKey(Role.ROUNDING): (Rule("7740", "0"),),
}
CHART = Chart(
    accounts={number: Account(number) for number in ("3030", "3000", "1900", "1901", "7740")},
    vat_codes={code: VatCode(code) for code in ("0", "3", "31")},
)
SETUP = Setup(default=RULES, chart=CHART)

"""A generated file agrees with itself and with the oracle, read by other eyes (saft.md 6.4, 7)."""

from dataclasses import replace

import pytest

from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import BUSY, TWO_SHOPS, ore, tree, truth, written

WIDE = replace(BUSY, tills=TWO_SHOPS, days=5, receipts=30)
HABITS = {
    "usual": WIDE,
    "basic": replace(WIDE, kinds="basic", dialect="absolute"),
    "absolute, inside": replace(
        WIDE, dialect="absolute", tips="inside", currency="nok", kinds="every", z="gross", seed=40
    ),
    "line": replace(WIDE, tips="line", z="rounded", encoding="utf-16", namespace="prefixed"),
}


@pytest.fixture(scope="module", params=HABITS)
def told(request):
    data, oracle = written(HABITS[request.param])
    return tree(data), oracle, HABITS[request.param]


@pytest.fixture(scope="module")
def root(told):
    return told[0]


def receipts(root):
    return list(root.iter("cashtransaction"))


def test_the_oracle_tells_what_another_reader_finds(told):
    root, oracle, _ = told
    found = {}
    for name, event, window in rereading.windows(root):
        register = name if name.endswith("/1") else name.partition("/")[2]
        number = event.findtext("eventReport/reportID")
        closed = f"{event.findtext('eventDate')}T{event.findtext('eventTime')}"
        found[register, number, closed] = rereading.settlement(root, window)
    assert len(found) == len(oracle["settlements"]) > 10
    for row in oracle["settlements"]:
        seen = found[row["register"], row["z_number"], row["closed_at"]]
        assert seen["transactions"] == row["transactions"]
        assert (seen["rounding"], seen["tips"]) == (ore(row["rounding"]), ore(row["tips"]))
        assert seen["other"] == {one["kind"]: ore(one["amount"]) for one in row["other"]}
        assert seen["payments"] == {
            one["payment_type"]: ore(one["amount"]) for one in row["payments"]
        }
        assert seen["sales"] == {
            (one["article_group"], one["vat_code"], one["rate"]): (
                ore(one["gross"]),
                ore(one["vat"]),
            )
            for one in row["sales"]
        }


def test_the_files_looked_at_hold_everything_that_can_stand_under_other():
    rows = [row for plan in HABITS.values() for row in written(plan)[1]["settlements"]]
    assert {one["kind"] for row in rows for one in row["other"]} == {
        "customer-payment", "float", "paid-in", "paid-out", "cash-difference", "purchase",
        "payment", "trade-in",
    }  # fmt: skip
    tenders = {one["payment_type"] for row in rows for one in row["payments"]}
    assert tenders >= {"EURO", "PANTELAPP", "TILGODE", "GAVEKORT", "POENG"}


def test_the_oracle_tells_every_credit_sale_by_register_and_number(told):
    root, oracle, _ = told
    books = rereading.Books.of(root)
    found = [
        {
            "register": name if name.endswith("/1") else name.partition("/")[2],
            "nr": receipt.findtext("nr"),
            "customer": receipt.findtext("custSupID"),
            "invoice_no": receipt.findtext("invoiceID", ""),
            "gross": rereading.amount_in(receipt),
        }
        for name, register in rereading.registers(root)
        for receipt in register.iterfind("cashtransaction")
        if rereading.nature(receipt, books) == "credit"
    ]
    found.sort(key=lambda row: (row["register"], int(row["nr"])))
    assert found == [row | {"gross": ore(row["gross"])} for row in oracle["credit_sales"]]


def test_lines_vat_and_payments_add_up_on_every_receipt_with_lines(root):
    for receipt in receipts(root):
        if receipt.find("ctLine") is None:
            continue
        side = receipt.findtext("amntTp")
        gross, net = (truth(receipt.findtext(f"transAmnt{end}"), side) for end in ("In", "Ex"))
        rows = [(row, row.findtext("vatAmntTp")) for row in receipt.iterfind("vat")]
        assert sum(truth(row.findtext("vatAmnt"), to) for row, to in rows) == gross - net
        tip = rereading.settled(receipt)[0] if receipt.find("raise") is not None else 0
        inside = rereading.lines_of(receipt) != gross
        assert rereading.lines_of(receipt) == gross - (tip if inside else 0)
        lines = [(line, line.findtext("amntTp")) for line in receipt.iterfind("ctLine")]
        assert sum(truth(line.findtext("lineAmntEx"), to) for line, to in lines) == net - (
            tip if inside else 0
        )
        if rereading.happened(receipt) and receipt.find("payment") is not None:
            rereading.settled(receipt)  # raises where no reading comes out


def test_every_line_holds_the_vat_inside_its_gross_rounded_half_up(root):
    for line in root.iter("ctLine"):
        side = line.findtext("amntTp")
        gross = truth(line.findtext("lineAmntIn"), side)
        rate = ore(line.findtext("vat/vatPerc"))
        vat = truth(line.findtext("vat/vatAmnt"), line.findtext("vat/vatAmntTp"))
        exact = abs(gross) * rate / (10_000 + rate)
        assert abs(abs(vat) - exact) <= 0.5
        assert abs(vat) == int(exact + 0.5)


def test_only_cash_is_rounded_and_by_at_most_half_a_krone(root):
    rounded = 0
    for receipt in receipts(root):
        amount = rereading.rounding(receipt)
        if amount:
            rounded += 1
            assert abs(amount) <= 50
            assert receipt.findtext("payment/paymentType") in ("KONTANT", "EURO")
    assert rounded > 10


def test_a_z_report_shows_the_sums_of_its_receipts_in_its_habit(told):
    root, _, plan = told
    for _, event, window in rereading.windows(root):
        z = event.find("eventReport")
        seen = rereading.settlement(root, window)
        paid = {r.findtext("paymentType"): ore(r.findtext("paymentAmnt"))
                for r in z.iter("reportPayment")}  # fmt: skip
        assert {own: amount for own, amount in paid.items() if amount} == seen["payments"]
        if plan.z == "gross":
            seen["sales"] = rereading.settlement(root, _sold(root, window))["sales"]
        gross = sum(value for value, _ in seen["sales"].values())
        vat = sum(value for _, value in seen["sales"].values())
        rows = [(r, r.findtext("vatAmntTp")) for r in z.iter("reportCashSaleVat")]
        total = gross + (seen["rounding"] if plan.z == "rounded" else 0)
        assert ore(z.findtext("reportTotalCashSales/totalCashSaleAmnt")) == total
        assert sum(truth(r.findtext("vatAmnt"), to) for r, to in rows) == vat
        assert sum(truth(r.findtext("cashSaleAmnt"), to) for r, to in rows) == gross - vat
        assert sum(ore(r.text) for r in z.iter("artGroupAmnt")) == gross
        assert ore(z.findtext("reportTip/tipAmnt") or "0.00") == seen["tips"]
        other = seen["other"]
        assert ore(z.findtext("reportOpeningChangeFloat")) == other.get("float", 0)
        ins = sum(ore(r.text) for r in z.iter("payInAmnt"))
        assert ins == other.get("paid-in", 0) + other.get("customer-payment", 0)
        outs = sum(ore(r.text) for r in z.iter("payOutAmnt"))
        assert -outs == sum(other.get(one, 0) for one in ("paid-out", "purchase", "payment"))


def _sold(root, window):
    """The sales of a window without its returns; used goods taken in do not make a return."""
    books = rereading.Books.of(root)
    return [
        receipt
        for receipt in window
        if rereading.nature(receipt, books) == "sale" and rereading.amount_in(receipt) >= 0
    ]


def test_numbers_run_on_and_grand_totals_grow_in_every_register(told):
    root, _, plan = told
    for register in root.iter("cashregister"):
        numbers = [int(r.findtext("nr")) for r in register.iterfind("cashtransaction")]
        assert numbers == list(range(1, len(numbers) + 1))
        if plan.z != "net":
            continue
        sold = returned = 0
        reports = [r for r in register.iter("eventReport") if r.findtext("reportType")[0] == "Z"]
        for number, z in enumerate(reports, 1):
            back = ore(z.findtext("reportReturnAmnt"))
            day = ore(z.findtext("reportTotalCashSales/totalCashSaleAmnt"))
            sold += day + back + ore(z.findtext("reportCreditSales/creditSalesAmnt") or "0.00")
            returned += back + ore(z.findtext("reportCreditMemos/creditMemosAmnt") or "0.00")
            assert z.findtext("reportID") == str(number)
            assert ore(z.findtext("reportGrandTotalSales")) == sold
            assert ore(z.findtext("reportGrandTotalReturn")) == returned
            assert ore(z.findtext("reportGrandTotalSalesNet")) == sold - returned


def test_every_reference_has_its_row_in_the_code_books(root):
    fields = {"04": "artGroupID", "05": "lineType", "08": "dscTp", "10": "raiseType",
              "11": "transType", "12": "paymentType", "13": "eventType"}  # fmt: skip
    for basic_type, name in fields.items():
        used = {element.text for element in root.iter(name)} - {"None"}
        assert used or basic_type == "10"
        assert used <= set(rereading.code_book(root, basic_type))
    for name, path in (("empID", "employees/employee"), ("artID", "articles/article"),
                       ("vatCode", "vatCodeDetails/vatCodeDetail"),
                       ("custSupID", "customersSuppliers/customerSupplier")):  # fmt: skip
        known = {row.findtext(name) for row in root.iterfind(f"company/{path}")}
        assert {element.text for element in root.iter(name)} <= known
    owns = [basic.findtext("basicID") for basic in root.iter("basic")]
    assert len(owns) == len(set(owns))


def test_clock_and_journal_order_agree(root):
    for register in root.iter("cashregister"):
        for name in ("event", "trans"):
            parent = "event" if name == "event" else "cashtransaction"
            times = [r.findtext(f"{name}Date") + r.findtext(f"{name}Time")
                     for r in register.iterfind(parent)]  # fmt: skip
            assert times == sorted(times)

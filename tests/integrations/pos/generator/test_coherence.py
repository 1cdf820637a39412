"""A generated file agrees with itself and with the oracle, read by other eyes (saft.md 6.4, 7)."""

from dataclasses import replace

import pytest

from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import BUSY, TWO_SHOPS, ore, tree, truth, written

WIDE = replace(BUSY, tills=TWO_SHOPS, days=8)


@pytest.fixture(scope="module", params=["signed", "absolute"])
def told(request):
    data, oracle = written(replace(WIDE, dialect=request.param))
    return tree(data), oracle


@pytest.fixture(scope="module")
def root(told):
    return told[0]


def receipts(root):
    return list(root.iter("cashtransaction"))


def test_the_oracle_tells_what_another_reader_finds(told):
    root, oracle = told
    found = {}
    for name, event, window in rereading.windows(root):
        register = name if name.endswith("/1") else name.partition("/")[2]
        number = event.findtext("eventReport/reportID")
        closed = f"{event.findtext('eventDate')}T{event.findtext('eventTime')}"
        found[register, number, closed] = rereading.settlement(root, window)
    assert len(found) == len(oracle["settlements"]) > 20
    for row in oracle["settlements"]:
        seen = found[row["register"], row["z_number"], row["closed_at"]]
        assert seen["transactions"] == row["transactions"]
        assert seen["rounding"] == ore(row["rounding"])
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


def test_lines_vat_and_payments_add_up_on_every_receipt(root):
    for receipt in receipts(root):
        side = receipt.findtext("amntTp")
        gross, net = (truth(receipt.findtext(f"transAmnt{end}"), side) for end in ("In", "Ex"))
        lines = [(line, line.findtext("amntTp")) for line in receipt.iterfind("ctLine")]
        assert sum(truth(line.findtext("lineAmntIn"), to) for line, to in lines) == gross
        assert sum(truth(line.findtext("lineAmntEx"), to) for line, to in lines) == net
        rows = [(row, row.findtext("vatAmntTp")) for row in receipt.iterfind("vat")]
        assert sum(truth(row.findtext("vatAmnt"), to) for row, to in rows) == gross - net
        assert sum(truth(row.findtext("vatBasAmnt"), to) for row, to in rows) == net
        if rereading.is_sale(receipt):
            paid = sum(amount for _, amount in rereading.payments(receipt))
            assert paid == gross + rereading.rounding(receipt)


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
            assert receipt.findtext("payment/paymentType") == "KONTANT"
            assert sum(paid for _, paid in rereading.payments(receipt)) % 100 == 0
    assert rounded > 20


def test_a_z_report_shows_the_sums_of_its_receipts(root):
    for _, event, window in rereading.windows(root):
        z = event.find("eventReport")
        seen = rereading.settlement(root, window)
        gross = sum(value for value, _ in seen["sales"].values())
        vat = sum(value for _, value in seen["sales"].values())
        rows = [(r, r.findtext("vatAmntTp")) for r in z.iter("reportCashSaleVat")]
        assert ore(z.findtext("reportTotalCashSales/totalCashSaleAmnt")) == gross
        assert sum(truth(r.findtext("vatAmnt"), to) for r, to in rows) == vat
        assert sum(truth(r.findtext("cashSaleAmnt"), to) for r, to in rows) == gross - vat
        assert sum(ore(r.text) for r in z.iter("artGroupAmnt")) == gross
        paid = {r.findtext("paymentType"): ore(r.findtext("paymentAmnt"))
                for r in z.iter("reportPayment")}  # fmt: skip
        assert {own: amount for own, amount in paid.items() if amount} == seen["payments"]
        assert sum(paid.values()) == gross + seen["rounding"]
        assert int(z.findtext("reportTrainingNum")) == sum(
            r.findtext("trainingID") == "true" for r in window
        )


def test_numbers_run_on_and_grand_totals_grow_in_every_register(root):
    for register in root.iter("cashregister"):
        numbers = [int(r.findtext("nr")) for r in register.iterfind("cashtransaction")]
        assert numbers == list(range(1, len(numbers) + 1))
        sold = returned = 0
        reports = [r for r in register.iter("eventReport") if r.findtext("reportType")[0] == "Z"]
        for number, z in enumerate(reports, 1):
            returned += ore(z.findtext("reportReturnAmnt"))
            day = ore(z.findtext("reportTotalCashSales/totalCashSaleAmnt"))
            sold += day + ore(z.findtext("reportReturnAmnt"))
            assert z.findtext("reportID") == str(number)
            assert ore(z.findtext("reportGrandTotalSales")) == sold
            assert ore(z.findtext("reportGrandTotalReturn")) == returned
            assert ore(z.findtext("reportGrandTotalSalesNet")) == sold - returned


def test_every_reference_has_its_row_in_the_code_books(root):
    fields = {"04": "artGroupID", "05": "lineType", "08": "dscTp", "11": "transType",
              "12": "paymentType", "13": "eventType"}  # fmt: skip
    for basic_type, name in fields.items():
        used = {element.text for element in root.iter(name)} - {"None"}
        assert used
        assert used <= set(rereading.code_book(root, basic_type))
    for name, path in (("empID", "employees/employee"), ("artID", "articles/article"),
                       ("vatCode", "vatCodeDetails/vatCodeDetail")):  # fmt: skip
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

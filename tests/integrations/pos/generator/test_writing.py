"""Same plan, same bytes; the dialects tell the same; memory does not grow with the days."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from integrations.pos.generator.till import SIGNING_KEY, sign
from tests.integrations.pos.generator.plans import BUSY, SMALL, ore, tree, written

PROGRAM = """
import resource, sys
from dataclasses import replace
from integrations.pos.generator import write
from tests.integrations.pos.generator.plans import BUSY
with open(sys.argv[2], "wb") as out:
    write(replace(BUSY, days=int(sys.argv[1])), out)
sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""


def in_another_process(days, out, **environment):
    """Peak memory in kB of a process that writes BUSY's first days."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(days), str(out)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return int(done.stdout)


def test_the_same_plan_gives_the_same_bytes_in_any_process(tmp_path):
    plan = replace(BUSY, days=2)
    for seed in ("1", "2"):
        out = tmp_path / seed
        in_another_process(2, out, PYTHONHASHSEED=seed)
        assert out.read_bytes() == written(plan)[0]


def test_another_seed_gives_another_file():
    assert written(SMALL)[0] != written(replace(SMALL, seed=5))[0]


def test_more_days_and_more_tills_leave_what_was_there_as_it_was():
    few, many = written(SMALL)[1], written(replace(SMALL, days=6))[1]
    assert [row for row in many["settlements"] if row in few["settlements"]] == few["settlements"]
    alone = tree(written(replace(SMALL, tills=SMALL.tills[:1]))[0]).find(".//cashregister")
    among = tree(written(SMALL)[0]).find(".//cashregister")
    assert [e.text for e in alone.iter()] == [e.text for e in among.iter()]


def test_the_two_dialects_differ_in_the_file_and_agree_in_the_oracle():
    signed, absolute = (written(replace(BUSY, dialect=one)) for one in ("signed", "absolute"))
    assert signed[1] == absolute[1]
    for data, negative in ((signed[0], True), (absolute[0], False)):
        returns = [r for r in tree(data).iter("cashtransaction") if r.findtext("amntTp") == "D"]
        assert returns
        for receipt in returns:
            assert (ore(receipt.findtext("transAmntIn")) < 0) is negative
            assert (ore(receipt.findtext("payment/paidAmnt")) < 0) is negative


def test_payments_equal_gross_and_rounding_in_every_settlement():
    _, told = written(BUSY)
    assert any(row["rounding"] != "0.00" for row in told["settlements"])
    for row in told["settlements"]:
        paid = sum(ore(one["amount"]) for one in row["payments"])
        of_customers = sum(
            ore(one["amount"]) for one in row["other"] if one["kind"] == "customer-payment"
        )
        sold = ore(row["gross"]) + ore(row["rounding"]) + ore(row["tips"])
        assert paid == sold + of_customers
        assert sum(ore(one["gross"]) for one in row["sales"]) == ore(row["gross"])
        assert ore(row["net"]) + ore(row["vat"]) == ore(row["gross"])


def test_the_oracle_is_in_order_and_names_registers_without_doubt():
    _, told = written(SMALL)
    assert list(told) == ["company", "settlements", "credit_sales", "open", "findings"]
    assert told["company"] == {"org_no": "999999999", "name": "Fjord & Fjell AS"}
    keys = [(row["register"], int(row["z_number"])) for row in told["settlements"]]
    assert keys == sorted(keys)
    numbers = [(row["register"], int(row["nr"])) for row in told["credit_sales"]]
    assert numbers == sorted(numbers)
    assert numbers
    assert {register for register, _ in keys} == {"Sentrum/1", "2", "Torget/1"}
    assert told["open"] == told["findings"] == []


def test_receipts_are_signed_in_a_chain():
    assert SIGNING_KEY == b"SkatteetatenSign"
    # The vector of saft.md 1.10.
    assert sign("0;2016-11-24;10:39:00;2;1.00;0.96") == "iHh68DWCU3G42eL/7vOGUMSkvMM="
    before = "0"
    register = tree(written(SMALL)[0]).find(".//cashregister")
    for receipt in register.iterfind("cashtransaction"):
        fields = ("transDate", "transTime", "nr", "transAmntIn", "transAmntEx")
        before = sign(";".join([before, *(receipt.findtext(name) for name in fields)]))
        assert receipt.findtext("signature") == before


@pytest.mark.slow
def test_memory_does_not_grow_with_the_days(tmp_path):
    short = in_another_process(10, tmp_path / "short.xml")
    long = in_another_process(600, tmp_path / "long.xml")
    assert (tmp_path / "long.xml").stat().st_size > 80_000_000
    assert long - short < 8_000

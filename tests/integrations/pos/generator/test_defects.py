"""Each defect does what it says, once, and nothing else."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from accounting.books.domain.words import TEXTS
from integrations.pos.generator import Refused
from integrations.pos.generator.defects import DEFECTS
from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import SMALL, ore, tree, written

SOUND, SOUND_ORACLE = written(SMALL)


def balance(row):
    """What was received less what it was received for."""
    paid = sum(ore(one["amount"]) for one in row["payments"])
    debts = sum(ore(one["amount"]) for one in row["other"] if one["kind"] == "customer-payment")
    return paid - sum(ore(row[name]) for name in ("gross", "rounding", "tips")) - debts


def with_defect(name):
    return written(replace(SMALL, defects=(name,)))


def test_every_defect_changes_the_file_and_only_four_change_the_oracle():
    changed = set()
    for name in DEFECTS:
        data, told = with_defect(name)
        assert data != SOUND, name
        if told != SOUND_ORACLE:
            changed.add(name)
    # After a gap the credit sales have other numbers.
    assert changed == {"rounding-on-card", "z-missing", "vat-of-gross", "nr-gap"}


@pytest.mark.parametrize("name", DEFECTS)
def test_every_defect_states_a_verdict_and_the_issue_that_says_so(name):
    defect = DEFECTS[name]
    if defect.verdict == "accepted":
        assert defect.code == ""
    else:
        assert TEXTS[defect.code].severity == defect.verdict


def test_nr_gap_leaves_out_one_number():
    register = tree(with_defect("nr-gap")[0]).find(".//cashregister")
    numbers = [int(r.findtext("nr")) for r in register.iterfind("cashtransaction")]
    assert set(range(1, numbers[-1] + 1)) - set(numbers) == {3}


def copies(name):
    """The receipts of a defect's file whose number stands more than once in its register."""
    for register in tree(with_defect(name)[0]).iter("cashregister"):
        by_number = {}
        for receipt in register.iterfind("cashtransaction"):
            by_number.setdefault(receipt.findtext("nr"), []).append(receipt)
        yield from (found for found in by_number.values() if len(found) > 1)


def test_duplicate_same_repeats_one_receipt_to_the_letter():
    ((first, second),) = copies("duplicate-same")
    assert ET.tostring(first) == ET.tostring(second)


def test_duplicate_differs_is_another_sound_receipt_under_the_same_number():
    ((first, second),) = copies("duplicate-differs")
    difference = rereading.amount_in(second) - rereading.amount_in(first)
    assert difference == 1_000
    assert sum(amount for _, amount in rereading.settled(second)[1]) == rereading.lines_of(second)


@pytest.mark.parametrize(
    ("defect", "element"),
    [
        ("z-total-differs", "totalCashSaleAmnt"),
        ("z-vat-differs", "vatAmnt"),
        ("z-payment-differs", "paymentAmnt"),
    ],
)
def test_z_differs_by_one_krone_in_one_report(defect, element):
    totals = [
        [ore(e.text) for z in tree(data).iter("eventReport") for e in z.iter(element)]
        for data in (SOUND, with_defect(defect)[0])
    ]
    differences = [there - here for here, there in zip(*totals, strict=True)]
    assert sorted(differences)[-2:] == [0, 100]
    assert sum(differences) == 100


def test_unknown_vat_code_stands_on_one_receipt_that_counts():
    root = tree(with_defect("unknown-vat-code")[0])
    hit = [r for r in root.iter("cashtransaction") if "99" in {e.text for e in r.iter("vatCode")}]
    assert len(hit) == 1
    assert rereading.happened(hit[0])
    assert "99" not in {e.findtext("vatCode") for e in root.iter("vatCodeDetail")}


def test_rounding_on_card_rounds_one_card_payment_and_still_adds_up():
    data, told = with_defect("rounding-on-card")
    hit = [
        r
        for r in tree(data).iter("cashtransaction")
        if r.find("rounding") is not None and r.findtext("payment/paymentType") == "BANKKORT"
    ]
    assert len(hit) == 1
    assert ore(hit[0].findtext("payment/paidAmnt")) % 100 == 0
    for row in told["settlements"]:
        assert balance(row) == 0


def test_missing_basics_takes_bank_card_out_of_the_code_book_only():
    root = tree(with_defect("missing-basics")[0])
    assert set(rereading.code_book(tree(SOUND), "12")) - set(rereading.code_book(root, "12")) == {
        "BANKKORT"
    }
    assert "BANKKORT" in {e.text for e in root.iter("paymentType")}


def test_truncated_is_the_sound_file_without_its_end():
    data, _ = with_defect("truncated")
    assert SOUND.startswith(data)
    assert 0 < len(SOUND) - len(data) < 1000
    with pytest.raises(ET.ParseError):
        tree(data)


def test_cp1252_bytes_say_utf_8():
    data, _ = with_defect("cp1252-bytes")
    assert b'encoding="UTF-8"' in data
    assert data.decode("cp1252") == SOUND.decode()


def test_doctype_comes_before_the_root():
    data, _ = with_defect("doctype")
    assert data.index(b"<!DOCTYPE auditfile") < data.index(b"<auditfile ")


def test_two_companies_have_two_numbers():
    root = tree(with_defect("two-companies")[0])
    assert [one.findtext("companyIdent") for one in root.iterfind("company")] == [
        "999999999",
        "123456785",
    ]


def test_third_decimal_stands_on_one_line_and_is_not_a_zero():
    amounts = [e.text for e in tree(with_defect("third-decimal")[0]).iter("lineAmntIn")]
    odd = [text for text in amounts if len(text.split(".")[1]) == 3]
    assert len(odd) == 1
    assert odd[0].endswith("1")


def test_danish_namespace_is_the_only_change():
    data, _ = with_defect("danish-namespace")
    assert data.replace(b'CashRegister:DK"', b'CashRegister:NO"') == SOUND


def test_z_missing_joins_two_days_in_one_window():
    data, told = with_defect("z-missing")
    lost = [r for r in SOUND_ORACLE["settlements"] if r not in told["settlements"]]
    (joined,) = [r for r in told["settlements"] if r not in SOUND_ORACLE["settlements"]]
    first = lost[0]
    assert len(lost) == 2
    assert (first["z_number"], joined["z_number"]) == ("2", "3")
    assert joined["transactions"] == sum(r["transactions"] for r in lost)
    assert ore(joined["gross"]) == sum(ore(r["gross"]) for r in lost)
    assert joined["business_date"] == first["business_date"]
    numbers = [r.findtext("reportID") for r in tree(data).find(".//cashregister").iter("eventReport")
               if r.findtext("reportType") == "Z report"]  # fmt: skip
    assert numbers == ["1", "3"]


def test_z_missing_on_the_last_day_leaves_receipts_open():
    _, told = written(replace(SMALL, days=2, tills=SMALL.tills[:1], defects=("z-missing",)))
    assert [row["z_number"] for row in told["settlements"]] == ["1"]
    assert told["open"][0]["register"] == "1"
    assert told["open"][0]["transactions"] > 0


def test_z_of_another_register_names_one_that_is_not_there():
    root = tree(with_defect("z-of-another-register")[0])
    named = [
        (register.findtext("registerID"), z.findtext("registerID"))
        for register in root.iter("cashregister")
        for z in register.iter("eventReport")
    ]
    assert [pair for pair in named if pair[0] != pair[1]] == [("1", "1-annen")]


def test_d_positive_is_one_return_in_the_other_dialect():
    returns = [
        receipt
        for receipt in tree(with_defect("d-positive")[0]).iter("cashtransaction")
        if receipt.findtext("amntTp") == "D" and ore(receipt.findtext("transAmntIn")) > 0
    ]
    (receipt,) = returns
    assert ore(receipt.findtext("payment/paidAmnt")) > 0


def test_d_positive_finds_no_place_where_every_d_is_positive():
    with pytest.raises(Refused, match="d-positive"):
        written(replace(SMALL, dialect="absolute", defects=("d-positive",)))


def test_one_receipt_was_printed_a_thousand_times():
    numbers = [e.text for e in tree(with_defect("receipt-num-1000")[0]).iter("receiptNum")]
    assert numbers.count("1000") == 1
    assert set(numbers) == {"1", "1000"}


def test_one_book_date_is_empty():
    (found,) = tree(with_defect("empty-book-date")[0]).iter("bookDate")
    assert found.text is None


def test_vat_of_gross_is_on_every_line():
    for line in tree(with_defect("vat-of-gross")[0]).iter("ctLine"):
        gross, rate = (ore(line.findtext(name)) for name in ("lineAmntIn", "vat/vatPerc"))
        vat = ore(line.findtext("vat/vatAmnt"))
        assert abs(abs(vat) - abs(gross) * rate / 10_000) <= 0.5
        assert ore(line.findtext("lineAmntEx")) == gross - vat


def test_unknown_transaction_type_is_11999_once():
    root = tree(with_defect("unknown-transaction-type")[0])
    book = rereading.code_book(root, "11")
    kinds = [book.get(r.findtext("transType")) for r in root.iter("cashtransaction")]
    assert kinds.count("11999") == 1


def test_two_defects_at_once_both_strike():
    data, _ = written(replace(SMALL, defects=("doctype", "third-decimal")))
    assert b"<!DOCTYPE" in data
    assert any(len(e.text.split(".")[1]) == 3 for e in tree(data).iter("lineAmntIn"))


def test_a_defect_that_finds_no_place_is_said_aloud():
    empty = replace(SMALL, profile="shop", start=SMALL.start.replace(day=4), days=1)  # a Sunday
    with pytest.raises(Refused, match="nr-gap"):
        written(replace(empty, defects=("nr-gap",)))


def test_an_unknown_defect_is_refused():
    with pytest.raises(Refused, match="finnes ikke"):
        written(replace(SMALL, defects=("no-such",)))

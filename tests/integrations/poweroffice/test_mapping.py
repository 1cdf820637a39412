"""A journal on the wire, and a draft of theirs known again."""

import dataclasses
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Page
from accounting.books.domain.money import to_kroner
from integrations.poweroffice import reading, wire
from integrations.poweroffice.mapping import carries, matches, to_manual_journal
from tests.integrations.poweroffice.build import A_BOOK, DAY, EXAMPLE, MARK, a_journal

AMOUNTS = st.integers(-(10**12), 10**12).filter(bool)


def sent(journal, book=A_BOOK) -> dict:
    """What the far side reads, with amounts as they were written."""
    draft = to_manual_journal(journal, book, MARK)
    assert isinstance(draft, wire.ManualJournal)
    return json.loads(wire.to_json(draft), parse_float=Decimal, parse_int=int)


def a_voucher(journal, **changes) -> wire.Voucher:
    """The draft as the far side gives it back."""
    return reading.read(wire.Voucher, {"Id": "an-id", **sent(journal), **changes})


def test_the_example_of_the_tax_administration_on_the_wire():
    draft = sent(a_journal())

    assert {k: v for k, v in draft.items() if k != "ManualVoucherLines"} == {
        "VoucherDate": "2026-11-23",
        "CurrencyCode": "NOK",
        "Description": "Dagsoppgjør Sentrum 23.11.2026 Z 14 [K7F39QXD]",
    }
    assert draft["ManualVoucherLines"][0] == {
        "PostingDate": "2026-11-23",
        "CurrencyAmount": Decimal("295.00"),
        "Description": "Kontanter Z 14",
        "DebitAccountId": 190001,
        "DebitVatId": 9000,
    }
    assert draft["ManualVoucherLines"][3] == {
        "PostingDate": "2026-11-23",
        "CurrencyAmount": Decimal("102.80"),
        "Description": "Mat 15 % Z 14",
        "CreditAccountId": 303001,
        "CreditVatId": 9031,
    }
    assert [str(line["CurrencyAmount"]) for line in draft["ManualVoucherLines"]] == [
        "295.00",
        "218.80",
        "0.40",
        "102.80",
        "232.00",
        "179.40",
    ]


def test_the_register_stands_in_the_description_when_there_is_no_department():
    assert sent(a_journal(department=""))["Description"].startswith("Dagsoppgjør 1 23.11.2026")


def test_two_shops_tills_of_one_id_are_told_apart_by_where_they_stand():
    journal = a_journal(department="", place="Fjordkaffe Torget, Torget 2")
    said = "Dagsoppgjør 1, Fjordkaffe Torget, Torget 2 23.11.2026 Z 14 [K7F39QXD]"
    assert sent(journal)["Description"] == said


def test_a_long_address_keeps_both_ends_and_the_mark():
    chain = "Den store norske kaffebrenner- og konditorkjeden AS, avdeling "
    at = [f"{chain}{street}, 0155 Oslo" for street in ("Storgata 1", "Torget 2")]
    first, second = (sent(a_journal(department="", place=place))["Description"] for place in at)
    assert first != second
    assert first.startswith("Dagsoppgjør 1, Den store norske")
    assert first.endswith(", 0155 Oslo 23.11.2026 Z 14 [K7F39QXD]")
    assert len(first) <= 110


def test_the_department_needs_no_place():
    assert "Torget 2" not in sent(a_journal(place="Torget 2"))["Description"]


def test_the_department_is_on_the_head_and_on_every_line():
    draft = sent(a_journal(department_code="1"))

    assert draft["DepartmentId"] == 1610
    assert {line["DepartmentId"] for line in draft["ManualVoucherLines"]} == {1610}


def test_returns_above_sales_go_to_the_other_side_with_a_positive_amount():
    rows = (
        ("3010", Role.SALES, "3", 50_00, "Retur"),
        ("1900", Role.CASH, "0", -50_00, "Kontanter"),
    )

    lines = sent(a_journal(rows))["ManualVoucherLines"]

    assert (lines[0]["DebitAccountId"], lines[0]["DebitVatId"]) == (301001, 9003)
    assert (lines[1]["CreditAccountId"], lines[1]["CreditVatId"]) == (190001, 9000)
    assert {line["CurrencyAmount"] for line in lines} == {Decimal("50.00")}


def test_everything_that_is_not_in_the_chart_is_named_at_once_with_its_row():
    book = wire.CodeBook(
        accounts={k: v for k, v in A_BOOK.accounts.items() if k not in ("3030", "1901")},
        vat_codes={"0": 9000, "3": 9003},
    )

    issues = to_manual_journal(a_journal(department_code="9"), book, MARK)

    assert isinstance(issues, tuple)
    assert [(issue.code, issue.subject) for issue in issues] == [
        ("department-not-linked", "Sentrum"),
        ("account-not-in-chart", "1901"),
        ("account-not-in-chart", "3030"),
        ("vat-code-not-in-chart", "31"),
    ]
    fix = issues[2].fix
    assert fix is not None
    assert fix.page is Page.ACCOUNT_SETUP
    assert fix.params == (("department", "Sentrum"), ("row", "SALES|04006||31"))


@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_any_balanced_journal_is_balanced_on_the_wire_to_the_last_digit(amounts):
    rest = -sum(amounts)
    rows = [("1900", Role.CASH, "0", amount, "x") for amount in (*amounts, rest) if amount]
    journal = a_journal(rows)

    lines = sent(journal)["ManualVoucherLines"]

    debit = [line["CurrencyAmount"] for line in lines if "DebitAccountId" in line]
    credit = [line["CurrencyAmount"] for line in lines if "CreditAccountId" in line]
    assert all(amount > 0 and amount.as_tuple().exponent == -2 for amount in debit + credit)
    assert f"{sum(debit, Decimal(0)):.2f}" == to_kroner(journal.debit)
    assert sum(debit) == sum(credit)
    assert len(debit) + len(credit) == len(lines)


def test_a_draft_is_known_again_by_mark_date_and_sum():
    journal = a_journal()

    assert matches(journal, MARK, a_voucher(journal))
    assert matches(journal, MARK, a_voucher(journal, VoucherDate="2026-11-23T00:00:00"))


@pytest.mark.parametrize(
    "changes",
    [
        {"Description": "Dagsoppgjør Sentrum 23.11.2026 Z 14"},
        {"Description": f"Dagsoppgjør {MARK}"},
        {"Description": None},
        {"VoucherDate": "2026-11-24"},
        {"VoucherDate": None},
        {"ManualVoucherLines": None},
        {"ManualVoucherLines": [{"DebitAccountId": 1, "CurrencyAmount": Decimal("514.21")}]},
        {"ManualVoucherLines": [{"DebitAccountId": 1, "CurrencyAmount": Decimal("514.201")}]},
        {"ManualVoucherLines": [{"CreditAccountId": 1, "CurrencyAmount": Decimal("514.20")}]},
    ],
)
def test_a_draft_that_differs_in_mark_date_or_sum_is_another(changes):
    journal = a_journal()

    assert not matches(journal, MARK, a_voucher(journal, **changes))


def test_the_same_journal_of_the_next_day_is_another():
    journal = a_journal()
    next_day = dataclasses.replace(journal, voucher_date=DAY + timedelta(days=1))

    assert not matches(next_day, MARK, a_voucher(journal))


def test_an_edited_draft_still_carries_its_mark():
    assert carries(a_voucher(a_journal(), Description=f"Rettet av Kari [{MARK}]"), MARK)


def test_the_example_balances():
    assert sum(row[3] for row in EXAMPLE) == 0


@pytest.mark.parametrize(
    "text", ["0.00", "-1.00", "1.0", "1", "1.000", "1,00", " 1.00", "1.00\n", "1e2", "NaN", "٣.٠٠"]
)
def test_nothing_but_a_positive_amount_with_two_decimals_gets_on_the_wire(text):
    with pytest.raises(ValueError, match="not a positive amount"):
        wire.Amount(text)


def test_dates_and_text_are_json():
    draft = wire.ManualJournal(date(2026, 1, 2), "NOK", 'Kafé "Å"\n', ())

    assert json.loads(wire.to_json(draft)) == {
        "VoucherDate": "2026-01-02",
        "CurrencyCode": "NOK",
        "Description": 'Kafé "Å"\n',
        "ManualVoucherLines": [],
    }


def test_what_is_no_shape_is_not_written():
    with pytest.raises(TypeError):
        wire.to_json(1.5)


class TestReading:
    """Answers in whatever case, and answers that are not what they should be."""

    def test_names_are_read_whatever_their_case(self):
        read = reading.read(wire.Department, {"id": 1, "CODE": "a", "name": "b", "isActive": True})

        assert read == wire.Department(1, "a", "b", IsActive=True)

    @pytest.mark.parametrize(
        "raw", [None, [], "x", {}, {"Id": "1"}, {"Id": True}, {"Id": 1.0}, {"Id": None}]
    )
    def test_a_whole_number_that_is_missing_makes_it_unreadable(self, raw):
        with pytest.raises(reading.Unreadable):
            reading.read(wire.Department, raw)

    def test_a_list_that_is_none_makes_it_unreadable(self):
        with pytest.raises(reading.Unreadable):
            reading.each(wire.Department, {"Id": 1})
        with pytest.raises(reading.Unreadable):
            reading.read(wire.ClientInformation, {"ClientId": "x", "ValidPrivileges": "abc"})

    def test_nesting_without_end_is_unreadable(self):
        with pytest.raises(reading.Unreadable):
            reading.parse(b"[" * 100_000)

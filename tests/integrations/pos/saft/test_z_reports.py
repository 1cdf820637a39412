"""An event with a Z report becomes a ZReport, with the receipts that the journal named before it."""

from datetime import date

import pytest

from accounting.books.domain.sales import NOTHING_SEEN, Counted, Evidence
from tests.integrations.pos.saft.reading import items, one_till, refusal, z_reports
from tests.saft_builder import card_sale, event, location, prefixed, saft, till, z_report

NONE = {"CASH": "0.00"}
NO_VAT = {"2": ("0.00", "0.00")}


def z(number, **more):
    return z_report(number, "0.00", NONE, NO_VAT, **more)


@pytest.mark.parametrize("written", [str, prefixed])
def test_a_z_report_tells_when_its_file_was_made(written):
    file = saft(location(till(z("1"))), made=("2020-02-01", "10:00:00"))
    (found,) = z_reports(written(file))
    assert found.file_day == date(2020, 2, 1)


def test_a_z_report_is_read_whole():
    (found,) = z_reports(
        one_till(
            z_report(
                " 12 ",
                "514.20",
                {"CASH": "295.00", "DEBCARD": "218.80"},
                {"2": ("89.38", "13.42")},
                groups=(("100", "102.80"),),
                register="7",
                returns="16.40",
                tip="20.00",
                at="2020-07-01T23:56:59",
            )
        )
    )
    assert (found.number, found.at, found.register_named) == ("12", "2020-07-01T23:56:59", "7")
    assert found.at_utc.isoformat() == "2020-07-01T21:56:59+00:00"
    assert (found.total, found.tips, found.returns) == (51420, 2000, 1640)
    assert found.payments == (("CASH", 29500), ("DEBCARD", 21880))
    assert found.vat == (("2", 1500, 8938, 1342),)
    assert found.groups == (("100", 10280),)
    assert found.evidence == NOTHING_SEEN


def test_a_z_row_marked_d_takes_away_in_either_dialect():
    for sign in ("", "-"):
        report = z_report("1", "-1.15", NONE, {"2": (f"{sign}1.00", f"{sign}0.15")})
        side = "</vatAmnt><vatAmntTp>D</vatAmntTp></reportCashSaleVat>"
        report = report.replace("</vatAmnt></reportCashSaleVat>", side)
        assert z_reports(one_till(report))[0].vat == (("2", 1500, -100, -15),)


def test_x_reports_are_left_aside_whatever_the_event_says():
    file = one_till(z("0", kind="X report"), z("1"), z("2").replace("ZREP", "DRAWOPEN"))
    assert [found.number for found in z_reports(file)] == ["1", "2"]


def test_the_events_own_moment_stands_in_for_the_reports():
    bare = z("1").replace("<reportDate>2020-01-01</reportDate>", "<reportDate/>")
    assert z_reports(one_till(bare))[0].at == "2020-01-01T23:56:59"
    bare = z("1").replace("<reportTime>23:56:59</reportTime>", "")
    assert z_reports(one_till(bare))[0].at == "2020-01-01T23:56:59"


def test_evidence_is_the_receipts_named_since_the_z_before():
    file = one_till(
        event("SALREC", "1"),
        event("SALREC", "2"),
        event("COPYREC", "1"),
        event("DRAWOPEN", "9"),
        event("SALREC"),
        event("SALREC", "2"),
        z("1"),
        event("RETREC", "3"),
        z("5", kind="X report"),
        event("NEW", "4"),
        z("2"),
        z("3"),
    )
    assert [found.evidence for found in z_reports(file)] == [
        Evidence("t1", "t2", 2),
        Evidence("t3", "t3", 1),
        NOTHING_SEEN,
    ]


def test_every_till_has_evidence_of_its_own():
    file = saft(location(till(event("SALREC", "1")), till(z("1"), register="2")))
    assert z_reports(file)[0].evidence == NOTHING_SEEN


@pytest.mark.parametrize("code", ["13012", "13013", "13030", "13016", "13017", "13028"])
def test_these_events_name_a_receipt(code):
    basics = (("13", "MINE", code, "Receipt"),)
    file = one_till(event("MINE", "1"), z("1"), basics=basics)
    assert z_reports(file)[0].evidence.count == 1


def test_a_z_stands_before_the_receipts_it_closes():
    kinds = [type(item).__name__ for item in items(one_till(z("1"), card_sale("1")))]
    assert kinds == ["Company", "RegisterSeen", "ZRead", "ReceiptRead"]


def test_a_z_in_the_hour_that_comes_twice_follows_the_events_before_it():
    file = one_till(
        event("SALREC", "1", at="2026-10-25T02:40:00"),
        event("SALREC", "2", at="2026-10-25T02:10:00"),
        z("1", at="2026-10-25T02:30:00"),
    )
    assert z_reports(file)[0].at_utc.isoformat() == "2026-10-25T01:30:00+00:00"


@pytest.mark.parametrize("day", ["someday", "9999-12-31"])
def test_the_time_of_an_event_that_is_no_report_is_not_read(day):
    assert items(one_till(event("SALREC", "1", at=f"{day}T10:00:00")))


@pytest.mark.parametrize("written", [str, prefixed])
@pytest.mark.parametrize(
    ("text", "count"), [("3", 3), (" 0012 ", 12), ("3.00", 3), ("9999999999", 9_999_999_999)]
)
def test_a_z_report_tells_how_many_sales_receipts_it_counts(written, text, count):
    (found,) = z_reports(written(one_till(z("1", counted=text))))
    assert found.counted == Counted(count, 0)


def test_beside_the_count_stand_the_sales_receipts_that_the_journal_saw_printed():
    file = one_till(
        event("SALREC", "1"), event("SALREC", "1"), event("RETREC", "2"), event("COPYREC", "1"),
        z("1", counted="1"), event("SALREC", "3"), event("SALREC", "4"), z("2", counted="2"),
        z("3", counted="0"),
    )  # fmt: skip
    assert [found.counted for found in z_reports(file)] == [
        Counted(1, 1),
        Counted(2, 2),
        Counted(0, 0),
    ]


@pytest.mark.parametrize("text", ["-1", "three", "1.5", "12345678901"])
def test_a_count_that_is_no_count_is_refused(text):
    refused = refusal(one_till(z("1", counted=text)))
    assert (refused.code, dict(refused.issue.facts)["element"]) == (
        "field-malformed",
        "reportReceiptNum",
    )

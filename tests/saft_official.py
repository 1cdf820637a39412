"""The tax administration's example of 2021, its four receipts and its Z report, as a builder.

What it must come to stands in saft.md 3.1 and 3.2; a test compares it with the file itself.
"""

from tests.saft_builder import (
    el,
    event,
    leaves,
    line,
    location,
    payment,
    receipt,
    rounding,
    saft,
    till,
    vat_row,
    z_report,
)

IN_KRONER = {"curCode": "NOK", "exchRt": "1.000000"}
_FOOD_1 = line("100", "32.80", "28.52", "4.28")
_TOBACCO = line("200", "116.00", "92.80", "23.20", "3")
OFFICIAL_RECEIPTS = (
    receipt(
        "1000",
        "86.40",
        "75.12",
        _FOOD_1,
        line("100", "25.80", "22.43", "3.37"),
        line("100", "27.80", "24.17", "3.63"),
        vat_row("2", "11.28"),
        rounding("0.00"),
        payment("DEBCARD", "86.40", **IN_KRONER),
        at="2020-01-01T09:00:00",
    ),
    receipt(
        "1001",
        "295.40",
        "236.32",
        _TOBACCO,
        line("300", "179.40", "143.52", "35.88", "3"),
        vat_row("3", "59.08"),
        rounding("-0.40"),
        payment("CASH", "295.00", **IN_KRONER),
        at="2020-01-01T09:15:00",
    ),
    receipt(
        "1002",
        "148.80",
        "121.32",
        _TOBACCO,
        _FOOD_1,
        vat_row("2", "4.28"),
        vat_row("3", "23.20"),
        rounding("0.00"),
        payment("DEBCARD", "148.80", **IN_KRONER),
        at="2020-01-01T09:30:00",
    ),
    receipt(
        "1003",
        "-16.40",
        "-14.26",
        line("100", "-16.40", "-14.26", "-2.14", side="D"),
        vat_row("2", "-2.14", "D"),
        rounding("0.00"),
        payment("DEBCARD", "-16.40", **IN_KRONER),
        at="2020-01-01T10:41:30",
        side="D",
        own_type="RETURNSAL",
    ),
)
OFFICIAL_Z = z_report(
    "1",
    "514.20",
    {"CASH": "295.00", "DEBCARD": "218.80"},
    {
        "0": ("0.00", "0.00"),
        "1": ("0.00", "0.00"),
        "2": ("89.38", "13.42"),
        "3": ("329.12", "82.28"),
    },
    register="11.222-33.44.567",
    groups=(("100", "102.80"), ("200", "232.00"), ("300", "179.40")),
    returns="16.40",
    counted="3",
)
OFFICIAL_EVENTS = (
    event("SALREC", "1000", "2020-01-01T09:00:30"),
    event("SALREC", "1001", "2020-01-01T09:15:28"),
    event("SALREC", "1002", "2020-01-01T09:30:34"),
    event("COPYREC", "1002", "2020-01-01T09:32:59"),
    event("RETREC", "1003", "2020-01-01T10:41:52"),
    OFFICIAL_Z,
)
OFFICIAL_ADDRESS = el(
    "streetAddress",
    leaves({"streetname": "Frognergaten", "number": "1", "city": "Oslo", "postalCode": "0200"}),
)
OFFICIAL = saft(
    location(
        till(*OFFICIAL_EVENTS, *OFFICIAL_RECEIPTS, register="11.222-33.44.567"),
        name="Location A: Shop Frogner",
        address=OFFICIAL_ADDRESS,
    ),
    made=("2021-03-30", "10:40:00"),
).replace("<transID>t", "<transID>")

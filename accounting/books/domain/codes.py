"""The tax administration's codes for cash registers, and how each is booked.

Sources: the code lists PredefinedBasicID-04, -11, -12 and Standard_Tax_Codes of Skatteetaten's SAF-T
repository (2025-12-18); roles and rates from saft.md 2. A test compares these tables with the lists.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What a journal line is for; each role is one or more rows in Kontooppsett (saft.md 2)."""

    SALES = "SALES"
    CASH = "CASH"
    CARD = "CARD"
    MOBILE = "MOBILE"
    GIFTCARD = "GIFTCARD"
    CREDITNOTE = "CREDITNOTE"
    RECEIVABLE = "RECEIVABLE"
    ROUNDING = "ROUNDING"
    TIP = "TIP"
    CASHDIFF = "CASHDIFF"
    TRANSIT = "TRANSIT"
    PAIDIN = "PAIDIN"
    PAIDOUT = "PAIDOUT"
    DEPOSIT = "DEPOSIT"
    SUSPENSE = "SUSPENSE"


# What a movement of money is booked against (saft.md 2.4, DESIGN.md 5); a float is booked nowhere.
MOVEMENT_ROLES: dict[str, Role] = {
    "customer-payment": Role.RECEIVABLE,
    "paid-out": Role.TRANSIT,
    "paid-in": Role.PAIDIN,
    "cash-difference": Role.CASHDIFF,
    "purchase": Role.PAIDOUT,
    "payment": Role.PAIDOUT,
    "trade-in": Role.PAIDOUT,
    "unresolved": Role.PAIDOUT,
}

ARTICLE_GROUPS: dict[str, str] = {
    "04001": "Uttak av behandlingstjenester",
    "04002": "Uttak av behandlingsvarer",
    "04003": "Varesalg",
    "04004": "Salg av behandlingstjenester",
    "04005": "Salg av hårklipp",
    "04006": "Mat",
    "04007": "Øl",
    "04008": "Vin",
    "04009": "Brennevin",
    "04010": "Rusbrus/Cider",
    "04011": "Mineralvann (brus)",
    "04012": "Annen drikke (te, kaffe etc)",
    "04013": "Tobakk",
    "04014": "Andre varer",
    "04015": "Inngangspenger",
    "04016": "Inngangspenger fri adgang (uten vederlag)",
    "04017": "Garderobeavgift",
    "04018": "Garderobeavgift fri garderobe (uten vederlag)",
    "04019": "Helpensjon: Overnatting med frokost, lunsj og middag.",
    "04020": "Halvpensjon: Overnatting med frokost og middag",
    "04021": "Overnatting med frokost",
    "04999": "Øvrige",
}

TRANSACTION_TYPES: dict[str, str] = {
    "11001": "Kontantsalg",
    "11002": "Kredittsalg",
    "11003": "Kjøp av varer fra leverandører etc.",
    "11004": "Betaling",
    "11005": "Innbetaling fra kunde",
    "11006": "Utbetaling til kunde ved vareretur",
    "11007": "Inngående vekselbeholdning",
    "11008": "Kassedifferanse ved opptelling",
    "11009": "Korrigere kvittering/bong",
    "11010": "Ansatte/virksomheten selv tar ut penger",
    "11011": "Ansatte/virksomheten selv setter inn penger",
    "11012": "Kjøp av vare fra kunde, og salg av ny vare",
    "11013": "Tidligere solgt vare i retur og ny vare med seg",
    "11014": "Inventar, lager",
    "11015": "Kontant- og kredittsalg",
    "11016": "Kontantsalg og retur",
    "11017": "Kredittsalg og retur",
    "11999": "Øvrige",
}

PAYMENT_TYPES: dict[str, str] = {
    "12001": "Kontant (alle typer valuta)",
    "12002": "Bankkort (debet kort)",
    "12003": "Kredittkort",
    "12004": "Bankkonto",
    "12005": "Gavekort",
    "12006": "Kundekonto",
    "12007": "Lojalitetspoeng",
    "12008": "Pant",
    "12009": "Sjekk",
    "12010": "Tilgodelapp",
    "12011": "Mobiltelefon løsninger, ulike betalingsapplikasjoner",
    "12999": "Øvrige",
}

TIPS = "10001"  # of PredefinedBasicID-10; 10999 is any other raise
CASH = "12001"
ON_ACCOUNT = "12006"

PAYMENT_ROLES: dict[str, Role] = {
    "12001": Role.CASH,
    "12002": Role.CARD,
    "12003": Role.CARD,
    "12004": Role.CARD,
    "12005": Role.GIFTCARD,
    "12006": Role.RECEIVABLE,
    "12007": Role.SUSPENSE,
    "12008": Role.DEPOSIT,
    "12009": Role.SUSPENSE,
    "12010": Role.CREDITNOTE,
    "12011": Role.MOBILE,
    "12999": Role.SUSPENSE,
}

# Sales codes of Standard_Tax_Codes with their rates in basis points, dated (saft.md 2.7). A line is
# accepted when its rate equals the one valid on its day. The rates of 33 before 2018 and in the
# pandemic: 10 % from 2016, 12 % from 2018, 6 % from 01.04.2020 to 30.09.2021.
_ALWAYS = date.min
VAT_RATES: dict[str, tuple[tuple[date, int], ...]] = {
    "3": ((_ALWAYS, 2500),),
    "31": ((_ALWAYS, 1500),),
    "32": ((_ALWAYS, 1111),),
    "33": (
        (_ALWAYS, 800),
        (date(2016, 1, 1), 1000),
        (date(2018, 1, 1), 1200),
        (date(2020, 4, 1), 600),
        (date(2021, 10, 1), 1200),
    ),
    "5": ((_ALWAYS, 0),),
    "51": ((_ALWAYS, 0),),
    "52": ((_ALWAYS, 0),),
    "6": ((_ALWAYS, 0),),
    "7": ((_ALWAYS, 0),),
    "0": ((_ALWAYS, 0),),
}

VAT_NAMES: dict[str, str] = {
    "3": "Utgående mva, alminnelig sats",
    "31": "Utgående mva, middels sats",
    "32": "Utgående mva, råfisk",
    "33": "Utgående mva, lav sats",
    "5": "Innenlands omsetning fritatt for mva",
    "51": "Innenlandsk omsetning med omvendt avgiftsplikt",
    "52": "Utførsel av varer og tjenester",
    "6": "Omsetning utenfor mva-loven",
    "7": "Ingen mva-behandling (inntekter)",
    "0": "Ingen mva-behandling",
}

NO_VAT = "0"


@lru_cache(maxsize=1024)
def rate_on(vat_code: str, day: date) -> int | None:
    """Give the rate of a standard sales code on a day in basis points; None when it is no such code."""
    rates = VAT_RATES.get(vat_code)
    if rates is None:
        return None
    return next(rate for since, rate in reversed(rates) if since <= day)

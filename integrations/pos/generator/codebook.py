"""The till's own words for receipts, tenders and events, with the official codes (saft.md 2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One row of basics: its type, the till's own id, the official code ('' if none), a text."""

    basic_type: str
    own: str
    predefined: str
    name: str


LINE_SALE = Code("05", "VARE", "", "Solgt vare")
LINE_RETURN = Code("05", "RETURVARE", "", "Returnert vare")
DISCOUNT = Code("08", "RABATT10", "", "Rabatt 10 %")
FREE = Code("08", "RABATT100", "", "Gratis vare")

SALE = Code("11", "SALG", "11001", "Kontantsalg")
RETURN = Code("11", "RETUR", "11006", "Utbetaling ved retur")
EXCHANGE = Code("11", "BYTTE", "11013", "Retur og ny vare")
SALE_AND_RETURN = Code("11", "SALGRETUR", "11016", "Kontantsalg og retur")

OTHER = Code("11", "ANNET", "11999", "Øvrige")
CREDIT = Code("11", "KREDITT", "11002", "Kredittsalg")
PURCHASE = Code("11", "VAREKJOP", "11003", "Kjøp av varer fra leverandør")
PAID_SOMEBODY = Code("11", "BETALING", "11004", "Betaling")
CUSTOMER_PAYMENT = Code("11", "KUNDEINNBET", "11005", "Innbetaling fra kunde")
FLOAT = Code("11", "VEKSEL", "11007", "Inngående vekselbeholdning")
CASH_DIFFERENCE = Code("11", "KASSEDIFF", "11008", "Kassedifferanse")
CORRECTION = Code("11", "KORRIGERING", "11009", "Korrigert kvittering")
PAID_OUT = Code("11", "UTTAK", "11010", "Uttak av kontanter")
PAID_IN = Code("11", "INNSKUDD", "11011", "Innskudd av kontanter")
TRADE_IN = Code("11", "INNBYTTE", "11012", "Innbytte og nytt salg")
INVENTORY = Code("11", "LAGER", "11014", "Lagerbevegelse")
MIXED = Code("11", "KONTANTKREDITT", "11015", "Kontant- og kredittsalg")
CREDIT_AND_RETURN = Code("11", "KREDITTRETUR", "11017", "Kredittsalg og retur")
TIPS = Code("10", "TIPS", "10001", "Tips")

CASH = Code("12", "KONTANT", "12001", "Kontanter")
CARD = Code("12", "BANKKORT", "12002", "Bankkort")
CREDIT_CARD = Code("12", "KREDITTKORT", "12003", "Kredittkort")
GIFT_CARD = Code("12", "GAVEKORT", "12005", "Gavekort")
CREDIT_NOTE = Code("12", "TILGODE", "12010", "Tilgodelapp")
MOBILE = Code("12", "VIPPS", "12011", "Vipps")
PAYMENTS = {code.own: code for code in (CASH, CARD, CREDIT_CARD, GIFT_CARD, CREDIT_NOTE, MOBILE)}

EURO = Code("12", "EURO", "12001", "Kontanter i euro")
ACCOUNT = Code("12", "KUNDEKONTO", "12006", "Kundekonto")
POINTS = Code("12", "POENG", "12007", "Lojalitetspoeng")
DEPOSIT = Code("12", "PANTELAPP", "12008", "Pant")
ALL_PAYMENTS = {**PAYMENTS, **{one.own: one for one in (EURO, ACCOUNT, POINTS, DEPOSIT)}}

TILL_ON = Code("13", "START", "13001", "Kassen startet")
TILL_OFF = Code("13", "SLUTT", "13002", "Kassen avsluttet")
LOG_IN = Code("13", "INN", "13003", "Pålogging")
LOG_OUT = Code("13", "UT", "13004", "Avlogging")
DRAWER = Code("13", "SKUFF", "13005", "Skuff åpnet ved salg")
DRAWER_ALONE = Code("13", "NULLINNSLAG", "13005", "Skuff åpnet uten salg")
X_REPORT = Code("13", "XRAPPORT", "13008", "X-rapport")
Z_REPORT = Code("13", "ZRAPPORT", "13009", "Z-rapport")
SALES_RECEIPT = Code("13", "SALGSKVITT", "13012", "Salgskvittering")
RETURN_RECEIPT = Code("13", "RETURKVITT", "13013", "Returkvittering")
COPY = Code("13", "KOPI", "13014", "Kopikvittering")
DELIVERY = Code("13", "UTLEVERING", "13016", "Utleveringskvittering")
TRAINING_RECEIPT = Code("13", "TRENING", "13017", "Treningskvittering")
PRICE_INQUIRY = Code("13", "PRISSPORSMAL", "13022", "Prisundersøkelse")
OTHER_EVENT = Code("13", "HENDELSE", "13999", "Øvrige hendelser")
VOID_RECEIPT = Code("13", "ANNULLERT", "13028", "Annulleringskvittering")

# Everything the file uses stands in basics, also where no official code exists (saft.md 1.3).
CODES = (
    LINE_SALE, LINE_RETURN, DISCOUNT, FREE,
    SALE, RETURN, EXCHANGE, SALE_AND_RETURN, OTHER,
    *PAYMENTS.values(),
    TILL_ON, TILL_OFF, LOG_IN, LOG_OUT, DRAWER, DRAWER_ALONE, X_REPORT, Z_REPORT,
    SALES_RECEIPT, RETURN_RECEIPT, COPY, TRAINING_RECEIPT, PRICE_INQUIRY, VOID_RECEIPT,
)  # fmt: skip
# What the basic kinds have no use for.
MORE_CODES = (
    TIPS,
    CREDIT, PURCHASE, PAID_SOMEBODY, CUSTOMER_PAYMENT, FLOAT, CASH_DIFFERENCE, CORRECTION,
    PAID_OUT, PAID_IN, TRADE_IN, INVENTORY, MIXED, CREDIT_AND_RETURN,
    EURO, ACCOUNT, POINTS, DEPOSIT,
    DELIVERY, OTHER_EVENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody at the till."""

    own: str
    first_name: str
    surname: str


EMPLOYEES = (
    Employee("1000", "Ola", "Nordmann"),
    Employee("1001", "Kari", "Nordmann"),
    Employee("1002", "Åse", "Bjørnøy"),
    Employee("1003", "Per", "Sæther"),
)

"""What the till sells and the code books it writes: its own ids beside the official codes."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from integrations.pos.generator.plan import Profile

# Code 33 has been 12 % since this day (saft.md 2.7). Basic files sell nothing at it before.
TWELVE_PERCENT_FROM = date(2021, 10, 1)
# The rates of code 33 in basis points, newest first.
LOW_RATES = (
    (TWELVE_PERCENT_FROM, 1200),
    (date(2020, 4, 1), 600),
    (date(2018, 1, 1), 1200),
    (date(2016, 1, 1), 1000),
    (date.min, 800),
)


@dataclass(frozen=True, slots=True)
class VatCode:
    """The till's own code, the SAF-T standard code and the rate in basis points."""

    own: str
    standard: str
    basis_points: int
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """An article group under the till's own id, with its predefined code (saft.md 2.2)."""

    own: str
    predefined: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """Something sold; ``price`` is øre with VAT, ``take_away`` the code when not eaten here."""

    own: str
    group: Group
    name: str
    price: int
    vat: VatCode
    take_away: VatCode | None = None


# Own codes 1 to 4 on purpose: a reader that takes «3» for the standard code 3 is found out.
HIGH = VatCode("1", "3", 2500, "Høy sats 25 %")
MIDDLE = VatCode("2", "31", 1500, "Middels sats 15 %")
LOW = VatCode("3", "33", 1200, "Lav sats 12 %")
ZERO = VatCode("4", "5", 0, "Fritatt, nullsats")
VAT_CODES = {code.own: code for code in (HIGH, MIDDLE, LOW, ZERO)}
NO_VAT = VatCode("5", "7", 0, "Ingen mva, inntekter")
NO_VAT_AT_ALL = VatCode("6", "0", 0, "Ingen mva")
ALL_VAT_CODES = {**VAT_CODES, NO_VAT.own: NO_VAT, NO_VAT_AT_ALL.own: NO_VAT_AT_ALL}

FOOD = Group("100", "04006", "Mat")
COFFEE = Group("110", "04012", "Kaffe, te og annen drikke")
WATER = Group("120", "04011", "Mineralvann")
TOBACCO = Group("200", "04013", "Tobakk")
BEER = Group("300", "04007", "Øl")
WINE = Group("310", "04008", "Vin")
WARES = Group("400", "04003", "Varesalg")
OTHER = Group("410", "04014", "Andre varer, bøker og blader")
ENTRANCE = Group("500", "04015", "Inngangspenger")
CLOAKROOM = Group("510", "04017", "Garderobe")
GROUPS = {
    group.own: group
    for group in (FOOD, COFFEE, WATER, TOBACCO, BEER, WINE, WARES, OTHER, ENTRANCE, CLOAKROOM)
}
GIFT_CARDS = Group("900", "04999", "Gavekort")
DEPOSITS = Group("910", "04999", "Pant")
TIPS = Group("920", "04999", "Tips")
INVOICES = Group("930", "04999", "Betaling av faktura")
USED = Group("940", "04999", "Brukte varer i innbytte")
ALL_GROUPS = {
    **GROUPS,
    **{group.own: group for group in (GIFT_CARDS, DEPOSITS, TIPS, INVOICES, USED)},
}

GIFT_CARD = Article("9001", GIFT_CARDS, "Gavekort", 50_000, NO_VAT)
BOTTLE = Article("9101", DEPOSITS, "Pant liten flaske", 200, NO_VAT)
LARGE_BOTTLE = Article("9102", DEPOSITS, "Pant stor flaske", 300, NO_VAT)
TIP = Article("9201", TIPS, "Tips", 0, NO_VAT)
INVOICE = Article("9301", INVOICES, "Innbetaling på faktura", 0, NO_VAT_AT_ALL)
USED_THING = Article("9401", USED, "Innbyttet vare", 0, NO_VAT_AT_ALL)
SPECIAL = (GIFT_CARD, BOTTLE, LARGE_BOTTLE, TIP, INVOICE, USED_THING)

# (how often, article). Shop prices end in øre, so that rounding and VAT drift occur.
SHOP = (
    (9, Article("1001", FOOD, "Lettmelk 1 l", 2190, MIDDLE)),
    (9, Article("1002", FOOD, "Grovbrød 750 g", 3890, MIDDLE)),
    (6, Article("1003", FOOD, "Brunost 500 g", 8640, MIDDLE)),
    (7, Article("1004", FOOD, "Epler løsvekt", 2735, MIDDLE)),
    (6, Article("1005", FOOD, "Laksefilet <400 g>", 11990, MIDDLE)),
    (5, Article("1101", COFFEE, "Kaffe 250 g", 5480, MIDDLE)),
    (6, Article("1201", WATER, "Farris 0,5 l", 2490, MIDDLE)),
    (7, Article("4001", WARES, "Sjokolade & nøtter 200 g", 4490, MIDDLE)),
    (8, Article("4002", WARES, "Oppvaskbørste", 3990, HIGH)),
    (8, Article("4003", WARES, "Ullsokker", 14990, HIGH)),
    (4, Article("4004", WARES, "Regnjakke", 89900, HIGH)),
    (6, Article("2001", TOBACCO, "Snus porsjon", 12640, HIGH)),
    (9, Article("3001", BEER, "Pils boks 0,5 l", 3290, HIGH)),
    (6, Article("4101", OTHER, "Batterier AA 4-pk", 7950, HIGH)),
    (3, Article("4102", OTHER, "Roman, innbundet", 39900, ZERO)),
    (1, Article("4103", OTHER, "Dagsavis", 4500, ZERO)),
)
RESTAURANT = (
    (9, Article("1010", FOOD, "Fiskesuppe", 18900, HIGH, MIDDLE)),
    (9, Article("1011", FOOD, "Burger med pommes frites", 21500, HIGH, MIDDLE)),
    (7, Article("1012", FOOD, "Fish & chips", 22900, HIGH, MIDDLE)),
    (5, Article("1013", FOOD, "Rekesmørbrød", 16950, HIGH, MIDDLE)),
    (8, Article("1110", COFFEE, "Kaffe latte", 5200, HIGH, MIDDLE)),
    (4, Article("1111", COFFEE, "Te", 4350, HIGH, MIDDLE)),
    (6, Article("1210", WATER, "Mineralvann 0,33 l", 4500, HIGH, MIDDLE)),
    (10, Article("3010", BEER, "Pils 0,5 l", 9900, HIGH)),
    (5, Article("3011", BEER, "Ale «Bryggeri» 0,33 l", 11200, HIGH)),
    (6, Article("3110", WINE, "Husets rødvin glass", 13500, HIGH)),
    (3, Article("3111", WINE, "Riesling flaske", 59500, HIGH)),
    (2, Article("5010", ENTRANCE, "Inngang klubb", 15000, HIGH)),
    (3, Article("5110", CLOAKROOM, "Garderobe", 4000, HIGH)),
)
TICKETS = (
    (6, Article("5001", ENTRANCE, "Kinobillett voksen", 14500, LOW)),
    (4, Article("5002", ENTRANCE, "Kinobillett barn", 9950, LOW)),
)
STOCK: dict[Profile, tuple[tuple[int, Article], ...]] = {
    "shop": SHOP,
    "restaurant": RESTAURANT,
    "mixed": SHOP + RESTAURANT + TICKETS,
}


def low_rate(day: date) -> int:
    """The rate of code 33 on a day, in basis points."""
    return next(rate for since, rate in LOW_RATES if since <= day)


def shelf(profile: Profile, day: date, *, dated: bool = False) -> tuple[Article, ...]:
    """Each article as many times as it is common, so that one uniform draw is enough.

    ``dated``: with code 33 at the rate of the day. Otherwise only at 12 %, and from when it held.
    """
    if dated:
        return _shelf(profile, low_rate(day))
    return _shelf(profile, 1200 if day >= TWELVE_PERCENT_FROM else None)


@cache
def _shelf(profile: Profile, low: int | None) -> tuple[Article, ...]:
    """``low``: the rate of code 33; None when nothing at it is sold."""
    return tuple(
        _at_rate(article, low)
        for often, article in STOCK[profile]
        if article.vat is not LOW or low is not None
        for _ in range(often)
    )


def _at_rate(article: Article, low: int | None) -> Article:
    if article.vat is not LOW or low in (None, LOW.basis_points):
        return article
    return replace(article, vat=replace(LOW, basis_points=low))


def articles(profile: Profile, day: date, *, wide: bool = False) -> tuple[Article, ...]:
    """Everything a file may sell, once, in order of id; ``wide`` with gift cards and the like."""
    goods = set(shelf(profile, day, dated=wide))
    return tuple(sorted(goods.union(SPECIAL if wide else ()), key=lambda article: article.own))

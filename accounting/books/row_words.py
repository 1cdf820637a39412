"""What a row of Kontooppsett is called on screen, and the codes it goes by."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounting.books.domain.checks import ROLE_NAMES
from accounting.books.domain.codes import ARTICLE_GROUPS, TRANSACTION_TYPES, Role
from accounting.books.setup_rows import Row

# The code list's own names are long; these say the same in a table's cell.
PAYMENT_NAMES = {
    "12001": gettext_lazy("Kontanter"),
    "12002": gettext_lazy("Bankkort"),
    "12003": gettext_lazy("Kredittkort"),
    "12004": gettext_lazy("Bankkonto"),
    "12005": gettext_lazy("Gavekort"),
    "12006": gettext_lazy("Kundekonto"),
    "12007": gettext_lazy("Lojalitetspoeng"),
    "12008": gettext_lazy("Pant"),
    "12009": gettext_lazy("Sjekk"),
    "12010": gettext_lazy("Tilgodelapp"),
    "12011": gettext_lazy("Mobilbetaling"),
    "12999": gettext_lazy("Øvrige betalingsmåter"),
}
VAT_NAMES = {
    "3": gettext_lazy("alminnelig sats"),
    "31": gettext_lazy("middels sats"),
    "32": gettext_lazy("råfisk"),
    "33": gettext_lazy("lav sats"),
    "5": gettext_lazy("fritatt for mva"),
    "51": gettext_lazy("omvendt avgiftsplikt"),
    "52": gettext_lazy("utførsel"),
    "6": gettext_lazy("utenfor mva-loven"),
    "7": gettext_lazy("uten mva-behandling"),
    "0": gettext_lazy("uten mva-behandling"),
}


def words_of(row: Row) -> tuple[str, str]:
    """Give the row's name and its codes in the reader's language."""
    key = row.key
    if key.role is Role.SALES:
        return _sales_words(row)
    if key.own and row.moves_money:
        return _own_name(row), _("transaksjonstype %s") % key.own
    if key.own:
        return _own_name(row), _("betalingsmåte %s") % key.own
    if key.standard:
        return str(PAYMENT_NAMES.get(key.standard, key.standard)), _(
            "standardtype %s"
        ) % key.standard
    norwegian, english = ROLE_NAMES[key.role]
    return english if get_language() == "en" else norwegian, ""


def _own_name(row: Row) -> str:
    """Give the till's own name, else the standard's, else the till's code."""
    if row.used is None:
        return row.key.own
    return row.used.name or TRANSACTION_TYPES.get(row.used.wanted.standard, row.key.own)


def _sales_words(row: Row) -> tuple[str, str]:
    key, used = row.key, row.used
    code = _("mva-kode %s") % key.vat_code
    if used and used.rate:
        code = f"{code}, {used.rate / 100:g}\N{NO-BREAK SPACE}%".replace(".", ",")
    if key.own:
        group = _("varegruppe %s") % key.own
        return _own_name(row), f"{group} · {code}"
    if key.standard:
        return ARTICLE_GROUPS.get(key.standard, key.standard), f"{key.standard} · {code}"
    return _("Annet salg med mva-kode %s") % key.vat_code, str(VAT_NAMES.get(key.vat_code, ""))

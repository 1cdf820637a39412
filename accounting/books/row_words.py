"""What a row of Kontooppsett is called on screen, and the codes it goes by."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounting.books.domain.checks import ROLE_NAMES
from accounting.books.domain.codes import ARTICLE_GROUPS, TRANSACTION_TYPES, Role
from accounting.books.domain.setup import Kind, Rule
from accounting.books.setup_rows import Row
from accounting.company.models import AuditEntry

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

KINDS = {
    Kind.SALE: gettext_lazy("Salg"),
    Kind.GIFT_CARD: gettext_lazy("Gavekort"),
    Kind.DEPOSIT: gettext_lazy("Pant"),
    Kind.CUSTOMER_PAYMENT: gettext_lazy("Innbetaling fra kunde"),
    Kind.TIP: gettext_lazy("Tips"),
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
        names = TRANSACTION_TYPES if row.moves_money else PAYMENT_NAMES
        return str(names.get(key.standard, key.standard)), _("standardtype %s") % key.standard
    norwegian, english = ROLE_NAMES[key.role]
    return english if get_language() == "en" else norwegian, ""


def rule_words(rule: Rule | None) -> str:
    """Give a rule as it stands in a sentence: `3030, mva 31`, or its kind and account; '' for none."""
    if rule is None:
        return ""
    if rule.kind is not Kind.SALE:
        return f"{KINDS[rule.kind]}, {rule.account}"
    if rule.vat_code:
        return _("%(account)s, mva %(code)s") % {"account": rule.account, "code": rule.vat_code}
    return rule.account


def change_words(change: AuditEntry) -> str:
    """Give what a line of the activity log changed in a row: only what is not the same before and after."""
    before, after = change.before or [], change.after or []
    gone = "; ".join(_dated_words(said) for said in before if said not in after)
    come = "; ".join(_dated_words(said) for said in after if said not in before)
    if gone and come:
        return f"{gone} → {come}"
    if come:
        return _("Ny: %s") % come
    return _("Fjernet: %s") % gone


def _dated_words(said: Mapping[str, str]) -> str:
    day = date.fromisoformat(said["valid_from"])
    words = rule_words(Rule(said["account"], said["vat_code"], day, Kind(said["kind"])))
    if day == date.min:
        return words
    return _("fra %(day)s: %(rule)s") % {"day": date_format(day, "DATE_FORMAT"), "rule": words}


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

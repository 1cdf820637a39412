"""What a person typed in Kontooppsett, row by row, and what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.books.domain.codes import VAT_NAMES
from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey

ACCOUNT, VAT, KIND = "konto:", "mva:", "slag:"
KINDS = {
    Kind.SALE: gettext_lazy("Salg"),
    Kind.GIFT_CARD: gettext_lazy("Gavekort"),
    Kind.DEPOSIT: gettext_lazy("Pant"),
    Kind.CUSTOMER_PAYMENT: gettext_lazy("Innbetaling fra kunde"),
    Kind.TIP: gettext_lazy("Tips"),
}
_NUMBER = re.compile(r"\d{1,20}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entered:
    """One row as it was typed; `error` is the sentence to show at its account field.

    `kind` is None for a row that asks for none.
    """

    account: str
    vat_code: str
    error: str = ""
    kind: Kind | None = None

    def rule(self, before: Rule | None) -> Rule | None:
        """Give the rule that is meant; None for an emptied row. It counts from the day it did."""
        if not self.account:
            return None
        kind = self.kind or (before.kind if before else Kind.SALE)
        day = before.valid_from if before else date.min
        return Rule(self.account, self.vat_code, valid_from=day, kind=kind)


def vat_choices(chart: Chart) -> dict[str, str]:
    """Give code → words: theirs once the chart is fetched, else the standard sales codes."""
    theirs = {code: row.name for code, row in chart.vat_codes.items() if row.active}
    return {code: f"{code} – {name}" for code, name in (theirs or VAT_NAMES).items()}


def posted_keys(posted: Mapping[str, str]) -> list[RuleKey]:
    """Name the rows that were posted. Raises BadRequest for one that no page of ours has."""
    keys = [_key(name) for name in posted if name.startswith(ACCOUNT)]
    return list(dict.fromkeys(keys))


def _key(name: str) -> RuleKey:
    key = parse_key(name.removeprefix(ACCOUNT))
    if key is None:
        raise BadRequest(name)
    return key


def read_rows(posted: Mapping[str, str], vat_codes: Collection[str]) -> dict[RuleKey, Entered]:
    """Read every row that was posted. Raises BadRequest for a row that no page of ours has."""
    rows = {}
    for key in posted_keys(posted):
        account = number_in(posted[f"{ACCOUNT}{key}"])
        vat_code = posted.get(f"{VAT}{key}", "")
        kind = _kind(posted.get(f"{KIND}{key}", ""))
        error = _error(account, vat_code, vat_codes) or _kind_error(account, kind)
        rows[key] = Entered(account, vat_code, error, kind)
    return rows


def _kind(posted: str) -> Kind | None:
    try:
        return Kind(posted) if posted else None
    except ValueError:
        raise BadRequest(posted) from None


def _kind_error(account: str, kind: Kind | None) -> str:
    """Ask for the account of a group that is no sale: without one, nothing of it would be saved."""
    if account or kind in {None, Kind.SALE}:
        return ""
    return _("Skriv konto for gruppen også, eller velg Salg.")


def parse_key(text: str) -> RuleKey | None:
    """Read a row's name as fix links carry it; None for anything else."""
    try:
        return RuleKey.parse(text)
    except ValueError:
        return None


def number_in(typed: str) -> str:
    """Take the number of `1900 Kontanter`; anything else is given back as it was typed."""
    first, _space, _name = typed.strip().partition(" ")
    return first if _NUMBER.match(first) else typed.strip()


def _error(account: str, vat_code: str, vat_codes: Collection[str]) -> str:
    if account and not _NUMBER.match(account):
        return _("«%(typed)s» er ikke et kontonummer. Skriv bare sifre, som 3000.") % {
            "typed": account
        }
    if vat_code and vat_code not in vat_codes:
        return _("Mva-kode %(code)s finnes ikke i listen. Velg en annen.") % {"code": vat_code}
    return ""

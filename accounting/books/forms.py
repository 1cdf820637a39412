"""What a person typed in Kontooppsett, row by row, and what is wrong with it."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.utils.translation import gettext as _

from accounting.books.domain.codes import NO_VAT, VAT_NAMES, Role
from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey, Rules
from accounting.books.fields import outside
from accounting.books.setup_changes import Changes, in_force, same_but_date

ACCOUNT, VAT, KIND = "konto:", "mva:", "slag:"
_NUMBER = re.compile(r"\d{1,20}\Z", re.ASCII)
# How long a row's codes may be: SetupEntry's columns, and those of a till's file.
_OWN, _STANDARD = 35, 9
_AHEAD = timedelta(days=366)  # a year may be planned; a later day is a slip of the finger


@dataclass(frozen=True, slots=True)
class Entered:
    """One row as it was typed; `error` is the sentence to show at its account field.

    `refused` is what the chart has against it, which a person may save all the same. `kind` is None
    for a row that asks for none.
    """

    account: str
    vat_code: str
    error: str = ""
    kind: Kind | None = None
    refused: str = ""

    @classmethod
    def of(cls, rule: Rule) -> "Entered":
        """Give the row that says what a rule says."""
        return cls(rule.account, rule.vat_code, kind=rule.kind)

    @classmethod
    def empty(cls, key: RuleKey) -> "Entered":
        """Give a row without a rule: sales take the till's VAT code, money moves without one."""
        return cls("", "" if key.role is Role.SALES else NO_VAT)

    def rule(self, before: Rule | None, since: date | None = None) -> Rule | None:
        """Give the rule that is meant; None for an emptied row.

        It counts from the day it did, or from `since`.
        """
        if not self.account:
            return None
        kind = self.kind or (before.kind if before else Kind.SALE)
        day = since or (before.valid_from if before else date.min)
        return Rule(self.account, self.vat_code, valid_from=day, kind=kind)


@dataclass(frozen=True, slots=True)
class Typed:
    """The whole form as it was sent: the rows, the rules as they were shown, the day of the change.

    `since` is None for a change of what counts already.
    """

    rows: Mapping[RuleKey, Entered] = field(default_factory=dict)
    shown: Rules = field(default_factory=dict)
    since: date | None = None
    since_error: str = ""

    def changes(self, today: date) -> Changes:
        """Give the rows that were typed otherwise than they were shown, without those in error."""
        before = in_force(self.shown, today)
        meant = {
            key: row.rule(before.get(key), self.since)
            for key, row in self.rows.items()
            if not row.error
        }
        return {k: rule for k, rule in meant.items() if not same_but_date(rule, before.get(k))}

    def filled(self, rules: Mapping[RuleKey, Rule | None]) -> "Typed":
        """Give the form with these rules in its fields, and None as emptied ones; nothing is saved."""
        rows = {k: Entered.of(rule) if rule else Entered.empty(k) for k, rule in rules.items()}
        return replace(self, rows={**self.rows, **rows})

    def checked_dates(self, today: date) -> "Typed":
        """Say where the day of the change cannot be: far from today, or before what counts already."""
        if self.since is None:
            return self
        if said := outside(self.since, last=today + _AHEAD):
            return replace(self, since_error=said)
        before = in_force(self.shown, today)
        wrong = {
            key: replace(self.rows[key], error=_dated_error(rule, before.get(key), self.since))
            for key, rule in self.changes(today).items()
        }
        return replace(self, rows={**self.rows, **wrong})

    def over(self, saved: Rules, mine: Changes) -> "Typed":
        """Give the form as it goes on after somebody else has saved: with their rows, and with `mine`."""
        rows = {key: row for key, row in self.rows.items() if key in mine or row.error}
        return replace(self, rows=rows, shown=saved)

    def with_errors_of(self, other: "Typed") -> "Typed":
        """Give the form with what is wrong with another reading of the same rows."""
        rows = {
            key: replace(row, error=other.rows[key].error, refused=other.rows[key].refused)
            for key, row in self.rows.items()
        }
        return replace(self, rows=rows, since_error=other.since_error)

    @property
    def wrong(self) -> bool:
        """Say whether something must be mended before any of it can be saved."""
        return bool(self.since_error) or any(row.error for row in self.rows.values())

    @property
    def refused(self) -> bool:
        """Say whether the chart has something against what was typed."""
        return any(row.refused for row in self.rows.values())


def _dated_error(rule: Rule | None, before: Rule | None, since: date) -> str:
    if rule is None:
        return _("En tømt linje kan ikke få en dato. Skriv konto, eller tøm datoen.")
    if before and since <= before.valid_from:
        return _("Linjen er alt endret fra %(day)s. Velg en senere dato.") % {
            "day": f"{before.valid_from:%d.%m.%Y}"
        }
    return ""


def read_typed(posted: Mapping[str, str], vat_codes: Collection[str], shown: Rules) -> Typed:
    """Read the whole form as it was shown with these rules. Raises BadRequest for what no page sends."""
    since, since_error = _since(posted.get("fra", ""))
    return Typed(read_rows(posted, vat_codes), shown, since, since_error)


def _since(typed: str) -> tuple[date | None, str]:
    try:
        return forms.DateField(required=False).clean(typed), ""
    except ValidationError:
        return None, _("«%(typed)s» er ikke en dato. Skriv den som 24.11.2026.") % {"typed": typed}


def shown_text(rules: Rules) -> str:
    """Write the rules as the page showed them, for the form to carry back."""
    said = {
        str(key): [[r.account, r.vat_code, r.valid_from.isoformat(), r.kind] for r in dated]
        for key, dated in rules.items()
    }
    return json.dumps(said, separators=(",", ":"))


def read_shown(text: str) -> Rules:
    """Read what `shown_text` wrote. Raises BadRequest for anything else."""
    try:
        return {
            RuleKey.parse(key): tuple(
                Rule(account, vat_code, date.fromisoformat(day), Kind(kind))
                for account, vat_code, day, kind in dated
            )
            for key, dated in json.loads(text).items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise BadRequest("vist") from error


def vat_choices(chart: Chart) -> dict[str, str]:
    """Give code → words: theirs once the chart is fetched, else the standard sales codes."""
    theirs = {code: row.name for code, row in chart.vat_codes.items() if row.active}
    return {code: f"{code} – {name}" for code, name in (theirs or VAT_NAMES).items()}


def posted_keys(posted: Mapping[str, str]) -> list[RuleKey]:
    """Name the rows that were posted. Raises BadRequest for one that no page of ours has."""
    return [_key(name) for name in posted if name.startswith(ACCOUNT)]


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
        vat_code = code_in(posted.get(f"{VAT}{key}", ""), vat_codes)
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
    """Read a row's name as fix links carry it; None for anything else, and for what no row can be."""
    try:
        key = RuleKey.parse(text)
    except ValueError:
        return None
    too_long = len(key.own) > _OWN or max(len(key.standard), len(key.vat_code)) > _STANDARD
    return None if too_long or "\0" in text else key


def number_in(typed: str) -> str:
    """Take the number of `1900 Kontanter`; anything else is given back as it was typed."""
    first, _space, _name = typed.strip().partition(" ")
    return first if _NUMBER.match(first) else typed.strip()


def code_in(typed: str, vat_codes: Collection[str]) -> str:
    """Take the code of `31 – Utgående mva`; anything else is given back as it was typed."""
    first, _space, _name = typed.strip().partition(" ")
    return first if first in vat_codes else typed.strip()


def _error(account: str, vat_code: str, vat_codes: Collection[str]) -> str:
    if account and not _NUMBER.match(account):
        return _("«%(typed)s» er ikke et kontonummer. Skriv bare sifre, som 3000.") % {
            "typed": account
        }
    if vat_code and vat_code not in vat_codes:
        return _("Mva-kode %(code)s finnes ikke i listen. Velg en annen.") % {"code": vat_code}
    return ""

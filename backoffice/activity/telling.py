"""A line of the activity log as people read it: what it is about, and what changed, in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounting.books.domain.issues import Issue
from accounting.books.domain.issues import words as issue_words
from accounting.books.domain.setup import Kind as SetupKind
from accounting.books.domain.setup import RuleKey
from accounting.books.row_words import KINDS, words_of
from accounting.books.setup_rows import Row
from accounting.company.models import AuditEntry
from backoffice.activity.words import ACTIONS, FIELDS, VALUES, Action
from backoffice.states import LOOKS
from backoffice.templatetags.backoffice import day, last_day, org_no

NOTHING = "–"
_RULE = re.compile(r"^(?:(?P<department>.*) )?(?P<key>[A-Z]+\|[^|]*\|[^|]*\|[^|]*)$")
_DOCUMENT = re.compile(r"^settlement\|(?P<location>.*)\|(?P<till>[^|]*)\|(?P<number>[^|]*)$")
_SETTLEMENT = re.compile(r"^(?P<register>\d+)/Z (?P<number>.*) r\d+$")
_RECEIPT = re.compile(r"^(?P<register>\d+)/(?P<nr>.*)$")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed. `before` is '' where nothing stood there, `after` where nothing stands."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the row itself, what was done, what it is about, and what changed."""

    entry: AuditEntry
    action: Action
    subject: str
    changes: tuple[Change, ...]


def line(entry: AuditEntry, tills: Mapping[int, str]) -> Line:
    """Put a row into words. `tills` gives the tills' names by their keys. KeyError without words."""
    changes = tuple(_changes(entry.before, entry.after))
    return Line(entry, ACTIONS[entry.action], _subject(entry, tills), changes)


def _subject(entry: AuditEntry, tills: Mapping[int, str]) -> str:
    said = entry.subject
    if entry.action == "setup-changed" and (found := _RULE.match(said)):
        return _row_words(found["department"], found["key"])
    if entry.action == "register-placed":
        return _("Kasse %(till)s") % {"till": said}
    if found := _DOCUMENT.match(said):
        return _z(found["till"], found["number"])
    if entry.action == "receipt-chosen" and (found := _RECEIPT.match(said)):
        till = tills.get(int(found["register"]), "")
        return _("Kasse %(till)s, kvittering %(nr)s") % {"till": till, "nr": found["nr"]}
    if found := _SETTLEMENT.match(said):
        return _z(tills.get(int(found["register"]), ""), found["number"])
    return "PowerOffice Go" if said == "poweroffice" else said


def _z(till: str, number: str) -> str:
    return _("Kasse %(till)s, Z %(number)s") % {"till": till, "number": number}


def _row_words(department: str | None, key: str) -> str:
    name, detail = words_of(Row(RuleKey.parse(key)))
    return ", ".join(part for part in (department or _("Felles"), name, detail) if part)


def _changes(before: object, after: object) -> Iterator[Change]:
    if isinstance(before, list) or isinstance(after, list):
        yield from _rules(before, after)
        return
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    if "facts" in new:
        yield Change(_said_field("code"), "", _finding(new))
    for key in dict.fromkeys((*old, *new)):
        if "facts" in new and key in {"code", "facts"}:
            continue
        one, other = _value(key, old.get(key)), _value(key, new.get(key))
        if one != other:
            yield Change(_said_field(key), one, other)


def _rules(before: object, after: object) -> Iterator[Change]:
    """Tell a row of Kontooppsett by the days it changes on."""
    old, new = _by_day(before), _by_day(after)
    for since in sorted({*old, *new}):
        one, other = old.get(since, ""), new.get(since, "")
        if one != other:
            yield Change(
                _("Fra %s") % day(date.fromisoformat(since)) if _real(since) else "", one, other
            )


def _by_day(rules: object) -> dict[str, str]:
    rows = rules if isinstance(rules, list) else []
    return {str(row.get("valid_from", "")): _rule(row) for row in rows}


def _real(since: str) -> bool:
    """Say whether a person chose the day: a row's first one stands since the beginning."""
    return bool(since) and date.fromisoformat(since) > date(1900, 1, 1)


def _rule(row: Mapping[str, str]) -> str:
    parts = [row["account"]]
    if row.get("vat_code"):
        parts.append(_("mva %s") % row["vat_code"])
    if row.get("kind", "sale") != "sale":
        parts.append(_value("kind", row["kind"]))
    return ", ".join(parts)


def _finding(new: Mapping[str, object]) -> str:
    facts = new["facts"]
    pairs = tuple(facts.items()) if isinstance(facts, dict) else ()
    issue = Issue(str(new["code"]), dict(pairs).get("subject", ""), facts=pairs)
    said = issue_words(issue, "en" if get_language() == "en" else "nb")
    return said.reason or said.effect


def _said_field(key: str) -> str:
    return str(FIELDS.get(key, key))


def _value(key: str, value: object) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return ", ".join(_value(key, one) for one in value)
    if (key, value) in VALUES:
        return str(VALUES[key, value])
    if key == "state" and str(value) in LOOKS:
        return str(LOOKS[str(value)].word)
    if key == "kind":
        return str(KINDS[SetupKind(str(value))])
    return _as_shown(key, str(value))


def _as_shown(key: str, said: str) -> str:
    if key == "org_no":
        return org_no(said)
    if key == "until" and (end := parse_datetime(said)):
        return day(last_day(end))
    if key in {"day", "valid_from"} and (when := parse_date(said)):
        return day(when)
    return said

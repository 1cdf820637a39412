"""What the page of Kontooppsett shows: lines in sections, what stands in the fields, and the panels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey
from accounting.books.forms import Entered, Typed, shown_text, vat_choices
from accounting.books.queries import active_departments, last_change
from accounting.books.row_words import KINDS, rule_words, words_of
from accounting.books.setup_changes import Difference, Offer, in_force, subject
from accounting.books.setup_reading import SetupReading
from accounting.books.setup_rows import Row, SetupPage, proposals
from accounting.company.models import Department

ALL, MISSING, NEW, DEVIATING = "alle", "mangler", "nytt", "avvik"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what stands in its fields: what was typed, else what is saved."""

    index: int
    row: Row
    name: str
    detail: str
    field: Entered
    account_name: str
    inherited: bool

    @property
    def key(self) -> str:
        """The row's name in the form."""
        return str(self.row.key)

    @property
    def kind(self) -> Kind:
        """What the group is."""
        return self.field.kind or Kind.SALE

    @property
    def error(self) -> str:
        """What is wrong with what was typed."""
        return self.field.error or self.field.refused

    @property
    def follows(self) -> str:
        """The name of the row that counts where this has none; '' where that is the same row."""
        if self.row.follows is None or self.inherited:
            return ""
        return words_of(Row(self.row.follows[0]))[0]

    @property
    def follows_rule(self) -> str:
        """What the row that counts says."""
        return rule_words(self.row.follows[1]) if self.row.follows else ""

    @property
    def proposed(self) -> str:
        """The suggestion in words."""
        return rule_words(self.row.proposal).lower()

    @property
    def later(self) -> list[tuple[Rule, str]]:
        """Its rules from days to come."""
        return [(rule, rule_words(rule)) for rule in self.row.later]

    @property
    def lock(self) -> str:
        """The VAT code that the account is locked to, where the row says another."""
        locked = (i for i in self.row.issues if i.code == "account-vat-locked")
        return next((dict(issue.facts)["locked"] for issue in locked), "")


def line_of(index: int, row: Row, entered: Entered | None, chart: Chart) -> Line:
    """Give a row as the page shows it."""
    typed = entered or (Entered.of(row.rule) if row.rule else Entered.empty(row.key))
    account = chart.accounts.get(row.rule.account) if row.rule else None
    name, detail = words_of(row)
    inherited = row.follows is not None and row.follows[0] == row.key
    return Line(index, row, name, detail, typed, account.name if account else "", inherited)


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the page: what is used or set, and what the code lists have besides."""

    code: str
    heading: str
    lines: tuple[Line, ...]
    idle: tuple[Line, ...]


def screen(
    request: HttpRequest, reading: SetupReading, page: SetupPage, typed: Typed
) -> dict[str, object]:
    """Give what the template shows, without panels."""
    filtered = request.GET.get("vis", ALL)
    rows = [r for r in page.rows if r.opened or r.key in typed.rows or _wanted(r, filtered)]
    lines = [line_of(i, row, typed.rows.get(row.key), page.chart) for i, row in enumerate(rows)]
    wrong = [line for line in lines if line.error]
    return {
        **row_addresses(reading),
        **_departments(reading),
        "filtered": filtered,
        "page": page,
        "parts": list(_sections(lines)),
        "errors": wrong,
        "may_save_anyway": bool(wrong) and not typed.wrong,
        "since": request.POST.get("fra", ""),
        "since_error": typed.since_error,
        "vat_codes": vat_choices(page.chart),
        "kinds": {kind: str(name) for kind, name in KINDS.items()},
        "proposals": len(proposals(page.rows)),
        "shown": shown_text(typed.shown),
        "unsaved": len(typed.changes(reading.today)),
        "saved": request.GET.get("lagret", ""),
    }


def _departments(reading: SetupReading) -> dict[str, object]:
    """Give the department shown, those that can be, and those that can be copied from."""
    departments = list(active_departments(reading.company))
    return {
        "department": reading.department,
        "departments": departments,
        "sources": [each for each in departments if each != reading.department],
    }


def department_query(reading: SetupReading) -> dict[str, int]:
    """Give what the addresses of Kontooppsett say of the department: its number, for good."""
    return {"avdeling": reading.department.pk} if reading.department else {}


def row_addresses(reading: SetupReading) -> dict[str, object]:
    """Give where a row is checked and where its history stands, each as far as the row's own words."""
    named = department_query(reading)
    query = f"{urlencode(named)}&" if named else ""
    org_no = reading.company.org_no
    return {
        "check_url": f"{reverse('books:row_check', args=[org_no])}?{query}",
        "row_url": f"{reverse('books:setup_row', args=[org_no])}?{query}",
    }


def _wanted(row: Row, filtered: str) -> bool:
    """Say whether the filter shows a row; an unknown filter shows all."""
    shows = {MISSING: row.missing, NEW: row.new, DEVIATING: row.deviates}
    return shows.get(filtered, True)


def _sections(lines: list[Line]) -> Iterable[Section]:
    headings = {
        "sales": _("Salg"),
        "payment": _("Betaling"),
        "movement": _("Penger inn og ut"),
        "other": _("Annet"),
    }
    for code, heading in headings.items():
        here = [line for line in lines if line.row.section == code]
        idle = tuple(line for line in here if _out_of_the_way(line))
        if here:
            yield Section(code, heading, tuple(x for x in here if x not in idle), idle)


def _out_of_the_way(line: Line) -> bool:
    return line.row.idle and not (line.field.account or line.error)


def copy_panel(
    reading: SetupReading, source: Department, offered: Iterable[Offer]
) -> dict[str, object]:
    """Give the comparison with another department: what is new, changed and the same there."""
    lines = [
        (offer, _called(offer.key, reading), rule_words(offer.there), rule_words(offer.here))
        for offer in offered
    ]
    return {
        "source": source,
        "offers": [line for line in lines if line[0].does != "same"],
        "same": sum(line[0].does == "same" for line in lines),
    }


def difference_panel(reading: SetupReading, found: Iterable[Difference]) -> dict[str, object]:
    """Give who saved in between and what: rows to choose for, and rows that only they changed."""
    lines = [
        (each, _called(each.key, reading)[0], rule_words(each.theirs), rule_words(each.mine))
        for each in found
    ]
    name = reading.department.name if reading.department else ""
    return {
        "overtaken": True,
        "clashes": [line for line in lines if line[0].clash],
        "theirs": [line for line in lines if not line[0].clash],
        "change": last_change(reading.company, [subject(name, x[0].key) for x in lines]),
    }


def _called(key: RuleKey, reading: SetupReading) -> tuple[str, str]:
    """Give the row's name and codes as its line on the page has them: by what the till calls it."""
    return words_of(Row(key, reading.used.get(key)))


def here_in_force(reading: SetupReading, typed: Typed) -> Mapping[RuleKey, Rule]:
    """Give the department's own rules as they stand in the form."""
    setup = reading.setup(typed.changes(reading.today))
    return in_force(setup.own if reading.department else setup.default, reading.today)

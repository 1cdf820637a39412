"""Reads what Kontooppsett stands on, and makes its rows: as saved, or as they would be once saved."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from accounting.books.domain.checks import chart_issues
from accounting.books.domain.codes import NO_VAT
from accounting.books.domain.issues import Issue
from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey, Rules, Setup
from accounting.books.queries import chart_of, rules_of
from accounting.books.setup_changes import Changes, ordered, rule_on, with_changes
from accounting.books.setup_rows import Row, SetupPage, in_order
from accounting.books.setup_usage import Usage, Used, latest_usage, used_of
from accounting.books.suggestions import CODE_LISTS, GIFT_CARDS, SUGGESTED
from accounting.company.models import Company, Department

_Counting = tuple[RuleKey, Rule] | None
_SUGGESTIONS: Rules = {key: (rule,) for key, rule in SUGGESTED.items()}


class SetupReading:
    """What Kontooppsett of one department, or the default for None, stands on; each table read once."""

    def __init__(self, company: Company, department: Department | None, today: date) -> None:
        self.company, self.department, self.today = company, department, today

    @cached_property
    def chart(self) -> Chart:
        """The fetched chart."""
        return chart_of(self.company)

    @cached_property
    def rules(self) -> Mapping[int | None, Rules]:
        """Every saved rule, by department."""
        return rules_of(self.company)

    @cached_property
    def usage(self) -> Usage:
        """What the tills have rung up, by department."""
        return latest_usage(self.company, self.department)

    @cached_property
    def used(self) -> Mapping[RuleKey, Used]:
        """What the tills have rung up that belongs here, by row."""
        return used_of(self.usage, self.department, self.rules, self.today)

    @property
    def saved(self) -> Rules:
        """The row set as it is kept."""
        return self.rules.get(self.department.pk if self.department else None, {})

    @property
    def bare(self) -> Setup:
        """The chart and the department without any rules: enough to hold a rule against the chart."""
        return Setup(department_code=self._code, chart=self.chart)

    @property
    def _code(self) -> str:
        # The default has no department of its own: whether one is linked shows on each of them.
        return self.department.remote_code if self.department else "-"

    def setup(self, changes: Changes) -> Setup:
        """Give the setup as it would be with these changes saved."""
        here = with_changes(self.saved, changes)
        return Setup(
            version=self.company.setup_version,
            department=self.department.name if self.department else "",
            department_code=self._code,
            own=here if self.department else {},
            default=self.rules.get(None, {}) if self.department else here,
            chart=self.chart,
        )

    def of(self, department: Department) -> "SetupReading":
        """Give the same reading for one of the company's departments, without asking anew."""
        beside = SetupReading(self.company, department, self.today)
        beside.chart, beside.rules, beside.usage = self.chart, self.rules, self.usage
        return beside

    def row(self, key: RuleKey, changes: Changes) -> Row:
        """Give one row as it would stand with these changes."""
        return self._row(key, self.setup(changes))

    def page(
        self,
        opened: RuleKey | None = None,
        also: Collection[RuleKey] = (),
        changes: Changes | None = None,
    ) -> SetupPage:
        """Give every row, as it would stand with these changes.

        `opened` is the row that a link names, `also` rows that were shown when a person began to type.
        """
        setup = self.setup(changes or {})
        named = [opened] if opened else []
        kept = (*setup.own, *setup.default, *self.saved)
        keys = {*self.used, *SUGGESTED, *CODE_LISTS, *kept, *named, *also}
        rows = [replace(self._row(key, setup), opened=key == opened) for key in keys]
        return SetupPage(tuple(sorted(rows, key=in_order)), setup.chart, self.saved)

    def _row(self, key: RuleKey, setup: Setup) -> Row:
        used = self.used.get(key)
        dated = (setup.own if self.department else setup.default).get(key, ())
        rule = rule_on(dated, self.today)
        asked = used or Used(key)
        counts = (key, rule) if rule else _followed(asked, setup, self.today)
        return Row(
            key=key,
            used=used,
            rule=rule,
            later=tuple(each for each in ordered(dated) if each.valid_from > self.today),
            dated=len(dated) > 1,
            follows=None if rule else counts,
            standard=self._standard(key),
            proposal=_proposal(asked, counts, setup, self.today),
            issues=refusals(*counts, asked, setup, self.today) if counts and (rule or used) else (),
            wanted=used is not None or (not self.usage and key in SUGGESTED),
        )

    def _standard(self, key: RuleKey) -> Rule | None:
        if self.department is None:
            return SUGGESTED.get(key)
        wanted = self.used[key].wanted if key in self.used else key
        found = Setup(default=self.rules.get(None, {})).find(wanted, self.today)
        return found[1] if found else None


def _followed(asked: Used, setup: Setup, today: date) -> _Counting:
    """Give the row that counts where there is none of its own: as the rules of booking find it."""
    found = setup.find(asked.wanted, today)
    return found if found and (asked.explained or found[0].own) else None


def refusals(key: RuleKey, rule: Rule, asked: Used, setup: Setup, today: date) -> tuple[Issue, ...]:
    """Give what the chart has against the rule that counts for what was rung up."""
    own_vat_code = asked.wanted.vat_code if rule.kind is Kind.SALE else ""
    vat_code = rule.vat_code or own_vat_code or NO_VAT
    return tuple(chart_issues(key, rule.account, vat_code, today, setup))


def _proposal(asked: Used, counts: _Counting, setup: Setup, today: date) -> Rule | None:
    """Suggest a rule that the chart takes: where there is none, and for gift cards taken for sales."""
    rule = None
    if asked.seems_gift_card and not (counts and counts[0].own):
        rule = Rule(GIFT_CARDS, NO_VAT, kind=Kind.GIFT_CARD)
    elif counts is None:
        found = Setup(default=_SUGGESTIONS).find(asked.wanted, today)
        rule = found[1] if found else None
    if rule and not refusals(asked.row, rule, asked, setup, today):
        return rule
    return None

"""The status page: what a person must do, what we are finding out, and what we try again ourselves."""

from dataclasses import dataclass

from accounting.books.domain.issues import Issue, Page
from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.pages.stops import NO_ACCOUNT
from integrations.exports.queries import Cause, causes, incomplete_z_reports, uncertain_of
from integrations.exports.states import State

# Most issues begin with «Oppgjøret er ikke sendt», which the list itself says; these say more there.
_EFFECT_SAYS_WHAT = frozenset({"outcome-undecided", "changed-after-export", "draft-found-twice"})


@dataclass(frozen=True, slots=True)
class Task:
    """One cause as one row. `elsewhere` says that its link leads to another page than the settlement.

    `there` is the settlement to look at otherwise, and its page has an anchor by the issue's code.
    """

    issue: Issue
    exports: tuple[Export, ...]
    elsewhere: bool
    there: int
    more: int

    @property
    def effect_says_what(self) -> bool:
        """Say whether the issue's first sentence is the one to lead with."""
        return self.issue.code in _EFFECT_SAYS_WHAT


@dataclass(frozen=True, slots=True)
class Todo:
    """Everything on the status page, in its order."""

    tasks: tuple[Task, ...]
    incomplete: tuple[tuple[str, str], ...]
    uncertain: tuple[Export, ...]
    retried: tuple[Export, ...]

    @property
    def unknown(self) -> int:
        """Count what Kontooppsett has no account for: with several, one page asks for them all."""
        return sum(task.issue.code in NO_ACCOUNT for task in self.tasks)

    @property
    def nothing(self) -> bool:
        """Say whether nothing at all is to be told."""
        return not (self.tasks or self.incomplete or self.uncertain or self.retried)

    @property
    def yours(self) -> int:
        """Count the rows that wait for a person."""
        return len(self.tasks) + len(self.incomplete)


def todo(company: Company) -> Todo:
    """Read the status page of a company."""
    retried = Export.objects.filter(company=company, state=State.READY, tries__gt=0)
    related = retried.select_related("settlement__register__department")
    return Todo(
        tasks=tuple(map(_task, causes(company))),
        incomplete=tuple(incomplete_z_reports(company)),
        uncertain=tuple(uncertain_of(company)),
        retried=tuple(related.order_by("not_before", "pk")),
    )


def _task(cause: Cause) -> Task:
    fix = cause.issue.fix
    around = fix is None or fix.page in {Page.STATUS, Page.SETTLEMENT}
    named = dict(fix.params).get("settlement") if fix else None
    there = int(named) if named else cause.exports[0].settlement_id
    return Task(cause.issue, cause.exports, not around, there, cause.more)

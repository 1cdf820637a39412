"""What the till has changed since it was sent, as it is shown before anybody approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounting.books.domain.correction import Change
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal
from accounting.books.queries import chart_of
from accounting.company.models import Company
from integrations.exports import parts
from integrations.exports.correcting import Proposal, proposal
from integrations.exports.models import Export


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One line that differs, with its account's name in the chart, '' where it is not there."""

    name: str
    change: Change


@dataclass(frozen=True, slots=True)
class Changed:
    """A proposed correction. `approvable` says that it may be sent; else a draft is asked back first.

    `first` is the part that it corrects. `dated` is the first voucher's date where the new one is
    another, else None: a date is not corrected with money.
    """

    proposal: Proposal
    lines: tuple[ShownChange, ...]
    first: Export
    dated: date | None
    approvable: bool


def changed(
    company: Company, every: Sequence[Export], built: Journal | tuple[Issue, ...]
) -> Changed | None:
    """Put the proposal of a document's parts together; None where nothing differs or can be built."""
    there = parts.stands(every)
    if not there or not isinstance(built, Journal):
        return None
    found = proposal(built, there, company.setup_version)
    if found is None:
        return None
    accounts = chart_of(company).accounts
    names = {change.account: accounts.get(change.account) for change in found.changes}
    lines = tuple(
        ShownChange(known.name if known else "", change)
        for change in found.changes
        for known in [names[change.account]]
    )
    (before, *_) = parts.journals_of(there)
    dated = before.voucher_date if before.voucher_date != built.voucher_date else None
    return Changed(found, lines, there[0], dated, parts.may_be_corrected(there))

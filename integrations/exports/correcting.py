"""What the till has changed after it was sent: shown to a person, and corrected once they approve it.

The proposal is computed anew each time it is looked at; what is approved is exactly what was shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from accounting import clock
from accounting.books.domain import stored
from accounting.books.domain.correction import Change, changes, correction, total
from accounting.books.domain.journal import Journal
from accounting.books.domain.money import Ore, to_kroner
from accounting.books.records import keep_journals
from accounting.company import audit
from accounting.company.models import Company
from integrations.exports import parts
from integrations.exports.builder import Builder
from integrations.exports.models import Export
from integrations.exports.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Proposal:
    """The difference to approve: its journal, and what differs with each sum before and after, in øre.

    `key` names exactly this difference. `moved` says that Kontooppsett has changed since, so that
    amounts move between accounts though the till says nothing of them.
    """

    journal: Journal
    changes: tuple[Change, ...]
    before: Ore
    after: Ore
    key: str
    moved: bool

    @property
    def difference(self) -> Ore:
        """Give how much more the whole day is now, in øre."""
        return Ore(self.after - self.before)


def proposal(new: Journal, there: Sequence[Export], setup_version: int) -> Proposal | None:
    """Give what would be sent to make the parts over there (in order) say what `new` does."""
    sent = parts.journals_of(there)
    journal = correction(new, sent, parts.name_of(there[0])) if there else None
    if journal is None:
        return None
    return Proposal(
        journal=journal,
        changes=changes(new, sent),
        before=total(sent),
        after=new.debit,
        key=stored.digest(stored.journal_text(journal)),
        moved=any(part.setup_version != setup_version for part in there),
    )


def approve(export: Export, key: str, actor: "AbstractBaseUser") -> bool:
    """Have a correction sent that a person has looked at; `key` is that of what they saw.

    False, and nothing happens, when it is another by now, or a draft can still be asked back.
    """
    with transaction.atomic():
        document = parts.locked(export)
        there = parts.stands(document)
        same = next(part for part in document if part.pk == export.pk)
        if not (same.awaits_approval and same.settlement.current):
            return False
        company = Company.objects.get(pk=same.company_id)
        built = Builder(company, same.provider, clock.now()).built(same.settlement)
        known = isinstance(built, Journal) and proposal(built, there, company.setup_version)
        if not known or known.key != key or not parts.may_be_corrected(there):
            return False
        _make_ready(same, known, company, actor)
    return True


def _make_ready(
    export: Export, approved: Proposal, company: Company, actor: "AbstractBaseUser"
) -> None:
    now = clock.now()
    kept = keep_journals([(export.settlement, approved.journal)], company.setup_version, now)
    Export.objects.filter(pk=export.pk).update(
        state=State.READY,
        snapshot=kept[0],
        setup_version=company.setup_version,
        debit=approved.journal.debit,
        vat=approved.journal.vat,
        issues=[],
        changed_at=now,
    )
    audit.note(
        company,
        "export-corrected",
        export.document[:200],
        actor=actor,
        before={"sum": to_kroner(approved.before)},
        after={"sum": to_kroner(approved.after), "corrects": approved.journal.corrects},
    )

"""Counts what lies in the sandbox's ledger against what the till delivered; believes neither's word."""

import json
import re
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import date

from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import from_kroner, to_kroner
from accounting.books.queries import SetupReader, settlements_from
from accounting.company.models import Company

_MARK = re.compile(r"\[([A-Z2-7]{8})\]\s*$")


@dataclass(frozen=True, slots=True)
class Tally:
    """Settlements and their debit sums here, drafts and vouchers and theirs over there (øre).

    A settlement that is stopped counts, and is lost: it is not over there.
    """

    settlements: int
    drafts: int
    settled: int
    drafted: int
    lost: int
    duplicated: int

    @property
    def agrees(self) -> bool:
        """Say whether every settlement lies over there once, with the same sum."""
        same = self.settlements == self.drafts and self.settled == self.drafted
        return same and not self.lost and not self.duplicated

    def as_json(self) -> dict[str, object]:
        """Give the last line of `run --once --json`."""
        return {
            "settlements": self.settlements,
            "drafts": self.drafts,
            "settled": to_kroner(self.settled),
            "drafted": to_kroner(self.drafted),
            "lost": self.lost,
            "duplicated": self.duplicated,
        }


def tally(company: Company, start: date, sandbox_url: str) -> Tally:
    """Compare the settlements from `start` on with the sandbox's drafts and vouchers."""
    journals = _journals(company, start)
    there = _drafts(sandbox_url)
    marks = Counter(_mark(draft) for draft in there)
    rows = company.exports.filter(part=0).values_list(
        "settlement__register", "settlement__z_number", "mark"
    )
    sent = {(register, number): mark for register, number, mark in rows}
    expected = [sent.get(z, "") for z in journals]
    return Tally(
        settlements=len(journals),
        drafts=len(there),
        settled=sum(journal.debit for journal in journals.values() if journal),
        drafted=sum(from_kroner(str(draft["debit"])) for draft in there),
        lost=sum(mark not in marks for mark in expected),
        duplicated=sum(count - 1 for count in marks.values()),
    )


def _journals(company: Company, start: date) -> dict[tuple[int, str], Journal | None]:
    """Build every settlement's journal anew, by register and Z number; None for one that is stopped.

    One whose sums cancel out has no lines, and there is nothing to send.
    """
    company.refresh_from_db()
    setup = SetupReader(company)
    built: dict[tuple[int, str], Journal | None] = {}
    for settlement in settlements_from(company, start).select_related("register"):
        journal = build_journal(settlement.as_day(), setup.for_register(settlement.register))
        z = (settlement.register_id, settlement.z_number)
        if not isinstance(journal, Journal):
            built[z] = None
        elif journal.lines:
            built[z] = journal
    return built


def _drafts(sandbox_url: str) -> list[dict[str, object]]:
    with urllib.request.urlopen(f"{sandbox_url}/_control/state", timeout=30) as answer:  # noqa: S310
        state = json.load(answer)
    return [*state["drafts"], *state["vouchers"]]


def _mark(draft: dict[str, object]) -> str:
    found = _MARK.search(str(draft["description"]))
    return found.group(1) if found else str(draft["id"])

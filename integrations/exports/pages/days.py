"""What came on which day in which department: the ground of the calendar and the overview's chart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from accounting.company.models import Company
from integrations.exports.pages.standing import with_standing


@dataclass(frozen=True, slots=True)
class Unit:
    """A department, or what of the company has none: then `department` is None and `name` ''."""

    department: int | None
    name: str
    last: date

    @property
    def key(self) -> str:
        """Name it in an address: the department's number, '' for none."""
        return str(self.department or "")


@dataclass(frozen=True, slots=True)
class Settled:
    """One settlement of a day: where it stands, and its turnover in øre."""

    pk: int
    department: int | None
    day: date
    standing: str
    gross: int
    z_number: str


def settled(company: Company, first: date, last: date) -> tuple[Settled, ...]:
    """Give the company's current settlements of these days, the first closed first."""
    rows = with_standing(company).filter(business_date__range=(first, last))
    values = rows.order_by("business_date", "closed_at", "pk").values_list(
        "pk", "register__department", "business_date", "standing", "gross", "z_number"
    )
    return tuple(Settled(*row) for row in values)


def units(company: Company, seen: Collection[int | None], until: date) -> tuple[Unit, ...]:
    """Give the departments in use by name, and the archived ones that were `seen`.

    What has no department stands last, where it was seen or nothing else is there. `until` is the last
    day that is asked about: a department that is archived is not waited for any longer.
    """
    found = []
    for pk, name, archived_at in company.departments.order_by("name").values_list(
        "pk", "name", "archived_at"
    ):
        if archived_at is None or pk in seen:
            last = min(until, archived_at.date()) if archived_at else until
            found.append(Unit(pk, name, last))
    if None in seen or not found:
        found.append(Unit(None, "", until))
    return tuple(found)

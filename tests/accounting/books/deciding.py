"""What is decided about in these tests, and how it is read afterwards."""

from accounting.books.domain.codes import Role
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Receipt
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.company.models import Company
from tests.build import a_receipt, deliver

REASON = "Kassen ble byttet midt på dagen."


def sold(nr: int, gross: str = "100.00", **paid: str) -> Receipt:
    """One sale, by card unless told otherwise."""
    return a_receipt({"31": gross}, paid or {"card": gross}, nr=nr)


def with_a_gap(company: Company, *numbers: int) -> Settlement:
    """A day whose numbers have holes; the Z agrees with what is here."""
    return deliver(company, [sold(nr) for nr in numbers], z_number="1")


def latest(settlement: Settlement) -> Settlement:
    """The revision of the same Z that counts now."""
    return Settlement.objects.get(
        register=settlement.register, z_number=settlement.z_number, current=True
    )


def journal_of(settlement: Settlement) -> Journal:
    """The journal as it would be built now; it must not be stopped."""
    company = Company.objects.get(pk=settlement.company_id)
    built = build_journal(
        settlement.as_day(), SetupReader(company).for_register(settlement.register)
    )
    assert isinstance(built, Journal), built
    return built


def entries(settlement: Settlement) -> dict[tuple[Role, str], Ore]:
    """What the journal books, by role and text."""
    return {(line.role, line.text): line.amount for line in journal_of(settlement).lines}

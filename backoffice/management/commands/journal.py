"""`journal --company ORGNR --register ID --z N [--json]`: the journal as it would be sent."""

from typing import Any

from django.core.management.base import CommandParser

from accounting.books.domain.issues import Issue, sentence
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import to_kroner
from accounting.books.queries import SetupReader, settlement_of
from accounting.company.models import Company
from accounting.company.queries import register_named
from backoffice.management.company_command import CompanyCommand, issue_document


class Command(CompanyCommand):
    """Show one settlement as a journal."""

    help = "Show the journal of one Z report as it would be sent, or what stands in its way."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company, the till and the Z number."""
        super().add_arguments(parser)
        parser.add_argument("--register", required=True, metavar="ID", help="or LOCATION/ID")
        parser.add_argument("--z", required=True, metavar="N")
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Build, and show either the lines or every issue."""
        company = self.company(options)
        register = register_named(company, options["register"])
        settlement = settlement_of(company, register, options["z"])
        if settlement is None:
            self.refuse(f"Kasse {register.till_id} har ikke noe oppgjør med Z {options['z']}.")
        built = build_journal(settlement.as_day(), SetupReader(company).for_register(register))
        if isinstance(built, Journal):
            self._show(built, as_json=options["json"])
        else:
            self._stop(built, company, as_json=options["json"])

    def _show(self, journal: Journal, *, as_json: bool) -> None:
        if as_json:
            self.write_json(journal_document(journal))
            return
        self.stdout.write(
            f"Kasse {journal.register}, Z {journal.z_number}, {journal.voucher_date:%d.%m.%Y}"
        )
        for line in journal.lines:
            debit, credit = (to_kroner(abs(line.amount)), "")[:: 1 if line.amount > 0 else -1]
            self.stdout.write(
                f"  {line.account:<8}{line.vat_code:>4}  {debit:>14}{credit:>14}  {line.text}"
            )
        total = to_kroner(journal.debit)
        self.stdout.write(f"  {'Sum':<14}{total:>14}{total:>14}")

    def _stop(self, issues: tuple[Issue, ...], company: Company, *, as_json: bool) -> None:
        if as_json:
            self.write_json({"issues": [issue_document(issue, company) for issue in issues]})
        self.refuse("\n".join(sentence(issue) for issue in issues))


def journal_document(journal: Journal) -> dict[str, object]:
    """Give a journal as `--json` shows it (DESIGN.md 6)."""
    return {
        "register": journal.register,
        "z_number": journal.z_number,
        "voucher_date": journal.voucher_date.isoformat(),
        "debit": to_kroner(journal.debit),
        "credit": to_kroner(-sum(line.amount for line in journal.lines if line.amount < 0)),
        "balanced": sum(line.amount for line in journal.lines) == 0,
        "lines": [
            {
                "account": line.account,
                "role": line.role,
                "vat_code": line.vat_code,
                "department": line.department,
                "side": line.side,
                "amount": to_kroner(abs(line.amount)),
                "text": line.text,
            }
            for line in journal.lines
        ],
    }

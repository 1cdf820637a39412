"""One till's life: numbers, signs and writes its receipts, events and Z reports, day by day."""

import base64
import hmac
from dataclasses import dataclass, field, replace
from datetime import date

from integrations.pos.generator import codebook, oracle
from integrations.pos.generator.codebook import EMPLOYEES, Code
from integrations.pos.generator.day import HOUR, PRINTED_AFTER, Opening, opening
from integrations.pos.generator.defects import Injections, Writer
from integrations.pos.generator.kinds import Desk, draw
from integrations.pos.generator.markup import (
    Form,
    Stamp,
    event,
    kroner,
    signed_amounts,
    transaction,
)
from integrations.pos.generator.plan import Plan
from integrations.pos.generator.receipt import Receipt
from integrations.pos.generator.sums import Window, moment
from integrations.pos.generator.zreport import GrandTotals, Heading, report

SIGNING_KEY = b"SkatteetatenSign"


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where a till writes: events to the file, receipts aside, answers to the oracle if any."""

    events: Writer
    transactions: Writer
    oracle: oracle.Document | None
    injections: Injections


@dataclass(slots=True)
class Till:
    """A register. ``name`` is the oracle's, ``prefix`` makes its ids unique in the file."""

    plan: Plan
    name: str
    register: str
    prefix: str
    desk: Desk
    out: Outlets
    nr: int = 0
    event_no: int = 0
    z_number: int = 0
    signature: str = "0"
    employee: str = EMPLOYEES[0].own
    window: Window = field(default_factory=Window)
    totals: GrandTotals = field(default_factory=GrandTotals)
    form: Form = field(init=False)

    def __post_init__(self) -> None:
        """The dialect of the plan: what ``D`` does to the sign."""
        self.form = Form(under_d=-1 if self.plan.dialect == "absolute" else 1)

    def work(self) -> None:
        """Every day of the plan; what follows the last Z is told to the oracle as open."""
        random, first = self.desk.random, self.plan.start.toordinal()
        for ordinal in range(first, first + self.plan.days):
            day = date.fromordinal(ordinal)
            hours = opening(day, self.plan.receipts, self.plan.profile, random)
            if hours is not None:
                self._day(hours)
        if self.out.oracle is not None and self.window.transactions:
            left = {"register": self.name, "transactions": self.window.transactions}
            self.out.oracle["open"].append(left)

    def _day(self, hours: Opening) -> None:
        random, day = self.desk.random, hours.day
        morning = (hours.times[0] if hours.times else 10 * HOUR) - 600
        # One day in twenty somebody looks at the figures in mid-day.
        x_before = 1 + int(random.random() * 20 * len(hours.times))
        self._event(codebook.TILL_ON, day, morning)
        self._change_of_guard(day, morning)
        for index, second in enumerate(hours.times):
            if index == hours.z_before:
                self._close(day, hours.times[index - 1] + PRINTED_AFTER)
            if index == x_before:
                self._x_report(day, hours.times[index - 1] + PRINTED_AFTER)
            self._receipt(draw(self.desk), day, second)
            self._beside_sales(day, second + PRINTED_AFTER, len(hours.times))
        self._close(day, hours.z_at)
        self._event(codebook.TILL_OFF, day, hours.z_at + 60)

    def _change_of_guard(self, day: date, second: int) -> None:
        self._event(codebook.LOG_OUT, day, second)
        self.employee = EMPLOYEES[int(self.desk.random.random() * len(EMPLOYEES))].own
        self._event(codebook.LOG_IN, day, second)

    def _receipt(self, drawn: Receipt, day: date, second: int) -> None:
        """Number, sign and write one receipt and the events that belong to it."""
        receipt = self.out.injections.strike("receipt", replace(drawn, nr=self.nr + 1))
        self.nr = receipt.nr
        copies = 1 if self.desk.random.random() < 0.03 else 0
        trans_id = f"{self.prefix}-{receipt.nr}"
        stamp = replace(self._stamp(day, second, trans_id), nr=str(receipt.nr), copies=copies)
        self._sign(receipt, stamp)
        words = transaction(receipt, stamp, self.signature, self.form)
        words = self.out.injections.strike("transaction", words)
        self.out.transactions.write(words.encode())
        self.window.add(receipt, day, second)
        printed = second + PRINTED_AFTER
        self._event(_printed_as(receipt), day, printed, trans_id)
        if any(payment.type is codebook.CASH for payment in receipt.payments):
            self._event(codebook.DRAWER, day, printed, trans_id)
        if copies:
            self._event(codebook.COPY, day, printed, trans_id)
            self.window.copies.add(receipt.gross)

    def _beside_sales(self, day: date, second: int, receipts: int) -> None:
        """A drawer opened without a sale twice a day, a price asked for once."""
        dice = self.desk.random.random() * receipts
        if dice < 2:
            self.window.drawer_alone += 1
            self._event(codebook.DRAWER_ALONE, day, second)
        elif dice < 3:
            article = self.desk.shelf[int(self.desk.random.random() * len(self.desk.shelf))]
            self.window.inquiries[article.group.own].add(article.price)
            said = f"artID {article.own}; lineAmntIn {kroner(article.price)}"
            self._write(event(*self._next_event(codebook.PRICE_INQUIRY, day, second), said))

    def _close(self, day: date, second: int) -> None:
        """Write Z and start anew; a Z that a defect keeps away leaves the window open."""
        self.z_number += 1
        totals = self.totals.with_window(self.window)
        number, kind, stamp = self._next_event(codebook.Z_REPORT, day, second)
        heading = Heading(self.plan, self.register, str(self.z_number), "Z report", stamp)
        body = report(heading, self.window, totals, self.form)
        words = event(number, kind, stamp, "Z-rapport", body)
        words = self.out.injections.strike("z_report", words)
        if not words:
            return
        self._write(words)
        if self.out.oracle is not None:
            row = oracle.settlement(self.name, self.z_number, self.window, moment(day, second))
            self.out.oracle["settlements"].append(row)
        self.totals, self.window = totals, Window()

    def _x_report(self, day: date, second: int) -> None:
        """A look at the figures in mid-day: closes nothing."""
        number, kind, stamp = self._next_event(codebook.X_REPORT, day, second)
        heading = Heading(self.plan, self.register, "0", "X report", stamp)
        totals = self.totals.with_window(self.window)
        body = report(heading, self.window, totals, self.form)
        self._write(event(number, kind, stamp, "X-rapport", body))

    def _sign(self, receipt: Receipt, stamp: Stamp) -> None:
        """The chain over everything written as a receipt (saft.md 1.10)."""
        _, amount_in, amount_ex = signed_amounts(receipt, self.form)
        self.signature = sign(
            f"{self.signature};{stamp.date};{stamp.time};{stamp.nr};{amount_in};{amount_ex}"
        )

    def _event(self, kind: Code, day: date, second: int, trans_id: str = "") -> None:
        self._write(event(*self._next_event(kind, day, second, trans_id)))

    def _next_event(
        self, kind: Code, day: date, second: int, trans_id: str = ""
    ) -> tuple[str, Code, Stamp]:
        self.event_no += 1
        return f"{self.prefix}-{self.event_no}", kind, self._stamp(day, second, trans_id)

    def _stamp(self, day: date, second: int, trans_id: str) -> Stamp:
        days, rest = divmod(second, 24 * HOUR)
        when = date.fromordinal(day.toordinal() + days).isoformat()
        clock = f"{rest // HOUR:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
        return Stamp("", trans_id, self.employee, when, clock, 0)

    def _write(self, words: str) -> None:
        self.out.events.write(words.encode())


def sign(chained: str) -> str:
    """HMAC-SHA1 in Base64, the method the technical description allows (saft.md 1.10)."""
    return base64.b64encode(hmac.digest(SIGNING_KEY, chained.encode(), "sha1")).decode()


def _printed_as(receipt: Receipt) -> Code:
    if receipt.training:
        return codebook.TRAINING_RECEIPT
    if receipt.void:
        return codebook.VOID_RECEIPT
    return codebook.RETURN_RECEIPT if receipt.gross < 0 else codebook.SALES_RECEIPT

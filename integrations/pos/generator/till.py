"""One till's life: numbers, signs and writes its receipts, events and Z reports, day by day."""

import base64
import hmac
from dataclasses import dataclass, field, replace
from datetime import date

from integrations.pos.generator import cash, codebook, oracle
from integrations.pos.generator.cash import Drawer
from integrations.pos.generator.catalogue import shelf
from integrations.pos.generator.codebook import EMPLOYEES, Code
from integrations.pos.generator.day import HOUR, PRINTED_AFTER, Opening, moment, opening
from integrations.pos.generator.defects import Injections
from integrations.pos.generator.desk import Desk, pick
from integrations.pos.generator.markup import (
    Form,
    Stamp,
    event,
    kroner,
    signed_amounts,
    transaction,
)
from integrations.pos.generator.mix import draw
from integrations.pos.generator.plan import Plan
from integrations.pos.generator.receipt import MOVEMENTS, Receipt
from integrations.pos.generator.sums import Window
from integrations.pos.generator.tips import in_habit
from integrations.pos.generator.wrapping import Writer
from integrations.pos.generator.zreport import GrandTotals, Heading, report

SIGNING_KEY = b"SkatteetatenSign"
# One day in a hundred nobody writes Z: the next one is of two days.
FORGOTTEN = 0.01


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where a till writes: events to the file, receipts aside, answers to the oracle if any."""

    events: Writer
    transactions: Writer
    oracle: oracle.Document | None
    injections: Injections


@dataclass(slots=True)
class Till:
    """A register. ``name`` is the oracle's, ``prefix`` makes its ids unique in the file.

    ``at`` is the day of the plan that comes next; ``out`` is where the present file is written.
    """

    plan: Plan
    name: str
    register: str
    prefix: str
    desk: Desk
    at: int
    nr: int = 0
    event_no: int = 0
    z_number: int = 0
    signature: str = "0"
    employee: str = EMPLOYEES[0].own
    window: Window = field(default_factory=Window)
    totals: GrandTotals = field(default_factory=GrandTotals)
    drawer: Drawer = field(default_factory=Drawer)
    float_told: bool = False
    out: Outlets = field(init=False)
    form: Form = field(init=False)

    def __post_init__(self) -> None:
        """The habits of the plan."""
        self.form = Form(
            under_d=-1 if self.plan.dialect == "absolute" else 1,
            tip_inside=self.plan.tips == "inside",
            euro_in_kroner=self.plan.currency == "nok",
        )

    def work(self, out: Outlets, until: int, end: int) -> None:
        """Every day before ``until``, and on to the next Z, but no further than ``end``."""
        self.out = out
        random, plan = self.desk.random, self.plan
        while self.at < min(until, end) or (self.window.transactions and self.at < end):
            day = date.fromordinal(plan.start.toordinal() + self.at)
            hours = opening(day, plan.receipts, plan.profile, random, wide=plan.wide)
            self.at += 1
            if hours is not None:
                self._day(hours)

    def _day(self, hours: Opening) -> None:
        random, day = self.desk.random, hours.day
        morning = (hours.times[0] if hours.times else 10 * HOUR) - 600
        # One day in twenty somebody looks at the figures in mid-day.
        x_before = 1 + int(random.random() * 20 * len(hours.times))
        self._event(codebook.TILL_ON, day, morning)
        self._change_of_guard(day, morning)
        if self.plan.wide and not self.float_told:
            self.float_told = True
            self._move(cash.morning(self.drawer, random), day, morning + 60)
        for index, second in enumerate(hours.times):
            if index == hours.z_before:
                self._close(day, hours.times[index - 1] + PRINTED_AFTER)
            if index == x_before:
                self._x_report(day, hours.times[index - 1] + PRINTED_AFTER)
            self._draw(day, second)
            self._beside_sales(day, second + PRINTED_AFTER, len(hours.times))
        if not (self.plan.wide and random.random() < FORGOTTEN):
            self._end_of_day(day, hours.z_at)
        self._event(codebook.TILL_OFF, day, hours.z_at + 60)

    def _end_of_day(self, day: date, z_at: int) -> None:
        """The drawer is counted and emptied, and Z is written."""
        if self.plan.wide:
            self.float_told = False
            self._move(cash.evening(self.drawer, self.desk.random), day, z_at - 300)
        self._close(day, z_at)

    def _move(self, moves: list[Receipt], day: date, second: int) -> None:
        """Money in or out of the drawer, a minute between."""
        for index, receipt in enumerate(moves):
            self._receipt(receipt, day, second + 60 * index)

    def _draw(self, day: date, second: int) -> None:
        """The next receipt. Code 33 changes its rate at midnight, whatever the business day."""
        plan = self.plan
        if plan.wide:
            on = day if second < 24 * HOUR else date.fromordinal(day.toordinal() + 1)
            goods = shelf(plan.profile, on, dated=True)
            if goods is not self.desk.shelf:
                self.desk = replace(self.desk, shelf=goods)
        receipt = draw(self.desk, plan.kinds)
        self._receipt(in_habit(receipt, plan.tips) if receipt.tip else receipt, day, second)

    def _change_of_guard(self, day: date, second: int) -> None:
        self._event(codebook.LOG_OUT, day, second)
        self.employee = EMPLOYEES[int(self.desk.random.random() * len(EMPLOYEES))].own
        self._event(codebook.LOG_IN, day, second)

    def _receipt(self, drawn: Receipt, day: date, second: int) -> None:
        """Number, sign and write one receipt and the events that belong to it."""
        receipt = self.out.injections.strike("receipt", drawn)
        self.nr = self.out.injections.strike("number", self.nr + 1)
        copies = 1 if self.desk.random.random() < 0.03 else 0
        trans_id = f"{self.prefix}-{self.nr}"
        stamp = self._stamp(day, second, trans_id, str(self.nr), copies)
        self._sign(receipt, stamp)
        for copy in self.out.injections.strike("copies", (receipt,)):
            words = transaction(copy, stamp, self.signature, self.form)
            words = self.out.injections.strike("transaction", words)
            self.out.transactions.write(words.encode())
        self._count(receipt, day, second)
        self._printed(receipt, day, second, stamp)

    def _count(self, receipt: Receipt, day: date, second: int) -> None:
        """Into the sums, the drawer and the answer."""
        self.window.add(receipt, day, second)
        self.drawer.take(receipt)
        if receipt.nature == "credit" and receipt.happened and self.out.oracle is not None:
            self.out.oracle["credit_sales"].append(oracle.credit_sale(self.name, self.nr, receipt))

    def _printed(self, receipt: Receipt, day: date, second: int, stamp: Stamp) -> None:
        """The events of one receipt; moved money opens the drawer at once and prints no receipt."""
        moved = receipt.nature in MOVEMENTS
        printed = second if moved else second + PRINTED_AFTER
        kind = None if moved else _printed_as(receipt)
        if kind:
            self._event(kind, day, printed, stamp.trans_id)
        if any(payment.type in DRAWER_OPENS for payment in receipt.payments):
            self._event(codebook.DRAWER, day, printed, stamp.trans_id)
        if kind and stamp.copies:
            self._event(codebook.COPY, day, printed, stamp.trans_id)
            self.window.copies.add(receipt.gross)

    def _beside_sales(self, day: date, second: int, receipts: int) -> None:
        """A drawer opened without a sale twice a day, a price asked for once."""
        dice = self.desk.random.random() * receipts
        if dice < 2:
            self.window.drawer_alone += 1
            self._event(codebook.DRAWER_ALONE, day, second)
        elif dice < 3:
            article = pick(self.desk)
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

    def _stamp(self, day: date, second: int, trans_id: str, nr: str = "", copies: int = 0) -> Stamp:
        when, clock = moment(day, second).isoformat().split("T")
        return Stamp(nr, trans_id, self.employee, when, clock, copies)

    def _write(self, words: str) -> None:
        self.out.events.write(words.encode())


def sign(chained: str) -> str:
    """HMAC-SHA1 in Base64, the method the technical description allows (saft.md 1.10)."""
    return base64.b64encode(hmac.digest(SIGNING_KEY, chained.encode(), "sha1")).decode()


DRAWER_OPENS = (codebook.CASH, codebook.EURO)


def _printed_as(receipt: Receipt) -> Code:
    if receipt.training:
        return codebook.TRAINING_RECEIPT
    if receipt.void:
        return codebook.VOID_RECEIPT
    if receipt.nature == "inventory":
        return codebook.OTHER_EVENT
    if receipt.nature == "credit":
        return codebook.DELIVERY
    return codebook.RETURN_RECEIPT if receipt.gross < 0 else codebook.SALES_RECEIPT

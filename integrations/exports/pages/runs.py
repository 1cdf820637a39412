"""The runs: what went each time, how long it took, and what became of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Min, Q, Sum

from accounting.books.domain.issues import Issue
from accounting.books.domain.money import Ore
from accounting.company.models import Company
from integrations.exports.acting import written
from integrations.exports.lateness import late_slots, lateness
from integrations.exports.models import Attempt, Export, ExportRun, ExportSlot
from integrations.exports.states import ARRIVED, STOPPED, State

PER_PAGE = 25
SETTLEMENTS = 50
ITS_OWN = timedelta(hours=6)  # what is sent later was sent again, by the tick or by a person


@dataclass(frozen=True, slots=True)
class Part:
    """How many of a run are in one of three: `over` there, `stopped`, or on their way; `share` of 1000."""

    kind: str
    number: int
    share: int
    begins: int


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One run. `ended` is None while nothing was sent; `late` are slots that it made up for."""

    run: ExportRun
    slots: tuple[ExportSlot, ...]
    counts: Mapping[str, int]
    sum: Ore
    began: datetime | None
    ended: datetime | None

    @property
    def number(self) -> int:
        """Count its exports."""
        return sum(self.counts.values())

    @property
    def seconds(self) -> int | None:
        """Give how long it took until the last answer, None while there is none."""
        if self.ended is None:
            return None
        return round((self.ended - self.run.made_at).total_seconds())

    @property
    def late(self) -> tuple[ExportSlot, ...]:
        """Give the slots that it began long after: the fault is ours, unless sending was held."""
        ours = [slot for slot in self.slots if not slot.held]
        late = set(late_slots((slot.slot_at for slot in ours), self.run.made_at))
        return tuple(slot for slot in ours if slot.slot_at in late)

    @property
    def lateness(self) -> Issue | None:
        """Say that it came late, and whether all of it is over there by now."""
        moments = [slot.slot_at for slot in self.late]
        return lateness(moments, self.run.made_at, self.on_its_way + self.stopped)

    @property
    def over(self) -> int:
        """Count what is over there."""
        return self._in(ARRIVED)

    @property
    def stopped(self) -> int:
        """Count what waits for a person."""
        return self._in(STOPPED)

    @property
    def on_its_way(self) -> int:
        """Count what moves by itself."""
        return self._in({State.READY, State.SENDING, State.UNCERTAIN})

    @property
    def left_out(self) -> int:
        """Count what is not to be sent."""
        return self._in({State.LEFT_OUT, State.SUPERSEDED})

    def _in(self, states: frozenset[State] | set[State]) -> int:
        return sum(number for state, number in self.counts.items() if state in states)

    @property
    def bar(self) -> tuple[Part, ...]:
        """Give the parts of the run's bar, each with where it begins, in thousandths."""
        kinds = (
            ("good", self.over),
            ("busy", self.on_its_way),
            ("stop", self.stopped),
            ("calm", self.left_out),
        )
        parts, begins = list[Part](), 0
        for kind, number in kinds:
            share = round(1000 * number / self.number) if self.number else 0
            if number:
                parts.append(Part(kind, number, share, begins))
            begins += share
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run with a page of its exports, and all that have stopped, as a form sends them."""

    it: ShownRun
    exports: "Page[Export]"
    stopped: str


def runs(company: Company, page: str) -> "tuple[Page[ExportRun], list[ShownRun]]":
    """Give one page of the company's runs, newest first."""
    rows = ExportRun.objects.filter(company=company).select_related("started_by")
    shown = Paginator(rows.order_by("-made_at", "-pk"), PER_PAGE).get_page(page)
    return shown, list(_shown(list(shown.object_list)))


def run_page(run: ExportRun, page: str) -> RunPage:
    """Put one run's page together."""
    (it,) = _shown([run])
    rows = run.exports.select_related("settlement__register__department", "company")
    ordered = rows.defer("settlement__content").order_by("settlement__business_date", "pk")
    stopped = run.exports.filter(state__in=STOPPED).only("pk", "revision").order_by("pk")
    return RunPage(it, Paginator(ordered, SETTLEMENTS).get_page(page), written(stopped))


def _shown(found: Sequence[ExportRun]) -> Iterator[ShownRun]:
    slots: dict[int | None, list[ExportSlot]] = defaultdict(list)
    for slot in ExportSlot.objects.filter(run__in=found).order_by("slot_at"):
        slots[slot.run_id].append(slot)
    counts: dict[int | None, dict[str, int]] = defaultdict(dict)
    sums: dict[int | None, int] = defaultdict(int)
    grouped = Export.objects.filter(run__in=found).order_by().values("run", "state")
    for row in grouped.annotate(number=Count("pk"), debit=Sum("debit")):
        counts[row["run"]][row["state"]] = row["number"]
        sums[row["run"]] += row["debit"]
    times = _times(found)
    for run in found:
        began, ended = times.get(run.pk, (None, None))
        yield ShownRun(run, tuple(slots[run.pk]), counts[run.pk], Ore(sums[run.pk]), began, ended)


def _times(found: Sequence[ExportRun]) -> dict[int, tuple[datetime, datetime | None]]:
    """Give when the first send of each run began, and when the last that was its own was over."""
    in_time = Q(started_at__lt=F("export__run__made_at") + ITS_OWN)
    sends = Attempt.objects.filter(in_time, export__run__in=found, purpose=Attempt.SEND)
    rows = sends.order_by().values("export__run")
    spans = rows.annotate(began=Min("started_at"), ended=Max("finished_at"))
    return {row["export__run"]: (row["began"], row["ended"]) for row in spans}

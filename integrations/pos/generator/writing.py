"""Puts the file together: head, then per till its events and after them its receipts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from random import Random
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from integrations.pos.generator import masterdata, oracle
from integrations.pos.generator.catalogue import shelf
from integrations.pos.generator.defects import Injections
from integrations.pos.generator.desk import Desk
from integrations.pos.generator.markup import text
from integrations.pos.generator.plan import Life, Plan, Refused
from integrations.pos.generator.till import Outlets, Till
from integrations.pos.generator.wrapping import Writer, wrapped


def write(plan: Plan, out: BinaryIO, document: oracle.Document | None = None) -> None:
    """Write the whole file to ``out`` and the right answer into ``document``, if one is given.

    The same plan gives the same bytes. Memory does not grow with the days, but the answer does:
    about 3 kB for each Z. Raises ``Refused`` for an unknown defect, and after writing when a
    defect found no place to strike.
    """
    parts(plan, (out,), document)


def parts(plan: Plan, outs: Sequence[BinaryIO], document: oracle.Document | None = None) -> None:
    """The same days as so many files of equal length, each with all master data (saft.md 1.11).

    A till stays in a file until it has written Z: no part is smaller than one Z period. The answer
    is that of all parts together, in whatever order they are delivered. Raises ``Refused``.
    """
    if not 0 < len(outs) <= plan.days:
        raise Refused(f"{plan.days} dager kan ikke deles i {len(outs)} filer.")
    injections = Injections(plan.defects)
    if document is not None:
        oracle.begin(document, plan.org_no, plan.name)
    files = [_begun(plan, index, outs, injections) for index in range(len(outs))]
    numbered = enumerate(plan.lives(), 1)
    for location, lives in groupby(numbered, key=lambda one: one[1].location):
        _to_all(files, f"<location><name>{text(location)}</name>\n")
        for position, life in lives:
            _register(_till(plan, life, position), life, files, (document, injections))
        _to_all(files, "</location>\n")
    for file in files:
        file.sink.write(injections.strike("tail", masterdata.tail()).encode())
    if document is not None:
        oracle.finish(document)
    injections.check_all_struck()


def _to_all(files: Sequence["_Part"], words: str) -> None:
    for file in files:
        file.sink.write(words.encode())


@dataclass(frozen=True, slots=True)
class _Part:
    """One file, and the days of the plan it holds: from ``first`` until ``end``."""

    sink: Writer
    first: int
    end: int


def _begun(plan: Plan, index: int, outs: Sequence[BinaryIO], injections: Injections) -> _Part:
    """A part with its head written."""
    first, end = (plan.days * n // len(outs) for n in (index, index + 1))
    raw: Writer = injections.strike("stream", outs[index])
    sink = wrapped(raw, plan.namespace, plan.encoding)
    # Only what the header says of the period differs.
    mine = replace(plan, start=plan.start + timedelta(first), days=end - first, replaced=False)
    sink.write(injections.strike("head", masterdata.head(mine)).encode())
    return _Part(sink, first, end)


def _till(plan: Plan, life: Life, position: int) -> Till:
    # Synthetic goods, no secrets. Seeded by name: a till does not change when another is added.
    random = Random(f"{plan.seed}/{life.location}/{life.register}")  # noqa: S311
    goods = shelf(plan.profile, plan.start, dated=plan.wide)
    desk = Desk(random, goods, tipping=plan.wide and plan.profile != "shop")
    name = plan.register_names()[life.location, life.register]
    return Till(plan, name, life.register, str(position), desk, life.first)


def _register(
    till: Till,
    life: Life,
    files: Sequence[_Part],
    told: tuple[oracle.Document | None, Injections],
) -> None:
    """One ``cashregister`` in each file: its events go straight there, its receipts by a disk."""
    document, injections = told
    for file in files:
        if life.end <= file.first or file.end <= life.first:
            continue
        file.sink.write(f"<cashregister><registerID>{text(life.register)}</registerID>\n".encode())
        with TemporaryFile() as receipts:
            till.work(Outlets(file.sink, receipts, document, injections), file.end, life.end)
            receipts.seek(0)
            copyfileobj(receipts, file.sink)
        file.sink.write(b"</cashregister>\n")
    if document is not None and till.window.transactions:
        left = {"register": till.name, "transactions": till.window.transactions}
        document["open"].append(left)

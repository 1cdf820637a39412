"""Puts the file together: head, then per till its events and after them its receipts."""

from itertools import groupby
from random import Random
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from integrations.pos.generator import masterdata, oracle
from integrations.pos.generator.catalogue import shelf
from integrations.pos.generator.defects import Injections, Writer
from integrations.pos.generator.kinds import Desk
from integrations.pos.generator.markup import text
from integrations.pos.generator.plan import Plan
from integrations.pos.generator.till import Outlets, Till


def write(plan: Plan, out: BinaryIO, document: oracle.Document | None = None) -> None:
    """Write the whole file to ``out`` and the right answer into ``document``, if one is given.

    The same plan gives the same bytes. Memory does not grow with the days, but the answer does:
    about 3 kB for each Z. Raises ``Refused`` for an unknown defect, and after writing when a
    defect found no place to strike.
    """
    injections = Injections(plan.defects)
    answer: oracle.Document | None = document
    if answer is not None:
        oracle.begin(answer, plan.org_no, plan.name)
    sink: Writer = injections.strike("stream", out)
    sink.write(injections.strike("head", masterdata.head(plan)).encode())
    positions = enumerate(plan.tills, 1)
    for location, tills in groupby(positions, key=lambda numbered: numbered[1][0]):
        sink.write(f"<location><name>{text(location)}</name>\n".encode())
        for position, till in tills:
            _register(plan, position, till, (sink, answer, injections))
        sink.write(b"</location>\n")
    sink.write(injections.strike("tail", masterdata.tail()).encode())
    if answer is not None:
        oracle.finish(answer)
    injections.check_all_struck()


def _register(
    plan: Plan,
    position: int,
    till: tuple[str, str],
    where: tuple[Writer, oracle.Document | None, Injections],
) -> None:
    """One ``cashregister``: its events go straight to the file, its receipts by way of a disk."""
    sink, answer, injections = where
    location, register = till
    # Synthetic goods, no secrets. Seeded by name: a till does not change when another is added.
    random = Random(f"{plan.seed}/{location}/{register}")  # noqa: S311
    desk = Desk(random, shelf(plan.profile, plan.start))
    name = plan.register_names()[till]
    sink.write(f"<cashregister><registerID>{text(register)}</registerID>\n".encode())
    with TemporaryFile() as receipts:
        outlets = Outlets(sink, receipts, answer, injections)
        Till(plan, name, register, str(position), desk, outlets).work()
        receipts.seek(0)
        copyfileobj(receipts, sink)
    sink.write(b"</cashregister>\n")

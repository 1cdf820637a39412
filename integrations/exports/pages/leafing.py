"""Leafing through a long list by key: the last page costs what the first does, whatever lies between.

A place in the list is written `value~pk` in the address; one that makes no sense is the beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """By which column, read from an address by `read`; rows without a value count as the greatest."""

    column: str
    read: Callable[[str], Any]
    descending: bool = True
    nullable: bool = False

    def turned(self) -> "Order":
        """Give the same order from the other end."""
        return replace(self, descending=not self.descending)

    def by(self) -> list[OrderBy]:
        """Give what to order by; the key tells equals apart."""
        if self.descending:
            return [F(self.column).desc(nulls_first=True), F("pk").desc()]
        return [F(self.column).asc(nulls_last=True), F("pk").asc()]

    def beyond(self, value: Any, pk: int) -> Q:
        """Give the rows that come after a place. The first bound is what an index can begin at."""
        column, way = self.column, "lt" if self.descending else "gt"
        key = Q(**{f"pk__{way}": pk})
        nothing = Q(**{f"{column}__isnull": True})
        if value is None:
            return nothing & key | (~nothing if self.descending else Q(pk__in=()))
        further = Q(**{f"{column}__{way}e": value}) & (Q(**{f"{column}__{way}": value}) | key)
        return further | nothing if self.nullable and not self.descending else further

    def place(self, row: Model) -> str:
        """Write where a row stands."""
        value = getattr(row, self.column)
        said = "" if value is None else getattr(value, "isoformat", value.__str__)()
        return f"{said}~{row.pk}"

    def read_place(self, said: str) -> tuple[Any, int] | None:
        """Read what `place` wrote; None for anything else."""
        value, mark, pk = said.partition("~")
        if not (mark and pk.isascii() and pk.isdecimal() and len(pk) < 19):
            return None
        try:
            return (self.read(value) if value else None), int(pk)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Leaf(Generic[_Row]):
    """One page of rows; `before` and `after` are the places to leaf on from, '' at the ends."""

    rows: list[_Row]
    before: str
    after: str


def leaf(
    rows: QuerySet[_Row], order: Order, size: int, *, before: str = "", after: str = ""
) -> Leaf[_Row]:
    """Give the page that ends before a place, or begins after one; else the first."""
    mark = order.read_place(before)
    if mark:
        back = order.turned()
        found = list(rows.filter(back.beyond(*mark)).order_by(*back.by())[: size + 1])
        if len(found) > size:
            page = found[size - 1 :: -1]
            return Leaf(page, order.place(page[0]), order.place(page[-1]))
    mark = None if mark else order.read_place(after)
    wanted = rows.filter(order.beyond(*mark)) if mark else rows
    found = list(wanted.order_by(*order.by())[: size + 1])
    if mark and not found:
        return leaf(rows, order, size)
    page = found[:size]
    first = order.place(page[0]) if mark else ""
    return Leaf(page, first, order.place(page[-1]) if len(found) > size else "")

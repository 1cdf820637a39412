"""Every address of the house, as the resolver has them, with something real in each of its places."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern: its name with its namespace (its route where it has none), and its route."""

    name: str
    route: str

    def filled(self, values: Mapping[str, str]) -> str:
        """Give a path that the pattern matches. KeyError for a place that `values` does not fill."""
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", self.route)  # (?P<key>…) as <key>
        route = re.sub(r"<(?:\w+:)?(\w+)>", lambda place: values[place[1]], route)
        return "/" + route.replace("^", "").replace("$", "")


def addresses() -> dict[str, Address]:
    """Give every address by its name."""
    found: dict[str, Address] = {}
    for address in _under(get_resolver()):
        found.setdefault(address.name, address)
    return found


def _under(resolver: URLResolver, route: str = "", space: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name}" if pattern.name else here, here)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _under(pattern, here, inner)

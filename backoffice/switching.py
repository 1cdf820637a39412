"""From one company to another: found by a part of its name or number, on the same page as before."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

from accounting.company.models import Company

MANY = 8  # companies: with more, one searches


def named_like(companies: Iterable[Company], wanted: str) -> list[Company]:
    """Give the companies whose name or number holds every word of `wanted`; blanks in numbers count not."""
    words = wanted.casefold().split()
    together = "".join(words)
    return [
        company
        for company in companies
        if all(word in company.name.casefold() for word in words)
        or (together.isdigit() and together in company.org_no)
    ]


def same_page(here: str, org_no: str) -> str:
    """Give another company's address of the page that `here` (a whole URL) is on.

    A page about one thing (a settlement, a file) has no twin there: then the company's first page.
    """
    try:
        match = resolve(urlsplit(here).path)
    except Resolver404:
        return reverse("company", args=[org_no])
    if match.kwargs.keys() != {"org_no"} or not match.route.startswith("s/"):
        return reverse("company", args=[org_no])
    return reverse(match.view_name, kwargs={"org_no": org_no})

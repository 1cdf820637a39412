"""Reading pages in tests: what a person sees, and where a link leads."""

import html
import re

from django.test import Client
from lxml import etree
from lxml import html as parsing


class Page:
    """One answered page. `text` is what is read on it, blanks run together."""

    def __init__(self, client: Client, address: str, **more) -> None:
        self.answer = client.get(address, **more)
        assert self.answer.status_code == 200, f"{address}: {self.answer.status_code}"
        self.source = self.answer.content.decode()
        self.tree = parsing.fromstring(self.source)

    @property
    def text(self) -> str:
        return _read(
            self.tree.find_class("frame")[0] if self.tree.find_class("frame") else self.tree
        )

    def link(self, words: str) -> str:
        """The address of the first link that says this."""
        for link in self.tree.iter("a"):
            if words in _read(link):
                return html.unescape(link.get("href"))
        raise AssertionError(f"no link «{words}» on the page: {self.text}")

    def focused(self) -> etree._Element:
        """The one element that takes focus when the page opens."""
        (element,) = self.tree.xpath("//*[@autofocus]")
        return element

    def rows(self) -> list[str]:
        """What each line of the tables' bodies says."""
        lines = self.tree.xpath("//tbody/tr")
        return [" ".join(filter(None, map(_read, line))) for line in lines]


def _read(element: etree._Element) -> str:
    return re.sub(r"[\s\xa0]+", " ", element.text_content()).strip()

"""Letters that PDF's own Helvetica has, and how much of a text fits."""

import unicodedata

from reportlab.pdfbase import pdfmetrics


def fitting(text: str, font: str, size: float, room: float) -> str:
    """Give as much of a text as `room` points hold; three dots say that it was cut."""
    if pdfmetrics.stringWidth(text, font, size) <= room:
        return text
    while text and pdfmetrics.stringWidth(text + "…", font, size) > room:
        text = text[:-1]
    return text + "…"


def printable(text: str) -> str:
    """Give the text in letters that Helvetica has: others by their base letter, else `?`."""
    return "".join(map(_letter, text))


def _letter(one: str) -> str:
    if one == "\N{MINUS SIGN}" or _known(one):
        return one
    if one.isspace():
        return " "
    bases = [base for base in unicodedata.normalize("NFKD", one) if _known(base)]
    return "".join(bases) or "?"


def _known(one: str) -> bool:
    # cp1252 is the encoding of those fonts; a soft hyphen or a control character is no letter.
    return one in "\xa0 " or (one.isprintable() and bool(one.encode("cp1252", "ignore")))

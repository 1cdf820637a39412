"""One voucher on screen: its lines, the VAT Go works out, and the two buttons of a draft."""

from html import escape
from sqlite3 import Row

from integrations.poweroffice.sandbox import drafts, layout, moment, posting
from integrations.poweroffice.sandbox.drafts import Side
from integrations.poweroffice.sandbox.layout import NBSP, cell, money
from integrations.poweroffice.sandbox.message import Response

NAMES = ["Konto", "Navn", "Tekst", "Dato", "Avdeling", "Mva", "Mva-beløp", "Debet", "Kredit"]


def page(
    draft: Row, sides: list[Side], rates: dict[str, int], pages: list[Row], *, alert: str
) -> Response:
    """The voucher's page; `alert` is ready HTML that says why a button did not do its work."""
    posted = draft["voucher_no"] is not None
    difference = sum(side.signed for side in sides)
    warned = f'<div class="alert" role="alert">{alert}</div>' if alert else ""
    content = warned + _facts(draft, difference, pages) + _lines(sides, rates)
    return layout.page(
        200,
        draft["description"] or "Bilag uten beskrivelse",
        f"Bokført som bilag {draft['voucher_no']}." if posted else "Utkast i Bilagsføring.",
        content if posted else content + _buttons(draft["id"]),
        here="/bilag" if posted else "/",
    )


def state(difference: int, *, posted: bool) -> str:
    """Sign, colour and word of a voucher's state."""
    if posted:
        return '<span class="state good">✓ Bokført</span>'
    if difference:
        return f'<span class="state bad">! Differanse {money(difference)}</span>'
    return '<span class="state">○ Utkast</span>'


def _facts(draft: Row, difference: int, pages: list[Row]) -> str:
    posted = draft["voucher_no"] is not None
    facts = [
        ("Bilagsdato", moment.written(draft["voucher_date"])),
        ("Klient", escape(draft["client_name"])),
        ("Status", state(difference, posted=posted)),
    ]
    if draft["comment"]:
        facts.append(("Merknad", escape(draft["comment"])))
    if pages:
        links = (f'<a href="/vedlegg/{page["id"]}">{escape(page["name"])}</a>' for page in pages)
        facts.append(("Vedlegg", "<br>".join(links)))
    items = "".join(f"<div><dt>{name}</dt><dd>{html}</dd></div>" for name, html in facts)
    return f"<dl>{items}</dl>"


def _lines(sides: list[Side], rates: dict[str, int]) -> str:
    if not sides:
        return '<div class="empty">Bilaget har ingen linjer.</div>'
    debit, credit = drafts.total(sides, "debit"), drafts.total(sides, "credit")
    foot = (
        '<tfoot><tr><th scope="row" colspan="7">Sum</th>'
        f"{cell('Debet', money(debit))}{cell('Kredit', money(credit))}</tr></tfoot>"
    )
    rows = [_line(side, rates[side.effective_vat]) for side in sides]
    return layout.table("Beløp i kroner, med mva. Go regner ut mva.", NAMES, rows, foot)


def _line(side: Side, rate_bp: int) -> list[str]:
    code = side.effective_vat
    vat = posting.vat_inside(code, side.ore, rate_bp)
    rate = f"{rate_bp / 100:g}".replace(".", ",")
    return [
        cell("Konto", str(side.account)),
        cell("Navn", side.name),
        cell("Tekst", side.text or ""),
        cell("Dato", moment.written(side.posting_date)),
        cell("Avdeling", side.department or ""),
        cell("Mva", f"{code}{NBSP}({rate}{NBSP}%)" if rate_bp else code),
        cell("Mva-beløp", money(vat) if vat else ""),
        cell("Debet", money(side.ore) if side.side == "debit" else ""),
        cell("Kredit", money(side.ore) if side.side == "credit" else ""),
    ]


def _buttons(draft_id: str) -> str:
    return (
        '<div class="do">'
        f'<form method="post" action="/utkast/{draft_id}/importer"><button>Importer</button></form>'
        f'<form method="post" action="/utkast/{draft_id}/slett">'
        '<button class="quiet">Slett</button></form></div>'
    )

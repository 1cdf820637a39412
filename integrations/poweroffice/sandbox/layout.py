"""The frame of the people's pages: style, head, menu, and how amounts and days are written."""

import base64
import hashlib
from html import escape

from integrations.poweroffice.sandbox.message import Response

NBSP, MINUS = "\u00a0", "\u2212"
STYLE = """
:root{color-scheme:light dark;--ink:#1d2a2f;--soft:#58676d;--line:#dde4e6;--paper:#fff;
--ground:#f5f7f7;--link:#0b5c7a;--bad:#a4262c;--badbg:#fdf1f1;--good:#1d6b3f;--note:#fdf6e3;
--noteink:#5c4a12}
@media(prefers-color-scheme:dark){:root{--ink:#e4ebed;--soft:#9fb0b6;--line:#33434a;
--paper:#182226;--ground:#10181b;--link:#7cc4de;--bad:#ff9c9c;--badbg:#3a1d1f;--good:#7fd3a1;
--note:#33290f;--noteink:#f0dfae}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
.banner{background:var(--note);color:var(--noteink);padding:.5rem 1rem;text-align:center;
font-size:.9rem}
header{background:var(--paper);border-bottom:1px solid var(--line)}
nav,main{max-width:70rem;margin:0 auto;padding:0 1rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;min-height:3.25rem}
nav strong{margin-right:auto}
nav a{padding:.5rem 0;color:var(--soft);text-decoration:none}
nav a[aria-current]{color:var(--ink);border-bottom:2px solid var(--link)}
h1{font-size:1.6rem;font-weight:600;line-height:1.25;margin:2rem 0 .25rem}
.lead{margin:0 0 1.5rem;color:var(--soft)}
a{color:var(--link)}a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{width:100%;border-collapse:collapse;background:var(--paper);border:1px solid var(--line);
border-radius:.5rem}
caption{text-align:left;padding:0 0 .5rem;color:var(--soft);font-size:.9rem}
th,td{padding:.55rem .8rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0;font-size:.82rem;font-weight:600;color:var(--soft);white-space:nowrap}
tfoot th,tfoot td{font-weight:600;border-top:2px solid var(--line)}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.state{white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}
.alert{background:var(--badbg);border-left:4px solid var(--bad);padding:.8rem 1rem;margin:0 0 1.5rem}
.alert p{margin:.25rem 0 0}
dl{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:0 0 1.5rem}
dt{font-size:.82rem;color:var(--soft)}dd{margin:0}
.do{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0 3rem}
button{font:inherit;padding:.55rem 1.2rem;border-radius:.4rem;border:1px solid var(--link);
background:var(--link);color:var(--paper);cursor:pointer}
button.quiet{background:transparent;color:var(--bad);border-color:var(--bad)}
.empty{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:2rem 1.5rem}
@media(max-width:640px){caption{display:block;padding:.6rem .8rem 0}td:empty{display:none!important}
table,thead,tbody,tfoot,tr,th,td{display:block}thead{display:none}
tr{border-top:1px solid var(--line);padding:.5rem 0}tbody tr:first-child{border-top:0}
th,td,tfoot th,tfoot td{border:0;padding:.15rem .8rem}
td[data-label],th[data-label]{display:flex;justify-content:space-between;gap:1rem;text-align:right}
[data-label]::before{content:attr(data-label);color:var(--soft);font-weight:400;text-align:left}}
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; img-src data:; form-action 'self';"
    f" base-uri 'none'; frame-ancestors 'none'; style-src 'sha256-{STYLE_HASH}'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
MENU = (("/", "Utkast"), ("/bilag", "Bokførte bilag"))


def page(status: int, title: str, lead: str, content: str, *, here: str = "") -> Response:
    """A whole page; `content` is ready HTML, title and lead are text."""
    menu = "".join(
        f'<a href="{path}"{" aria-current=page" if path == here else ""}>{name}</a>'
        for path, name in MENU
    )
    body = (
        '<!doctype html><html lang="nb"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} – Sandkasse</title><link rel="icon" href="data:,">'
        f"<style>{STYLE}</style></head><body>"
        '<div class="banner" role="note">Dette er en sandkasse. '
        "Ingenting her når PowerOffice Go.</div>"
        f'<header><nav aria-label="Hovedmeny"><strong>Go-sandkasse</strong>{menu}</nav></header>'
        f'<main><h1>{escape(title)}</h1><p class="lead">{escape(lead)}</p>{content}</main>'
        "</body></html>"
    )
    return Response(status, body.encode("utf-8"), HEADERS)


def money(ore: int) -> str:
    """Whole øre as read in Norway: 123450 -> 1 234,50 with hard spaces and a true minus."""
    whole, rest = divmod(abs(ore), 100)
    sign = MINUS if ore < 0 else ""
    return f"{sign}{whole:,}".replace(",", NBSP) + f",{rest:02d}"


def table(caption: str, names: list[str], rows: list[list[str]], foot: str = "") -> str:
    """A table that becomes cards on a narrow screen; cells are ready `td` elements."""
    head = "".join(f'<th scope="col"{_right(name)}>{escape(name)}</th>' for name in names)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody>{foot}</table>"
    )


RIGHT = ("Sum", "Debet", "Kredit", "Mva-beløp")


def _right(name: str) -> str:
    return ' class="n"' if name in RIGHT else ""


def cell(label: str, text: str) -> str:
    """A cell of plain text; amounts stand to the right."""
    return f'<td data-label="{escape(label)}"{_right(label)}>{escape(text)}</td>'


def markup(label: str, html: str) -> str:
    """A cell whose content is ready HTML."""
    return f'<td data-label="{escape(label)}"{_right(label)}>{html}</td>'

"""Pages that stand in for Go's screens: drafts in Bilagsføring, one draft, posted vouchers."""

import re
from dataclasses import dataclass
from html import escape
from sqlite3 import Row

from integrations.poweroffice.sandbox import drafts, layout, moment, posting, voucher_page
from integrations.poweroffice.sandbox.drafts import Side
from integrations.poweroffice.sandbox.layout import cell, markup, money
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.message import Request, Response

PATH = re.compile(r"/(utkast|bilag)(?:/([0-9a-f-]{36}))?(?:/(importer|slett))?")
DOCUMENT = re.compile(r"/vedlegg/([0-9]{1,9})")
ROWS = 200
LIST = """
SELECT draft.*, COALESCE(SUM(CASE WHEN debit_account_id IS NULL THEN 0 ELSE ore END), 0) AS debit,
  COALESCE(SUM(CASE WHEN credit_account_id IS NULL THEN 0 ELSE ore END), 0) AS credit
FROM draft LEFT JOIN line ON line.draft_id = draft.id
WHERE (voucher_no IS NOT NULL) = ? GROUP BY draft.id
ORDER BY voucher_date DESC, created DESC LIMIT ? OFFSET ?
"""


def owns(path: str) -> bool:
    """Whether a path is a page for people; everything else belongs to the API."""
    return path == "/" or path.split("/")[1] in ("utkast", "bilag", "vedlegg")


@dataclass(frozen=True, slots=True)
class Pages:
    ledger: Ledger

    def serve(self, request: Request) -> Response:
        """A page, or what a button on one of them does."""
        document = DOCUMENT.fullmatch(request.path)
        if document and request.method in ("GET", "HEAD"):
            return self._document(document[1])
        match = PATH.fullmatch("/utkast" if request.path == "/" else request.path)
        if match is None:
            return missing()
        room, draft_id, verb = match.groups()
        if request.method == "POST" and draft_id and verb:
            return self._press(request, draft_id, verb)
        if request.method not in ("GET", "HEAD") or verb:
            return missing()
        if draft_id is None:
            return self._list(request, posted=room == "bilag")
        return self._show(draft_id)

    def _list(self, request: Request, *, posted: bool) -> Response:
        text = request.query.get("side", "1")
        side = int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 else 1
        start = (max(side, 1) - 1) * ROWS
        rows = self.ledger.rows(LIST, posted, ROWS + 1, start)
        counted = self.ledger.row(
            "SELECT COUNT(*) AS n FROM draft WHERE (voucher_no IS NOT NULL) = ?", posted
        )
        number = counted["n"] if counted else 0
        path = "/bilag" if posted else "/"
        more = f'<p><a href="{path}?side={side + 1}">Neste {ROWS}</a></p>' if rows[ROWS:] else ""
        title = "Bokførte bilag" if posted else "Bilagsføring (Import, utkast)"
        return layout.page(
            200, title, _lead(number, posted=posted), _table(rows[:ROWS], posted=posted) + more,
            here=path,
        )  # fmt: skip

    def _show(self, draft_id: str, *, alert: str = "") -> Response:
        draft = drafts.get(self.ledger, draft_id)
        if draft is None:
            return missing()
        found: list[Side] = []
        for line in drafts.lines(self.ledger, draft_id):
            found += drafts.sides(line)
        rates = {row["code"]: row["rate_bp"] for row in self.ledger.rows("SELECT * FROM vat_code")}
        pages = drafts.pages(self.ledger, draft_id)
        return voucher_page.page(draft, found, rates, pages, alert=alert)

    def _document(self, page_id: str) -> Response:
        """A document as it was sent; only what calls itself PDF is opened by the browser."""
        row = self.ledger.row("SELECT * FROM page WHERE id = ?", int(page_id))
        if row is None:
            return missing()
        kind = row["kind"] if row["kind"] == "application/pdf" else "application/octet-stream"
        return Response(200, row["content"], {"Content-Type": kind})

    def _press(self, request: Request, draft_id: str, verb: str) -> Response:
        if not _same_origin(request):
            return layout.page(403, "Ikke lov", "Knappen må trykkes på en av sidene her.", "")
        if verb == "slett":
            done = drafts.remove(self.ledger, draft_id)
            return _go("/") if done else self._show(draft_id, alert=_posted_already())
        try:
            posting.post(self.ledger, draft_id)
        except KeyError:
            return missing()
        except posting.NotPostedError as error:
            where = f"<p>Gjelder {escape(error.where)}.</p>" if error.where else ""
            alert = f"<strong>{escape(error.text)}</strong>{where}"
            return self._show(draft_id, alert=alert)
        return _go(f"/bilag/{draft_id}")


def _same_origin(request: Request) -> bool:
    """Only a form on one of these pages may press a button."""
    host = request.header("host")
    return bool(host) and request.header("origin") in (f"http://{host}", f"https://{host}")


def _go(path: str) -> Response:
    return Response(303, headers={"Location": path})


def missing() -> Response:
    back = '<p><a href="/">Til utkastene</a></p>'
    return layout.page(404, "Finnes ikke", "Siden eller bilaget finnes ikke her.", back)


def _posted_already() -> str:
    return "<strong>Bilaget er allerede bokført og kan ikke slettes</strong>"


def _lead(number: int, *, posted: bool) -> str:
    if posted:
        return f"{number} bilag er bokført."
    return f"{number} utkast venter på å bli sett gjennom og importert."


def _table(rows: list[Row], *, posted: bool) -> str:
    if not rows:
        text = (
            "Bilag kommer hit når et utkast er importert."
            if posted
            else "Utkast kommer hit når backoffice har overført et oppgjør."
        )
        return f'<div class="empty">{text}</div>'
    number = ["Bilagsnr."] if posted else []
    names = [*number, "Dato", "Beskrivelse", "Sum", "Status", "Klient"]
    return layout.table(
        "Nyeste dato først. Beløp i kroner.", names, [_row(row, posted=posted) for row in rows]
    )


def _row(row: Row, *, posted: bool) -> list[str]:
    room = "bilag" if posted else "utkast"
    text = escape(row["description"] or "(uten beskrivelse)")
    number = [cell("Bilagsnr.", str(row["voucher_no"]))] if posted else []
    return [
        *number,
        cell("Dato", moment.written(row["voucher_date"])),
        markup("Beskrivelse", f'<a href="/{room}/{row["id"]}">{text}</a>'),
        cell("Sum", money(row["debit"])),
        markup("Status", voucher_page.state(row["debit"] - row["credit"], posted=posted)),
        cell("Klient", row["client_name"]),
    ]

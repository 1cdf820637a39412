"""The control: what a test or a drill reads, seeds and breaks. Only with --control, only loopback."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrations.poweroffice.sandbox import documents, drafts, jsontext, moment, posting, seed
from integrations.poweroffice.sandbox.documents import Document
from integrations.poweroffice.sandbox.faults import Faults
from integrations.poweroffice.sandbox.jsontext import kroner
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.limits import CallLog
from integrations.poweroffice.sandbox.message import Request, Response, answer, no_route

PREFIX = "/_control/"


@dataclass(frozen=True, slots=True)
class Control:
    ledger: Ledger
    faults: Faults
    log: CallLog

    def serve(self, request: Request) -> Response:
        """Answer a control call. A browser's page (it sends Origin) is turned away too."""
        if not _is_loopback(request.peer) or request.header("origin"):
            raise no_route()
        verb, _, target = request.path.removeprefix(PREFIX).partition("/")
        if (request.method, verb, target) == ("GET", "state", ""):
            return answer(200, self.state())
        if request.method != "POST":
            raise no_route()
        if target:
            return self._on_draft(verb, target)
        return self._change(verb, request.body)

    def _on_draft(self, verb: str, draft_id: str) -> Response:
        if verb == "post":
            return self._post(draft_id)
        if verb == "delete":
            return self._delete(draft_id)
        raise no_route()

    def _post(self, draft_id: str) -> Response:
        try:
            number = posting.post(self.ledger, draft_id)
        except KeyError:
            return answer(404, {"error": "Bilaget finnes ikke"})
        except posting.NotPostedError as error:
            return answer(409, {"error": error.text, "where": error.where})
        return answer(200, {"voucher_no": number})

    def _delete(self, draft_id: str) -> Response:
        if drafts.remove(self.ledger, draft_id):
            return answer(200, {})
        if drafts.get(self.ledger, draft_id) is None:
            return answer(404, {"error": "Bilaget finnes ikke"})
        return answer(409, {"error": "Bilaget er allerede bokført"})

    def _change(self, verb: str, body: bytes) -> Response:
        verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "faults": lambda data: self.faults.replace(data.get("faults")),
            "seed": lambda data: seed.merge(self.ledger, data),
            "reset": lambda _data: self.reset(),
        }
        if verb not in verbs:
            raise no_route()
        try:
            data = jsontext.loads(body or b"{}")
            if not isinstance(data, dict):
                return answer(400, {"error": "The body is a JSON object."})
            verbs[verb](data)
        except ValueError as error:
            return answer(400, {"error": str(error)})
        return answer(200, {})

    def reset(self) -> None:
        seed.reset(self.ledger)
        self.faults.clear()
        self.log.clear()

    def state(self) -> dict[str, Any]:
        """Everything in the books, amounts as text of kroner; vouchers are the posted drafts."""
        sides = drafts.all_sides(self.ledger)
        rows = self.ledger.rows("SELECT * FROM draft ORDER BY created, id")
        pages: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in drafts.pages(self.ledger):
            pages[row["draft_id"]].append(_page(row))
        codes = {
            row["id"]: row["code"] for row in self.ledger.rows("SELECT id, code FROM department")
        }
        found = [
            {
                **_voucher(row, sides.get(row["id"], [])),
                "department": codes.get(row["department_id"]),
                "pages": len(pages[row["id"]]),
                "attachments": pages[row["id"]],
            }
            for row in rows
        ]
        return {
            "drafts": [one for one in found if not one["is_posted"]],
            "vouchers": [one for one in found if one["is_posted"]],
            "orders": [_document(one) for one in documents.all_of(self.ledger, "order")],
            "customers": [_document(one) for one in documents.all_of(self.ledger, "customer")],
            "products": [_document(one) for one in documents.all_of(self.ledger, "product")],
            "faults": self.faults.report(),
            **self.log.report(),
        }


def _is_loopback(peer: str) -> bool:
    return peer == "::1" or peer.removeprefix("::ffff:").startswith("127.")


def _voucher(row: Any, sides: list[drafts.Side]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "client_id": row["client_id"],
        "description": row["description"],
        "comment": row["comment"],
        "voucher_date": row["voucher_date"],
        "is_posted": row["voucher_no"] is not None,
        "voucher_no": row["voucher_no"],
        "created": moment.iso(row["created"]),
        "lines": [
            {
                "account": str(one.account),
                "side": one.side,
                "amount": kroner(one.ore),
                "vat_code": one.vat_code,
                "department": one.department,
                "posting_date": one.posting_date,
                "text": one.text,
            }
            for one in sides
        ],
        "debit": kroner(drafts.total(sides, "debit")),
        "credit": kroner(drafts.total(sides, "credit")),
    }


def _page(row: Any) -> dict[str, Any]:
    content: bytes = row["content"]
    digest = hashlib.sha256(content).hexdigest()
    return {"name": row["name"], "type": row["kind"], "size": len(content), "sha256": digest}


def _document(one: Document) -> dict[str, Any]:
    """The body as it is stored, with its id and owner."""
    return {
        "id": one.id,
        "client_id": one.client_id,
        "created": moment.iso(one.created),
        **one.body,
    }

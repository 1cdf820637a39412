"""Mail in development: letters lie as files under `var/`, and this page shows them."""

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

SHOWN = 50
BETWEEN = b"-" * 79 + b"\n"  # what Django's file backend writes after each letter


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The latest letters, newest first; while DEBUG is off there is no such page."""
    if not settings.DEBUG:
        raise Http404
    found = [_shown(letter) for letter in _letters(settings.MAIL_DIR)]
    return render(request, "mail/mailbox.html", {"letters": found[:SHOWN]})


def _letters(folder: Path) -> Iterator[EmailMessage]:
    for path in sorted(folder.glob("*.log"), key=_written_at, reverse=True):
        pieces = path.read_bytes().split(BETWEEN)
        for piece in reversed([piece for piece in pieces if piece.strip()]):
            yield email.message_from_bytes(piece, policy=email.policy.default)


def _written_at(path: Path) -> int:
    return path.stat().st_mtime_ns


def _shown(letter: EmailMessage) -> dict[str, str | datetime]:
    text = letter.get_body(("plain",))
    return {
        "to": str(letter["To"]),
        "subject": str(letter["Subject"]),
        "sent": parsedate_to_datetime(str(letter["Date"])).replace(tzinfo=UTC),  # as Django writes
        "text": text.get_content() if text else "",
    }

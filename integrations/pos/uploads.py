"""Files on their way in: stored until they are read, then removed; reading twice does nothing.

A file waits as INTAKE_DIR/<organisation number>/<sha256>. Its row is the truth: WAITING until a report
or a refusal stands on it.
"""

import fcntl
import hashlib
import logging
import secrets
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from accounting import clock
from accounting.books.domain.issues import to_json
from accounting.company.models import Company
from integrations.pos.intake import Report, take_in
from integrations.pos.models import IntakeFile, IntakeToken
from integrations.pos.saft import RefusedFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LOOK_S = 0.05  # between two looks at a lock that another holds

logger = logging.getLogger(__name__)


def keep(
    company: Company,
    name: str,
    chunks: Iterable[bytes],
    now: datetime,
    actor: "AbstractBaseUser | None",
    token: IntakeToken | None = None,
) -> IntakeFile:
    """Store a file and give its row. The same content is the same row; what was refused is tried anew.

    A person brings it (`actor`), or a till delivers it with its `token`.
    """
    folder = _folder(company)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"draft-{secrets.token_hex(8)}"
    digest, size = _write(draft, chunks)
    row, _new = IntakeFile.objects.get_or_create(
        company=company,
        sha256=digest,
        defaults={
            "name": name[:255],
            "size": size,
            "received_at": now,
            "received_by_id": actor.pk if actor else None,
            "delivered_with": token,
        },
    )
    if row.state == IntakeFile.READ:
        draft.unlink()
        return row
    _put(draft, folder / digest)
    again = IntakeFile.objects.filter(pk=row.pk, state=IntakeFile.REFUSED)
    again.update(
        state=IntakeFile.WAITING,
        refusal=None,
        finished_at=None,
        received_at=now,
        received_by_id=actor.pk if actor else None,
        delivered_with=token,
    )
    row.refresh_from_db()
    return row


def _put(draft: Path, place: Path) -> None:
    """Leave a file that is there already: it is the same, and whoever reads it now has locked it."""
    if place.exists():
        draft.unlink()
    else:
        draft.replace(place)


def _folder(company: Company) -> Path:
    return Path(settings.INTAKE_DIR) / company.org_no


def _write(draft: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def waiting() -> list[int]:
    """Give the files that nobody has read yet, oldest first."""
    rows = IntakeFile.objects.filter(state=IntakeFile.WAITING).order_by("received_at", "pk")
    return list(rows.values_list("pk", flat=True))


def read_stored(file_id: int, *, wait_s: float = 0) -> bool:
    """Read one waiting file, write report or refusal on its row, and remove the stored file.

    Says whether it was read here and now. Does nothing for a file that is read already, nor for one
    that another process is still reading after `wait_s` seconds. A file that is gone keeps waiting,
    and is logged: uploading it again brings it back.
    """
    row = IntakeFile.objects.select_related("company").get(pk=file_id)
    path = _folder(row.company) / row.sha256
    if row.state != IntakeFile.WAITING:
        return False
    try:
        with path.open("rb") as file:
            return _locked(file, wait_s) and _read_locked(row, file, path)
    except FileNotFoundError:
        row.refresh_from_db()
        if row.state == IntakeFile.WAITING:
            logger.exception("the stored file of intake file %s is gone", file_id)
        return False


def _locked(file: BinaryIO, wait_s: float) -> bool:
    """Lock the file; False where another still holds it after so many seconds."""
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(LOOK_S)
        else:
            return True


def _read_locked(row: IntakeFile, file: BinaryIO, path: Path) -> bool:
    row.refresh_from_db()
    if row.state != IntakeFile.WAITING:
        return False
    try:
        report = take_in(row.company, file)
    except RefusedFile as refused:
        _finish(row, state=IntakeFile.REFUSED, refusal=to_json(refused.issue))
    else:
        _finish(row, state=IntakeFile.READ, report=_told(report, row.name))
    path.unlink(missing_ok=True)
    return True


def _told(report: Report, name: str) -> dict[str, object]:
    """Give the report of `import_saft`, and its findings as pages show them in either language."""
    return report.as_json(name) | {"issues": [to_json(issue) for issue in report.findings]}


def _finish(row: IntakeFile, **outcome: object) -> None:
    IntakeFile.objects.filter(pk=row.pk, state=IntakeFile.WAITING).update(
        finished_at=clock.now(), **outcome
    )

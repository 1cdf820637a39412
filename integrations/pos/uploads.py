"""Files on their way in: stored until they are read, then removed; reading twice does nothing.

A file waits as INTAKE_DIR/<organisation number>/<sha256>. Its row is the truth: WAITING until a report
or a refusal stands on it.
"""

import fcntl
import hashlib
import logging
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from accounting import clock
from accounting.books.domain.issues import to_json
from accounting.company.models import Company
from integrations.pos.intake import Report, take_in
from integrations.pos.models import IntakeFile
from integrations.pos.saft import RefusedFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)


def keep(
    company: Company,
    name: str,
    chunks: Iterable[bytes],
    now: datetime,
    actor: "AbstractBaseUser | None",
) -> IntakeFile:
    """Store a file and give its row. The same content is the same row; what was refused is tried anew."""
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
        },
    )
    if row.state == IntakeFile.READ:
        draft.unlink()
        return row
    draft.replace(folder / digest)
    again = IntakeFile.objects.filter(pk=row.pk, state=IntakeFile.REFUSED)
    again.update(state=IntakeFile.WAITING, refusal=None, finished_at=None, received_at=now)
    row.refresh_from_db()
    return row


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


def read_stored(file_id: int) -> None:
    """Read one waiting file, write report or refusal on its row, and remove the stored file.

    Does nothing for a file that is read already, or that another process is reading now. A file that
    is gone keeps waiting, and is logged: uploading it again brings it back.
    """
    row = IntakeFile.objects.select_related("company").get(pk=file_id)
    path = _folder(row.company) / row.sha256
    if row.state != IntakeFile.WAITING:
        return
    try:
        with path.open("rb") as file:
            _read_locked(row, file, path)
    except FileNotFoundError:
        row.refresh_from_db()
        if row.state == IntakeFile.WAITING:
            logger.exception("the stored file of intake file %s is gone", file_id)


def _read_locked(row: IntakeFile, file: BinaryIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # another is reading it
    row.refresh_from_db()
    if row.state != IntakeFile.WAITING:
        return
    try:
        report = take_in(row.company, file)
    except RefusedFile as refused:
        _finish(row, state=IntakeFile.REFUSED, refusal=to_json(refused.issue))
    else:
        _finish(row, state=IntakeFile.READ, report=_told(report, row.name))
    path.unlink(missing_ok=True)


def _told(report: Report, name: str) -> dict[str, object]:
    """Give the report of `import_saft`, and its findings as pages show them in either language."""
    return report.as_json(name) | {"issues": [to_json(issue) for issue in report.findings]}


def _finish(row: IntakeFile, **outcome: object) -> None:
    IntakeFile.objects.filter(pk=row.pk, state=IntakeFile.WAITING).update(
        finished_at=clock.now(), **outcome
    )

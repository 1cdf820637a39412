"""Celery is a doorbell: a file that was stored is read now, and at the latest by the next tick."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from integrations.pos import uploads

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def read_file(*, file_id: int, **_: object) -> None:
    """Read one stored file."""
    uploads.read_stored(file_id)


@shared_task(ignore_result=True)
def read_waiting(**_: object) -> None:
    """Read what is still waiting, for the doorbell may have been lost."""
    for file_id in uploads.waiting():
        uploads.read_stored(file_id)


def ring(file_id: int) -> None:
    """Ask a worker to read the file; without a broker `read_waiting` does it later."""
    try:
        read_file.delay(file_id=file_id)
    except OperationalError:
        logger.warning("no broker: intake file %s waits for the next tick", file_id)

"""Kombu's filesystem transport, with one thing mended: no message is seen before it is whole.

Kombu 5.6 writes a message under its final name, and a worker that reads it meanwhile finds it empty,
takes it for a broken broker, and ends. Here it is written beside, and renamed when it is done.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Puts messages whole; everything else is Kombu's."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # its bases differ
        folder = Path(self.data_folder_out)
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        # No queue's name: they look for what follows the first dot.
        unfinished = folder / f".{name}"
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.replace(folder / name)


class Transport(filesystem.Transport):
    """What `broker_transport` names in the embedded default."""

    Channel = Channel

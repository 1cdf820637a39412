"""The embedded broker: a message is read whole or not at all, however busy the folder is."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty

from kombu import Connection

from backoffice import embedded
from backoffice.embedded import celery_folders

MANY = 100


def test_a_message_is_never_read_before_it_is_whole(tmp_path: Path) -> None:
    way = {"transport": "backoffice.spool:Transport", "transport_options": celery_folders(tmp_path)}
    with Connection("filesystem://", **way) as broker:
        here, there = broker.channel(), broker.channel()
        read: list[int] = []

        def reads() -> None:
            while len(read) < MANY:
                try:
                    read.append(there._get("celery")["number"])
                except Empty:
                    continue

        reader = threading.Thread(target=reads)
        reader.start()
        for number in range(MANY):
            here._put("celery", {"number": number, "body": "x" * 20_000})
        reader.join(timeout=30)
        assert sorted(read) == list(range(MANY))


def test_the_embedded_default_uses_it(tmp_path: Path) -> None:
    shown = "from backoffice.celery import app; print(app.connection().transport_cls)"
    ended = subprocess.run(
        [sys.executable, "-c", shown],
        cwd=Path(embedded.__file__).parents[1],
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == "backoffice.spool:Transport"

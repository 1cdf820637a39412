"""The embedded broker: a message is read whole or not at all, however busy the folder is."""

import threading
from pathlib import Path
from queue import Empty

from django.conf import settings
from kombu import Connection

from backoffice.celery import app
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


def test_the_embedded_default_uses_it() -> None:
    assert settings.CELERY_BROKER_URL.startswith("filesystem:")
    assert app.connection().transport_cls == "backoffice.spool:Transport"

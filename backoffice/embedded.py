"""What the embedded default keeps under `var/`: its folders and its own random keys."""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import TypedDict


class Keys(TypedDict):
    """`secret_key` signs sessions; `field_keys` seal fields, newest first (32 bytes, base64)."""

    secret_key: str
    field_keys: list[str]


def new_field_key() -> str:
    """A random key for sealed fields: 32 bytes in URL-safe base64, as FIELD_KEYS takes them."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def development_keys(var: Path) -> Keys:
    """The keys in `var/keys.json`, made there (mode 0600) the first time.

    Two processes that start together agree: the first complete file wins.
    """
    path = var / "keys.json"
    if not path.exists():
        draft = var / f"keys.{os.getpid()}.{secrets.token_hex(4)}"
        keys = Keys(secret_key=secrets.token_urlsafe(48), field_keys=[new_field_key()])
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(json.dumps(keys, indent=1) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its keys hold
        finally:
            draft.unlink()
    found: Keys = json.loads(path.read_text())
    return found


def celery_folders(var: Path) -> dict[str, str | float]:
    """Kombu's filesystem transport over `var/celery`: one folder in and out, polled 20 times a
    second (stack.md 3)."""
    messages, control = var / "celery" / "messages", var / "celery" / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(control),
        "polling_interval": 0.05,
    }

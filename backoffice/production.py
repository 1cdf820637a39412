"""What production refuses to start with: said once, all of it, before anything is guessed."""

import base64
import binascii
from collections.abc import Mapping

REQUIRED = ("ALLOWED_HOSTS", "CELERY_BROKER_URL", "DATABASE_URL", "DJANGO_SECRET_KEY", "FIELD_KEYS")
YES = ("1", "true", "yes", "on", "y", "ok", "t")


def refusals(environment: Mapping[str, str]) -> list[str]:
    """Every reason not to start in production with these variables; empty when it may start.

    Values are never repeated in the text: they may be secrets.
    """
    missing = [name for name in REQUIRED if not environment.get(name, "").strip()]
    found = [f"these must be set: {', '.join(missing)}"] if missing else []
    allowed = environment.get("ALLOW_SQLITE", "").lower() in YES
    if environment.get("DATABASE_URL", "").startswith("sqlite:") and not allowed:
        found.append("DATABASE_URL must name PostgreSQL (or set ALLOW_SQLITE=1 knowingly)")
    if not all(map(_is_field_key, environment.get("FIELD_KEYS", "").split(","))):
        found.append("FIELD_KEYS must be 32 random bytes each, in URL-safe base64")
    if environment.get("CLOCK_SHIFT_S", "0").strip() not in ("", "0"):
        found.append("CLOCK_SHIFT_S is for drills only")
    if environment.get("POWEROFFICE_SANDBOX_URL", "").strip():
        found.append("POWEROFFICE_SANDBOX_URL is for the sandbox only")
    if environment.get("POWEROFFICE_ENV", "live") not in ("live", "demo"):
        found.append("POWEROFFICE_ENV must be live or demo")
    return found


def _is_field_key(text: str) -> bool:
    if not text.strip():
        return True  # an empty FIELD_KEYS is named among the missing
    try:
        return len(base64.b64decode(text.strip(), altchars=b"-_", validate=True)) == 32
    except binascii.Error:
        return False

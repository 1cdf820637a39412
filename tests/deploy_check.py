"""`python -m tests.deploy_check`: Django's own deployment checks, on settings as in production."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from backoffice.embedded import new_field_key


def production_environment() -> dict[str, str]:
    """An environment that production starts with; nothing listens where it points."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_DEBUG": "0",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": new_field_key(),
        "ALLOWED_HOSTS": "backoffice.example.no",
        "DATABASE_URL": "postgres://backoffice:secret@db.example.no:5432/backoffice",
        "CELERY_BROKER_URL": "redis://redis.example.no:6379/0",
    }


def main() -> int:
    """The exit code of `check --deploy`, where a warning counts as a failure."""
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        [sys.executable, *command],
        cwd=Path(__file__).parent.parent,
        env=production_environment(),
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())

"""The settings under test: fast, and without a trace in the project's own `var/`.

SQLite in a folder of its own that goes with the process; DATABASE_URL, CELERY_BROKER_URL and
REDIS_URL are respected when given (`python -m tests.services` gives them).
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="backoffice-tests-")
_owner = os.getpid()


@atexit.register
def _remove_folder() -> None:
    if os.getpid() == _owner:  # not when a forked child ends
        shutil.rmtree(_folder, ignore_errors=True)


os.environ["VAR_DIR"] = _folder
os.environ["DJANGO_DEBUG"] = "1"

# Tests that run side by side share the Redis server, not what lies in it (log-in throttling, queues).
_worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
if _worker:
    for _name in ("CELERY_BROKER_URL", "REDIS_URL"):
        if os.environ.get(_name, "").startswith("redis"):
            os.environ[_name] = f"{os.environ[_name].rsplit('/', 1)[0]}/{int(_worker) + 1}"

from backoffice.settings import *  # noqa: E402, F403  # the folder must be known first
from backoffice.settings import DATABASES, INSTALLED_APPS, REDIS_URL  # noqa: E402

DEBUG = False
INSTALLED_APPS = ["tests.flushing", *INSTALLED_APPS]
EXPORT_SENDERS = 1  # in the test's own thread, and so in its transaction
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SITE_URL = "http://testserver"  # the host that the test client asks
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of a live server and other processes see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    # Nor does anybody miss these rows after a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
if not REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

"""One module of settings from the environment: it works on an empty one, under `var/`.

With DJANGO_DEBUG off nothing is guessed: everything missing is named in one refusal. The names
that can be set, with their defaults, stand in `.env.example`; a test holds the two together.
"""

import logging
import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from backoffice import embedded, logs, production
from backoffice.browser_settings import *  # noqa: F403  # what no environment changes
from backoffice.login_settings import *  # noqa: F403  # as above

env = environ.Env()
env.ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}  # empty = unset

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG: bool = env.bool("DJANGO_DEBUG", default=True)

# --- Keys and places: guessed only while DEBUG is on

if DEBUG:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _keys = embedded.development_keys(VAR_DIR)
    SECRET_KEY: str = env.str("DJANGO_SECRET_KEY", default=_keys["secret_key"])
    FIELD_KEYS: list[str] = env.list("FIELD_KEYS", default=_keys["field_keys"])
    ALLOWED_HOSTS: list[str] = env.list(
        "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]
    )
    _database = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
    CELERY_BROKER_URL: str = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
else:
    if refusals := production.refusals(env.ENVIRON):
        raise ImproperlyConfigured("DJANGO_DEBUG is off, so: " + "; ".join(refusals) + ".")
    SECRET_KEY = env.str("DJANGO_SECRET_KEY")
    FIELD_KEYS = env.list("FIELD_KEYS")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    _database = env.db_url("DATABASE_URL")
    CELERY_BROKER_URL = env.str("CELERY_BROKER_URL")

# --- Database

if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;",
    }
else:
    _database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
DATABASES: dict[str, dict[str, Any]] = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery: a doorbell; the truth is in the database

CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING below is for tasks too
CELERY_TIMEZONE = "Europe/Oslo"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # in memory: what is due stands in the database
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT = "backoffice.spool:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = embedded.celery_folders(VAR_DIR)
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT}

TICK_S: int = env.int("TICK_S", default=60)
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "integrations.exports.tasks.tick",
        "schedule": float(TICK_S),
        "options": {"expires": TICK_S},  # a stopped worker's ticks do not pile up
    },
    "read-waiting": {
        "task": "integrations.pos.tasks.read_waiting",
        "schedule": float(TICK_S),
        "options": {"expires": TICK_S},
    },
}

# --- Cache: log-in throttling must be shared between processes

REDIS_URL: str = env.str(
    "REDIS_URL", default=CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else ""
)
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "backoffice",
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
    }
}

# --- Apps

INSTALLED_APPS = [
    "backoffice",
    "accounting.company",
    "accounting.books",
    "integrations.pos",
    "integrations.exports",
    "integrations.poweroffice",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_structlog",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backoffice.logs.RequestLog",
    "backoffice.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backoffice.middleware.RightsEnd",
    "backoffice.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backoffice.middleware.IdleEnd",
    "backoffice.middleware.SecondFactorFirst",
    "backoffice.middleware.NotAllowedInWords",
]
ROOT_URLCONF = "backoffice.urls"
WSGI_APPLICATION = "backoffice.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backoffice.context.company",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("bootstrap5",)
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Log-in: by e-mail, by invitation only

ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEBUG else "https"
SESSION_IDLE_S: int = env.int("SESSION_IDLE_S", default=30 * 60)
# Proxies in front of us: how many of them X-Forwarded-For can be believed about.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXIES", default=0)

# --- Language, time and formats

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["backoffice.formats"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# --- Files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
if DEBUG:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
else:
    _static = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR_DIR / "uploads"
INTAKE_DIR = VAR_DIR / "intake"  # files from tills, until they are read; web and worker share it
UPLOAD_MAX_BYTES: int = env.int("UPLOAD_MAX_BYTES", default=500 * 1000**2)
INTAKE_PER_MINUTE: int = env.int("INTAKE_PER_MINUTE", default=30)
INTAKE_WAIT_S: int = env.int("INTAKE_WAIT_S", default=20)
UPLOAD_UNPACKED_MAX_BYTES: int = env.int("UPLOAD_UNPACKED_MAX_BYTES", default=2 * 1000**3)

# --- E-mail

# In development letters are files, and /utvikling/epost/ shows them.
EMAIL_CONFIG: dict[str, Any] = env.email_url(
    "EMAIL_URL", default="filemail://" if DEBUG else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
MAIL_DIR = EMAIL_FILE_PATH = VAR_DIR / "mail"
# Where the links in letters lead: never where the Host header of whoever asked says.
SITE_URL: str = env.str(
    "SITE_URL",
    default="http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
).rstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Backoffice <backoffice@localhost>")

# --- Logs, and what machines may ask for

LOG_FORMAT: logs.Form = env.str("LOG_FORMAT", default="plain" if DEBUG else "json")
LOGGING = logs.settings_for(LOG_FORMAT)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # the end of a request tells it all
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO  # somebody asked wrongly: that is no alarm

HEARTBEAT_FILE: str = env.str("HEARTBEAT_FILE", default="")  # touched by worker and beat
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

# --- Security

DEFAULT_EXCEPTION_REPORTER_FILTER = "backoffice.reports.Discreet"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Kontooppsett sends up to three a row, of many rows
if not DEBUG:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    CSRF_COOKIE_HTTPONLY = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^helse(/klar)?$", r"^metrics$"]  # asked from beside us
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Exporting (seconds); drills shorten them

EXPORT_LEASE_S: int = env.int("EXPORT_LEASE_S", default=120)
EXPORT_DEADLINE_S: int = env.int("EXPORT_DEADLINE_S", default=30)
EXPORT_QUIET_S: int = env.int("EXPORT_QUIET_S", default=900)
EXPORT_PROBE_GAP_S: int = env.int("EXPORT_PROBE_GAP_S", default=120)
EXPORT_GIVE_UP_S: int = env.int("EXPORT_GIVE_UP_S", default=86_400)
EXPORT_READ_BACK_S: int = env.int("EXPORT_READ_BACK_S", default=120)
EXPORT_FOLLOW_S: int = env.int("EXPORT_FOLLOW_S", default=3600)
EXPORT_BACKOFF_S: list[int] = env.list(
    "EXPORT_BACKOFF_S", cast=int, default=[60, 120, 300, 900, 1800, 3600]
)
# How many companies a worker sends for at once; SQLite takes one writer at a time.
EXPORT_SENDERS: int = env.int(
    "EXPORT_SENDERS", default=1 if _database["ENGINE"].endswith("sqlite3") else 4
)
EXPORT_CALLS_PER_SECOND: int = env.int("EXPORT_CALLS_PER_SECOND", default=10)
CLOCK_SHIFT_S: int = env.int("CLOCK_SHIFT_S", default=0)

# --- PowerOffice Go

ACCOUNTING_PROVIDERS = {"poweroffice": "integrations.poweroffice.provider.PowerOffice"}
POWEROFFICE_ENV: str = env.str("POWEROFFICE_ENV", default="sandbox" if DEBUG else "live")
POWEROFFICE_SANDBOX_URL: str = env.str("POWEROFFICE_SANDBOX_URL", default="")
POWEROFFICE_SUBSCRIPTION_KEY: str = env.str("POWEROFFICE_SUBSCRIPTION_KEY", default="")

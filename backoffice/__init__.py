"""The front door: settings, log-in, addresses and look. It sees every room; no room sees it."""

from backoffice.celery import app as celery_app

__all__ = ["celery_app"]

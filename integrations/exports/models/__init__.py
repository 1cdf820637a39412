"""The way out, as rows: where to, from which day, when, what, every attempt, and who is told.

The database is the truth and Celery the doorbell: whatever must survive a crash stands here.
"""

from integrations.exports.models.connecting import Connection, ExportStart
from integrations.exports.models.outgoing import Attempt, Export
from integrations.exports.models.running import ExportRun, ExportSlot
from integrations.exports.models.telling import Recipient, Told, ToldStop

__all__ = [
    "Attempt",
    "Connection",
    "Export",
    "ExportRun",
    "ExportSlot",
    "ExportStart",
    "Recipient",
    "Told",
    "ToldStop",
]

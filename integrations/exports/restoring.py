"""After a backup was put back: what may have been sent since it was taken is looked for before any send.

The rows know nothing of what happened after the backup, but a mark follows from the document alone: the
draft of a lost send is found under the very mark that the new send would carry (reliability.md 2.4, 83).
"""

from datetime import datetime

from django.db import transaction

from integrations.exports import outbox, restored
from integrations.exports.models import Connection, Export
from integrations.exports.states import State


def begin(now: datetime) -> tuple[int, int]:
    """Doubt everything that was closed before now; give how many connections and exports that touches.

    Every connection is due for a sweep. Safe to repeat.
    """
    with transaction.atomic():
        connections = Connection.objects.update(restored_at=now, swept_at=None)
        for export in Export.objects.select_for_update().filter(state=State.SENDING):
            outbox.close_open(export, now)
        in_doubt = Export.objects.filter(state__in=[State.SENDING, State.UNCERTAIN]).update(
            state=State.UNCERTAIN,
            lease=None,
            lease_until=None,
            doubted_at=now,
            not_before=now,
            probes=0,
            changed_at=now,
        )
    return connections, in_doubt + doubt(now)


def doubt(now: datetime) -> int:
    """Turn what is READY and may lie over there since before a restore into a question.

    What is built later from files that come again is met here too: it was closed before the restore.
    """
    rows = Export.objects.filter(state=State.READY).exclude(restored.looked_for())
    return Export.objects.filter(pk__in=rows.values("pk"), state=State.READY).update(
        state=State.UNCERTAIN, doubted_at=now, not_before=now, probes=0, changed_at=now
    )

"""Which exports may lie over there unknown to us since a backup was put back (restoring.py)."""

from django.db.models import Exists, F, OuterRef, Q

from integrations.exports.models import Attempt

_RESTORED = "company__connections__restored_at"


def looked_for() -> Q:
    """Say of an export that nothing of before a restore is open: closed later, or tried since."""
    since = Attempt.objects.filter(export=OuterRef("pk"), started_at__gte=OuterRef(_RESTORED))
    later = Q(settlement__closed_at__gte=F(_RESTORED))
    return Q(**{_RESTORED: None}) | later | Q(Exists(since))

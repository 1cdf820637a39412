"""Which delivered files belong to the years before a day (backoffice/forgetting.py).

The file itself is gone once it is read; its row holds its name, who brought it, and what was found.
"""

from datetime import datetime

from django.db.models import QuerySet

from accounting.company.models import Company
from integrations.pos.models import IntakeFile


def files_before(company: Company, moment: datetime) -> QuerySet[IntakeFile]:
    """Give the files that came before the moment and are read."""
    rows = IntakeFile.objects.filter(company=company, received_at__lt=moment)
    return rows.exclude(state=IntakeFile.WAITING)

"""Keys that open, until a person has confirmed whose they are: sealed in the session, ten minutes.

Nothing is kept in the database meanwhile. The seal is bound to the company, so that a session cannot
carry keys from one company to another (reliability.md 2.4, 60 and 67).
"""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.views.decorators.debug import sensitive_variables

from accounting.company.models import Company
from integrations.poweroffice.connect import Opened
from integrations.poweroffice.hosts import Keys
from integrations.secrets import CannotUnseal, seal, unseal

NAME = "poweroffice-keys"
LASTS = timedelta(minutes=10)


@sensitive_variables()
def lay_aside(session: SessionBase, company: Company, opened: Opened, now: datetime) -> None:
    """Keep the keys in the person's session until they are taken or ten minutes have passed."""
    sealed = seal(json.dumps(asdict(opened)), _place(company))
    until = (now + LASTS).isoformat()
    session[NAME] = {"company": company.org_no, "until": until, "keys": sealed}


@sensitive_variables()
def waiting(session: SessionBase, company: Company, now: datetime) -> Opened | None:
    """Give the keys that wait for this company; None where none do, or no longer."""
    held = session.get(NAME)
    if held is None or held["company"] != company.org_no:
        return None
    if datetime.fromisoformat(held["until"]) <= now:
        forget(session)
        return None
    try:
        found = json.loads(unseal(held["keys"], _place(company)))
    except CannotUnseal:  # the keys were rotated meanwhile: as if the time were up
        forget(session)
        return None
    return Opened(**{**found, "keys": Keys(**found["keys"])})


def forget(session: SessionBase) -> None:
    """Drop the keys that wait, if any do."""
    session.pop(NAME, None)


def _place(company: Company) -> str:
    return f"poweroffice.waiting.{company.org_no}"

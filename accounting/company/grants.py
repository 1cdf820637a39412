"""Rights that SuperAdmin grants: asked for, granted for a time, declined, withdrawn.

Every change stands in the activity log and logs the person out everywhere.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounting import clock
from accounting.company import audit
from accounting.company.models import Company, Grant, GrantRequest
from accounting.company.people import rights_changed
from accounting.company.queries import role_in
from accounting.company.records import Refused
from accounting.company.roles import Right, has_use_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import QuerySet


@transaction.atomic
def grant(
    company: Company,
    user: "AbstractBaseUser",
    right: Right,
    *,
    actor: "AbstractBaseUser",
    until: datetime | None = None,
) -> Grant:
    """Give a right, or move its end; answers the person's open request. `until` None has no end.

    Raises Refused for oneself, for a person whose role has no use for it, and for an end that is past.
    """
    now = clock.now()
    _may_have(company, user, right)
    if user.pk == actor.pk:
        raise Refused(_("Du kan ikke gi deg selv tillatelse."))
    if until is not None and until <= now:
        raise Refused(_("Velg en dato frem i tid, eller la feltet stå tomt."))
    before = _said(Grant.objects.filter(company=company, user_id=user.pk, right=right).first())
    given, _new = Grant.objects.update_or_create(
        company=company,
        user_id=user.pk,
        right=right,
        defaults={"granted_by_id": actor.pk, "granted_at": now, "until": until},
    )
    open_one = _open(company, user, right).select_for_update().first()
    _answer(open_one, actor, now, approved=True)
    _note(company, "right-granted", user, actor, before, _said(given))
    rights_changed(user)
    return given


@transaction.atomic
def withdraw(
    company: Company, user: "AbstractBaseUser", right: Right, *, actor: "AbstractBaseUser"
) -> bool:
    """Take a right back at once. False when the person did not have it."""
    given = Grant.objects.filter(company=company, user_id=user.pk, right=right).first()
    if given is None:
        return False
    before = _said(given)
    given.delete()
    _note(company, "right-withdrawn", user, actor, before, None)
    rights_changed(user)
    return True


@transaction.atomic
def request_grant(
    company: Company, user: "AbstractBaseUser", right: Right, reason: str = ""
) -> GrantRequest:
    """Ask SuperAdmin for a right. Asking again while one waits gives that one, with the new reason.

    Raises Refused for a person whose role has no use for it.
    """
    _may_have(company, user, right)
    said = reason.strip()
    asked, new = GrantRequest.objects.select_for_update().get_or_create(
        company=company,
        user_id=user.pk,
        right=right,
        answered_at=None,
        defaults={"reason": said, "asked_at": clock.now()},
    )
    if not new and said in {"", asked.reason}:
        return asked
    before = None if new else _wish(asked)
    asked.reason = said
    asked.save(update_fields=["reason"])
    _note(company, "right-asked-for", user, user, before, _wish(asked))
    return asked


@transaction.atomic
def decline(asked: GrantRequest, answer: str, *, actor: "AbstractBaseUser") -> None:
    """Say no, and why. Raises Refused without a reason, or when the request has its answer."""
    if not answer.strip():
        raise Refused(_("Skriv hvorfor. Den som spurte, ser svaret."))
    asked = GrantRequest.objects.select_for_update().get(pk=asked.pk)
    if asked.answered_at is not None:
        raise Refused(_("Forespørselen er besvart fra før."))
    _answer(asked, actor, clock.now(), approved=False, answer=answer.strip())
    after = {"right": asked.right, "answer": asked.answer}
    _note(asked.company, "right-declined", asked.user, actor, None, after)


def waiting_request(
    company: Company, user: "AbstractBaseUser", right: Right
) -> GrantRequest | None:
    """Give the person's open request, if there is one."""
    return _open(company, user, right).first()


def _may_have(company: Company, user: "AbstractBaseUser", right: Right) -> None:
    role = role_in(company, user)
    if role is None or not has_use_for(role, right):
        raise Refused(_("Bare daglig leder i selskapet kan ha denne tillatelsen."))


def _open(company: Company, user: "AbstractBaseUser", right: Right) -> "QuerySet[GrantRequest]":
    rows = GrantRequest.objects.filter(company=company, user_id=user.pk, right=right)
    return rows.filter(answered_at=None)


def _answer(
    asked: GrantRequest | None,
    actor: "AbstractBaseUser",
    now: datetime,
    *,
    approved: bool,
    answer: str = "",
) -> None:
    if asked is None:
        return
    asked.answered_at, asked.approved, asked.answer = now, approved, answer
    asked.answered_by_id = actor.pk
    asked.save(update_fields=["answered_at", "answered_by", "approved", "answer"])


def _wish(asked: GrantRequest) -> dict[str, str]:
    return {"right": asked.right} | ({"reason": asked.reason} if asked.reason else {})


def _said(given: Grant | None) -> dict[str, str | None] | None:
    if given is None:
        return None
    until = given.until.isoformat() if given.until else None
    return {"right": given.right, "until": until}


def _note(
    company: Company,
    action: str,
    user: "AbstractBaseUser",
    actor: "AbstractBaseUser",
    before: object,
    after: object,
) -> None:
    name = user.get_username()
    audit.note(company, action, name, actor=actor, before=before, after=after)

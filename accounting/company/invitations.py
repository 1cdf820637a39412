"""Invitations: a link by e-mail gives whoever opens it a role, once, within a week.

The link's token is 256 random bits and is kept by nobody: the table holds its digest.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from accounting import clock
from accounting.company import audit
from accounting.company.models import Company, Invitation
from accounting.company.people import rights_changed
from accounting.company.queries import role_in
from accounting.company.records import Refused, give_role
from accounting.company.roles import Permission, Role, may

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LASTS = timedelta(days=7)


@transaction.atomic
def invite(
    company: Company | None, email: str, role: Role, *, actor: "AbstractBaseUser"
) -> tuple[Invitation, str]:
    """Invite an address; gives the row, and the token that its link carries.

    An earlier invitation of the address to the same company stops working. Without a company the role
    is SuperAdmin. Raises Refused when `actor` may not give the role, or the address has one already.
    """
    address = email.strip().lower()
    get_user_model().objects.select_for_update().get(pk=actor.pk)  # a double click: one waits
    _may_give(company, role, actor)
    _has_no_role_yet(company, address, actor)
    now, token = clock.now(), secrets.token_urlsafe(32)
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    waiting.filter(company=company, email=address).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        company=company,
        email=address,
        role=role.value,
        token_digest=_digest(token),
        invited_by_id=actor.pk,
        invited_at=now,
        expires_at=now + LASTS,
    )
    audit.note(company, "person-invited", address, actor=actor, after={"role": role.value})
    return invitation, token


@transaction.atomic
def take_back(invitation: Invitation, *, actor: "AbstractBaseUser") -> None:
    """Withdraw an invitation. Raises Refused when it was accepted or withdrawn before."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.withdrawn_at:
        raise Refused(_("Invitasjonen er brukt eller trukket tilbake fra før."))
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    audit.note(row.company, "invitation-withdrawn", row.email, actor=actor)


def open_invitation(token: str) -> Invitation:
    """Give the invitation that the token opens. Raises Refused, with the reason, when none does."""
    rows = Invitation.objects.select_related("company", "invited_by")
    return _usable(rows.filter(token_digest=_digest(token)).first(), clock.now())


@transaction.atomic
def accept(token: str, user: "AbstractBaseUser") -> Invitation:
    """Give the person the role they were invited to; their other sessions end.

    Raises Refused when the invitation can no longer be used, or was sent to another address.
    """
    rows = Invitation.objects.select_for_update().filter(token_digest=_digest(token))
    now = clock.now()
    invitation = _usable(rows.first(), now)
    if user.get_username().lower() != invitation.email:
        raise Refused(_("Invitasjonen er sendt til en annen e-post."))
    _give(invitation, user)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    audit.note(invitation.company, "invitation-accepted", invitation.email, actor=user)
    return invitation


def _give(invitation: Invitation, user: "AbstractBaseUser") -> None:
    if invitation.company is None:
        people = get_user_model().objects.filter(pk=user.pk)
        people.update(is_superuser=True, is_staff=True)
    else:
        role, inviter = Role(invitation.role), invitation.invited_by
        give_role(invitation.company, user, role, actor=inviter)
    rights_changed(user)


def _usable(invitation: Invitation | None, now: datetime) -> Invitation:
    if invitation is None:
        raise Refused(_("Lenken er ikke hel. Åpne den fra e-posten en gang til."))
    if invitation.accepted_at:
        raise Refused(_("Invitasjonen er brukt. Du kan logge inn som vanlig."))
    if invitation.withdrawn_at:
        raise Refused(_("Invitasjonen er trukket tilbake eller erstattet av en nyere."))
    if invitation.expires_at <= now:
        raise Refused(_("Invitasjonen er for gammel. Be den som inviterte deg om en ny."))
    return invitation


def _may_give(company: Company | None, role: Role, actor: "AbstractBaseUser") -> None:
    """SuperAdmin gives every role; a manager invites accountants to their own company."""
    if (role is Role.SUPERADMIN) != (company is None):
        raise Refused(_("SuperAdmin inviteres uten selskap, alle andre til ett."))
    own = role_in(company, actor) if company else None
    allowed = getattr(actor, "is_superuser", False) or (
        role is Role.ACCOUNTANT and own is not None and may(own, Permission.INVITE_ACCOUNTANTS)
    )
    if not allowed:
        raise Refused(_("Du kan ikke gi denne rollen. Spør support."))


def _has_no_role_yet(company: Company | None, address: str, actor: "AbstractBaseUser") -> None:
    """Refuse whoever has one. Who is SuperAdmin is told to SuperAdmin alone, so a manager may ask."""
    known = get_user_model().objects.filter(email=address).first()
    if known is None:
        return
    member = company is not None and company.memberships.filter(user=known.pk).exists()
    if member or (known.is_superuser and getattr(actor, "is_superuser", False)):
        raise Refused(_("%(email)s har tilgang fra før.") % {"email": address})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""The front door's pages: log-in, password, second factor, invitation, setting up; and the admin site."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core import mail
from django.core.mail.backends.filebased import EmailBackend

from accounting.company import invitations
from accounting.company.models import Company, Invitation
from accounting.company.roles import Role
from backoffice import invitation_mail
from backoffice.models import User
from integrations.exports.models import Export
from tests import build

Pages = dict[str, tuple[str, User | None]]


def door_pages(busy: Company) -> Pages:
    """Give the pages by name; None is whoever is not logged in. `busy` is the company of scene.py."""
    kari, rolf, support = (
        User.objects.get(email=f"{name}@example.no") for name in ("kari", "rolf", "support")
    )
    invited, token = invitations.invite(busy, "nykommer@example.no", Role.MANAGER, actor=support)
    _, known = invitations.invite(busy, "siv@example.no", Role.MANAGER, actor=support)
    siv = build.a_person("siv@example.no")
    RecoveryCodes.activate(kari)
    _letter(invited, token)
    forgot = f"{user_pk_to_url_str(rolf)}-{default_token_generator.make_token(rolf)}"
    return {
        "door-login": ("/konto/logg-inn/", None),
        "door-closed": ("/konto/ny/", None),
        "door-inactive": ("/konto/stengt/", None),
        "door-forgot": ("/konto/passord/glemt/", None),
        "door-forgot-sent": ("/konto/passord/glemt/sendt/", None),
        "door-code": ("/konto/logg-inn/", None),
        "door-new-password": (f"/konto/passord/nytt/{forgot}/", None),
        "door-new-password-link-old": ("/konto/passord/nytt/1-abc/", None),
        "door-new-password-done": ("/konto/passord/nytt/ferdig/", None),
        "door-invited": (f"/konto/invitasjon/{token}/", None),
        "door-invited-known": (f"/konto/invitasjon/{known}/", None),
        "door-invited-accept": (f"/konto/invitasjon/{known}/", siv),
        "door-invited-other": (f"/konto/invitasjon/{known}/", rolf),
        "door-invited-old": ("/konto/invitasjon/abc/", None),
        "door-password": ("/konto/passord/", rolf),
        "door-log-out": ("/konto/logg-ut/", rolf),
        "door-confirm": ("/konto/bekreft/", rolf),
        "door-second-factor": ("/konto/totrinn/", kari),
        "door-second-factor-none": ("/konto/totrinn/", rolf),
        "door-second-factor-new": ("/konto/totrinn/app/", rolf),
        "door-second-factor-off": ("/konto/totrinn/app/fjern/", kari),
        "door-second-factor-confirm": ("/konto/totrinn/bekreft/", kari),
        "door-codes": ("/konto/totrinn/reserve/", kari),
        "door-new-codes": ("/konto/totrinn/reserve/nye/", kari),
        "error-404": ("/finnes-ikke/", rolf),
        "error-403": ("/vist/403/", rolf),
        "error-429": ("/vist/429/", rolf),
        "error-500": ("/vist/500/", rolf),
        "mail": ("/utvikling/epost/", support),
        **_admin(busy, support),
    }


def _letter(invitation: Invitation, token: str) -> None:
    """The invitation, where development keeps its mail."""
    invitation_mail.send(invitation, token)
    EmailBackend(file_path=settings.MAIL_DIR).send_messages(mail.outbox)


def _admin(busy: Company, support: User) -> Pages:
    stopped = Export.objects.filter(company=busy, state="BLOCKED").first()
    places = {
        "admin": "/admin/",
        "admin-exports": "/admin/exports/export/",
        "admin-export": f"/admin/exports/export/{stopped.pk}/change/",
        "admin-settlement": f"/admin/books/settlement/{stopped.settlement_id}/change/",
        "admin-connections": f"/admin/exports/connection/{busy.connections.get().pk}/change/",
        "admin-log": "/admin/company/auditentry/",
        "admin-user": f"/admin/backoffice/user/{support.pk}/change/",
    }
    return {name: (address, support) for name, address in places.items()}

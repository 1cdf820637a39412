"""The front door's pages: log-in, password, second factor, invitation, setting up; and the admin site."""

from accounting.company import invitations
from accounting.company.models import Company
from accounting.company.roles import Role
from backoffice.models import User
from integrations.exports.models import Export
from tests import build

Pages = dict[str, tuple[str, User | None]]


def door_pages(busy: Company) -> Pages:
    """Give the pages by name; None is whoever is not logged in. `busy` is the company of scene.py."""
    kari, rolf, support = (
        User.objects.get(email=f"{name}@example.no") for name in ("kari", "rolf", "support")
    )
    _, token = invitations.invite(busy, "nykommer@example.no", Role.MANAGER, actor=support)
    _, known = invitations.invite(busy, "siv@example.no", Role.MANAGER, actor=support)
    build.a_person("siv@example.no")
    return {
        "door-login": ("/konto/logg-inn/", None),
        "door-closed": ("/konto/ny/", None),
        "door-inactive": ("/konto/stengt/", None),
        "door-forgot": ("/konto/passord/glemt/", None),
        "door-forgot-sent": ("/konto/passord/glemt/sendt/", None),
        "door-new-password-link-old": ("/konto/passord/nytt/1-abc/", None),
        "door-new-password-done": ("/konto/passord/nytt/ferdig/", None),
        "door-invited": (f"/konto/invitasjon/{token}/", None),
        "door-invited-known": (f"/konto/invitasjon/{known}/", None),
        "door-invited-old": ("/konto/invitasjon/abc/", None),
        "door-password": ("/konto/passord/", rolf),
        "door-log-out": ("/konto/logg-ut/", rolf),
        "door-confirm": ("/konto/bekreft/", rolf),
        "door-second-factor": ("/konto/totrinn/", kari),
        "door-second-factor-none": ("/konto/totrinn/", rolf),
        "door-second-factor-new": ("/konto/totrinn/app/", rolf),
        "door-second-factor-off": ("/konto/totrinn/app/fjern/", kari),
        "door-second-factor-confirm": ("/konto/totrinn/bekreft/", kari),
        "door-new-codes": ("/konto/totrinn/reserve/nye/", kari),
        "door-404": ("/finnes-ikke/", rolf),
        **_admin(busy, support),
    }


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

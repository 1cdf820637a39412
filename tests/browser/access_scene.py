"""People, rights and SuperAdmin's pages with something in every part of them, for screenshots and axe."""

from accounting.company import grants, invitations, records
from accounting.company.models import Company
from accounting.company.roles import Right, Role
from backoffice.models import User
from tests import build

Pages = dict[str, tuple[str, User]]


def access_pages(busy: Company) -> Pages:
    """Give the pages by name; `busy` is the company of scene.py, with Kari, Rolf and the support."""
    support = User.objects.get(email="support@example.no")
    kari, rolf = (User.objects.get(email=f"{name}@example.no") for name in ("kari", "rolf"))
    build.with_grant(busy, kari)
    ida = build.a_manager(busy, "ida.manager@example.no")
    User.objects.filter(pk=ida.pk).update(name="Ida M.")
    grants.request_grant(busy, ida, Right.POWEROFFICE, "Kari er i permisjon til januar")
    _answered(busy, support)
    invitations.invite(busy, "ny.regnskapsforer@example.no", Role.ACCOUNTANT, actor=support)
    invitations.invite(None, "kollega@example.no", Role.SUPERADMIN, actor=support)
    many = _many_clients()
    off = Company.objects.get(org_no="900000002")
    records.switch_accounting(off, on=False, actor=support)
    root, system = f"/s/{busy.org_no}", "/system/selskaper"
    return {
        "members": (f"{root}/oppsett/tilganger/", kari),
        "members-asked": (f"{root}/oppsett/tilganger/", ida),
        "members-accountant": (f"{root}/oppsett/tilganger/", rolf),
        "members-remove": (f"{root}/oppsett/tilganger/{rolf.pk}/fjern/", kari),
        "log": (f"{root}/logg/", kari),
        "log-none": (f"{root}/logg/?sok=finnes-ikke", rolf),
        "all-companies": ("/?alle=1", many),
        "switcher": ("/s/900000003/oversikt/", many),
        "system-companies": (f"{system}/", support),
        "system-new": (f"{system}/nytt/", support),
        "system-company": (f"{system}/{busy.org_no}/", support),
        "system-company-off": (f"{system}/{off.org_no}/", support),
        "system-person": (f"{system}/{busy.org_no}/personer/{ida.pk}/", support),
        "system-person-accountant": (f"{system}/{busy.org_no}/personer/{rolf.pk}/", support),
        "system-remove": (f"{system}/{busy.org_no}/personer/{ida.pk}/fjern/", support),
        "system-grants": ("/system/tillatelser/", support),
        "system-support": ("/system/support/", support),
        "system-operation": ("/system/drift/", support),
    }


def _answered(busy: Company, support: User) -> None:
    """One request that was declined."""
    lars = build.a_manager(busy, "lars@example.no")
    asked = grants.request_grant(busy, lars, Right.POWEROFFICE)
    grants.decline(asked, "Kari har tillatelsen. Snakk med henne.", actor=support)


def _many_clients() -> User:
    """An accountant with fifteen clients."""
    user = build.a_person("mona@example.no", "Mona M.")
    names = ("Havnekiosken", "Bakeriet på hjørnet", "Sjøboden", "Torgcafeen", "Fjellstua")
    for i in range(15):
        company = Company.objects.create(  # numbers that nobody has
            org_no=f"{900000000 + i}", name=f"{names[i % 5]} {i + 1} AS", accounting_enabled=True
        )
        records.give_role(company, user, Role.ACCOUNTANT)
    return user

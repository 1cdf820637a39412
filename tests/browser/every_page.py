"""Every page of the house, once: what screenshots are taken of and what axe looks at.

A busy company, a fresh one, one half set up, and one with something to decide; each page by its name,
with its address and the person who looks at it.
"""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from accounting.company.models import Company
from backoffice.models import User
from integrations.exports.models import Export
from integrations.exports.states import State
from integrations.pos.models import IntakeFile
from tests import build
from tests.browser.access_scene import access_pages
from tests.browser.change_scene import changed_pages
from tests.browser.decisions_scene import a_company_to_decide_for
from tests.browser.door_scene import Pages, door_pages
from tests.browser.scene import a_busy_company, a_read_file


def every_page() -> Pages:
    """Make three companies, and give each page by name with the person who looks at it."""
    busy = a_busy_company()
    kari = User.objects.get(email="kari@example.no")
    rolf = User.objects.get(email="rolf@example.no")
    fresh = build.a_company("974760673", "Torvkaffe AS")
    ola = build.a_manager(fresh, "ola@example.no")
    half = build.a_company("811111112", "Havnekaffe AS")
    a_read_file(half)
    build.a_connection(half, start=None)
    liv = build.a_manager(half, "liv@example.no")
    return {
        "front": ("/?alle=1", kari),
        **_of(busy, kari),
        "accountant-keys": (f"/s/{busy.org_no}/oppsett/integrasjoner/poweroffice/nokler/", rolf),
        "accountant-poweroffice": (f"/s/{busy.org_no}/oppsett/integrasjoner/poweroffice/", rolf),
        **{f"fresh-{name}": page for name, page in _empty(fresh, ola).items()},
        **{f"half-{name}": page for name, page in _empty(half, liv).items()},
        "half-file": (f"/s/{half.org_no}/oppgjor/import/{_file(half)}/", liv),
        **_granted(half),
        **_to_decide(),
        **changed_pages(),
        **access_pages(busy),
        **door_pages(busy),
    }


def be(context: BrowserContext, user: User | None, url: str, language: str) -> None:
    """Make the browser profile this person's, who has just said who they are; None logs out.

    `language` is what somebody who is not logged in has chosen.
    """
    context.clear_cookies()
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if user:
        client = Client()
        build.a_confirmed_login(client, User.objects.get(pk=user.pk))
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])


def _to_decide() -> Pages:
    company, days = a_company_to_decide_for()
    ida = User.objects.get(email="ida@example.no")
    root = f"/s/{company.org_no}"
    changed, parts = days["changed"].pk, days["parts"].pk
    places = {
        "status": "/overforing/status/",
        "setup-new": "/oppsett/generelt/kontooppsett/?vis=nytt",
        "receipt-changed": f"/oppgjor/{changed}/kvittering/1001/",
        "receipt": f"/oppgjor/{parts}/kvittering/1006/",
        "differs-opened": f"/oppgjor/{days['differs'].pk}/",
        "receipt-credit": f"/oppgjor/{days['moved'].pk}/kvittering/1027/",
        **{name: f"/oppgjor/{settlement.pk}/" for name, settlement in days.items()},
    }
    return {f"decide-{name}": (root + place, ida) for name, place in places.items()}


def _of(company: Company, user: User) -> Pages:
    root = f"/s/{company.org_no}"
    by_state = {state: _settlement(company, state) for state in State}
    stopped = company.settlements.filter(stopped=True, current=True).first()
    chosen = {
        "settlement-sent": by_state[State.SENT],
        "settlement-held": by_state[State.HELD],
        "settlement-uncertain": by_state[State.UNCERTAIN],
        "settlement-left-out": by_state[State.LEFT_OUT],
        "settlement-refused": _settlement(company, State.BLOCKED, snapshot__isnull=False),
        "settlement-inactive-account": _settlement(company, State.BLOCKED, snapshot=None),
        "settlement-z-differs": stopped.pk if stopped else None,
        "settlement-empty": company.settlements.filter(has_movement=False).get().pk,
    }
    files = IntakeFile.objects.filter(company=company, state=IntakeFile.REFUSED)
    refused, token = files.get(delivered_with=None), company.intake_tokens.latest("-pk").pk
    busy_department = company.departments.get(name="Sentrum").pk
    places = {
        "overview": "/oversikt/",
        "settlements": "/oppgjor/",
        "calendar": "/oppgjor/kalender/",
        "calendar-day": f"/oppgjor/kalender/?dag=2026-11-22&avdeling={busy_department}",
        "calendar-table": "/oppgjor/kalender/?vis=tabell&maned=2026-11",
        "status": "/overforing/status/",
        "runs": "/overforing/kjoringer/",
        "run": f"/overforing/kjoringer/{company.export_runs.latest('pk').pk}/",
        "export-sent": f"/overforing/{_export(company, State.SENT)}/",
        "export-held": f"/overforing/{_export(company, State.HELD)}/",
        "history-sums": "/overforing/historikk/summer/?fra=&til=",
        "history": "/overforing/historikk/",
        "upload": "/oppgjor/import/",
        "file-refused": f"/oppgjor/import/{refused.pk}/",
        "company": "/oppsett/generelt/selskap/",
        "setup": "/oppsett/generelt/kontooppsett/",
        "setup-row": "/oppsett/generelt/kontooppsett/?department=&row=SALES|700||6",
        "setup-row-history": "/oppsett/generelt/kontooppsett/linje/?department=Torget&row=TIP|||",
        "setup-copied": "/oppsett/generelt/kontooppsett/?department=Torget",
        "setup-tried": "/oppsett/generelt/kontooppsett/?department=Sentrum",
        "setup-overtaken": "/oppsett/generelt/kontooppsett/?row=SALES|700||6",
        "departments": "/oppsett/generelt/avdelinger/?department=Bryggen",
        "tills": "/oppsett/integrasjoner/kasser/?register=9",
        "tokens": "/oppsett/integrasjoner/kasser/levering/",
        "token-new": "/oppsett/integrasjoner/kasser/levering/ny/",
        "token-made": "/oppsett/integrasjoner/kasser/levering/ny/?laget",
        "token-withdraw": f"/oppsett/integrasjoner/kasser/levering/{token}/trekk-tilbake/",
        "poweroffice": "/oppsett/integrasjoner/poweroffice/",
        "poweroffice-keys": "/oppsett/integrasjoner/poweroffice/nokler/",
        "department": f"/oppsett/generelt/avdelinger/{busy_department}/",
        "preview": "/kom-i-gang/proveoppgjor/",
        "line": f"/oppgjor/{by_state[State.SENT]}/linje/3/",
        **{name: f"/oppgjor/{pk}/" for name, pk in chosen.items() if pk},
    }
    return {name: (root + place, user) for name, place in places.items()}


def _granted(company: Company) -> Pages:
    """What only a holder of the grant sees, before the date is chosen."""
    nina = build.with_grant(company, build.a_manager(company, "nina@example.no"))
    User.objects.filter(pk=nina.pk).update(name="Nina L.")
    root = f"/s/{company.org_no}/oppsett/integrasjoner/poweroffice"
    return {
        "granted-poweroffice": (f"{root}/", nina),
        "granted-first-day": (f"{root}/startdato/?day={build.DAY:%d.%m.%Y}", nina),
    }


def _file(company: Company) -> int:
    return IntakeFile.objects.get(company=company).pk


def _settlement(company: Company, state: State, **more: object) -> int | None:
    rows = Export.objects.filter(company=company, state=state, **more)
    return rows.order_by("-pk").values_list("settlement", flat=True).first()


def _export(company: Company, state: State) -> int:
    rows = Export.objects.filter(company=company, state=state)
    return rows.order_by("-pk").values_list("pk", flat=True)[0]


def _empty(company: Company, user: User) -> Pages:
    root = f"/s/{company.org_no}"
    places = {
        "overview": "/oversikt/",
        "settlements": "/oppgjor/",
        "status": "/overforing/status/",
        "runs": "/overforing/kjoringer/",
        "history": "/overforing/historikk/",
        "upload": "/oppgjor/import/",
        "setup": "/oppsett/generelt/kontooppsett/",
        "departments": "/oppsett/generelt/avdelinger/",
        "tills": "/oppsett/integrasjoner/kasser/",
        "tokens": "/oppsett/integrasjoner/kasser/levering/",
        "poweroffice": "/oppsett/integrasjoner/poweroffice/",
        "preview": "/kom-i-gang/proveoppgjor/",
    }
    return {name: (root + place, user) for name, place in places.items()}

"""What the four people of the story do, one function an act, by what stands on the screen."""

import re
from datetime import timedelta
from io import BytesIO

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounting import clock
from backoffice import two_factor
from backoffice.models import User
from integrations.exports import tasks as exporting
from integrations.pos import tasks as reading
from integrations.pos.generator import Plan, write
from tests import build
from tests.rules.addresses import addresses
from tests.sandbox import Sandbox

PASSWORD = "et annet hest batteri"
SUPPORT, KARI, ROLF, SIV = (f"{name}@example.no" for name in ("support", "kari", "rolf", "siv"))
ROOT = f"/s/{build.ORG_NO}"


def the_first_support_user_is_made_on_the_command_line(monkeypatch) -> None:
    assert not User.objects.exists()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--no-input", email=SUPPORT, verbosity=0)


def support_logs_in_with_a_second_factor(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-post").fill(SUPPORT)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    _set_up_the_app(page)


def support_creates_the_company_and_invites_its_manager(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Nytt selskap").click()
    page.get_by_label("Organisasjonsnummer").fill("923 456 783")
    page.get_by_label("Navn").fill("Fjordkaffe AS")
    page.get_by_role("button", name="Opprett selskap").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fjordkaffe AS")
    page.get_by_label("E-post").fill(KARI)
    page.get_by_label("Rolle").select_option("Daglig leder")
    page.get_by_role("button", name="Send invitasjon").click()
    expect(page.get_by_role("status").first).to_contain_text(KARI)


def kari_comes_in_by_her_letter(page: Page) -> None:
    _open_letter(page, KARI, "Kari N.")
    expect(_begun(page)).to_have_text("Kom i gang, 0 av 6 gjort")


def kari_asks_for_permission(page: Page) -> None:
    page.get_by_role("link", name="Be om tillatelse").click()
    page.get_by_label("Hvorfor trenger du den?").fill("Jeg setter opp regnskapet.")
    page.get_by_role("button", name="Be om tillatelse").click()
    page.get_by_role("link", name="Oversikt").click()
    expect(page.get_by_text("Forespørselen er sendt, og venter på svar.")).to_be_visible()


def support_grants_it(page: Page) -> None:
    page.goto(f"{ROOT}/oversikt/")
    page.get_by_role("link", name="Gi tillatelse").click()
    page.get_by_role("link", name="Svar").click()
    expect(page.get_by_text("Jeg setter opp regnskapet.")).to_be_visible()
    page.get_by_role("button", name="Gi tillatelse").click()
    expect(page.get_by_role("main")).to_contain_text("Uten slutt")


def kari_logs_in_anew_with_a_second_factor(page: Page) -> None:
    page.reload()
    page.get_by_label("E-post").fill(KARI)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    _set_up_the_app(page)
    expect(_begun(page)).to_have_text("Kom i gang, 1 av 6 gjort")


def kari_enters_the_keys_and_tests_the_connection(page: Page) -> None:
    page.get_by_role("link", name="Koble til PowerOffice Go").click()
    page.get_by_role("link", name="Legg inn nøkler").click()
    page.get_by_label("Application Key").fill("an-application-key")
    page.get_by_label("Client Key").fill("a-client-key")
    page.get_by_role("button", name="Koble til").click()
    page.get_by_role("button", name="Ja, koble til").click()
    page.get_by_role("button", name="Test tilkoblingen").click()
    expect(page.get_by_role("list", name="Hva testen fant")).to_contain_text("Kontoplan")
    expect(page.locator(".checks .state-stop")).to_have_count(0)


def kari_enters_two_departments(page: Page) -> None:
    page.get_by_role("link", name="Oversikt").click()
    page.get_by_role("link", name="Gå til avdelinger").click()
    for place, name in enumerate(("Sentrum", "Torget"), start=1):
        page.get_by_label("Navn").fill(name)
        theirs = page.get_by_label("Avdeling i PowerOffice Go", exact=True)
        theirs.select_option(index=place)
        page.get_by_role("button", name="Legg til avdeling").click()
        expect(page.get_by_role("status").first).to_contain_text(f"«{name}» er lagt til.")


def kari_uploads_a_file_and_places_its_tills(page: Page) -> None:
    page.get_by_role("link", name="Oversikt").click()
    page.get_by_role("main").get_by_role("link", name="Importer fil").first.click()
    file = {"name": "saft.xml", "mimeType": "text/xml", "buffer": _a_delivery()}
    page.get_by_label("SAF-T-filer fra kassen").set_input_files([file])
    page.get_by_role("button", name="Last opp").click()
    reading.read_waiting()
    page.get_by_role("link", name="Velg avdeling").click()  # appears by itself
    page.get_by_label("1", exact=True).select_option("Sentrum")
    page.get_by_label("2", exact=True).select_option("Torget")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("status").first).to_contain_text("Kassene er lagret.")


def kari_sets_up_one_department_and_copies_it_to_the_other(page: Page) -> None:
    page.get_by_role("link", name="Kontooppsett").click()
    page.get_by_label("Gjelder", exact=True).select_option("Sentrum")
    page.get_by_role("button", name="Vis", exact=True).click()
    page.get_by_role("button", name="Bruk alle forslag").click()
    _save_setup(page)
    page.get_by_label("Gjelder", exact=True).select_option("Torget")
    page.get_by_role("button", name="Vis", exact=True).click()
    page.get_by_label("Kopier fra").select_option("Sentrum")
    page.get_by_role("button", name="Sammenlign").click()
    page.get_by_role("button", name="Fyll inn det som er krysset av").click()
    _save_setup(page)


def kari_chooses_frequency_and_date(page: Page) -> None:
    page.get_by_role("link", name="Oversikt").click()
    expect(_begun(page)).to_have_text("Kom i gang, 4 av 6 gjort")
    page.get_by_role("link", name="Velg frekvens og startdato").click()
    page.get_by_label(re.compile("Hver dag")).check()
    page.get_by_role("button", name="Lagre frekvens").click()
    day = f"{clock.today() - timedelta(days=2):%d.%m.%Y}"
    page.get_by_role("textbox", name="Eksporter data fra og med").fill(day)
    page.get_by_role("button", name="Se hva datoen betyr").click()
    expect(page.get_by_role("main")).to_contain_text("4 oppgjør blir sendt ved neste kjøring")
    page.get_by_label("Skriv datoen på nytt").fill(day)
    page.get_by_role("button", name="Lagre startdato for godt").click()
    expect(page.get_by_role("main")).to_contain_text(f"{day}. Satt av Kari N.")


def kari_looks_at_a_voucher_that_is_not_sent(page: Page, sandbox: Sandbox) -> None:
    page.get_by_role("link", name="Oversikt").click()
    page.get_by_role("link", name="Se prøveoppgjøret").click()
    expect(page.locator(".journal tfoot")).to_contain_text("I balanse")
    page.get_by_role("button", name="Jeg har sett gjennom bilaget").click()
    expect(_begun(page)).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Neste overføring: ")
    assert sandbox.drafts == []


def kari_invites_her_accountant(page: Page) -> None:
    page.get_by_role("link", name="Tilganger").click()
    page.get_by_label("E-post").fill(ROLF)
    page.get_by_role("button", name="Send invitasjon").click()
    expect(page.get_by_role("status").first).to_contain_text(ROLF)


def the_night_passes(settings, sandbox: Sandbox) -> None:
    settings.CLOCK_SHIFT_S = 24 * 3600
    exporting.tick()
    settings.CLOCK_SHIFT_S = 0
    assert len(sandbox.drafts) == 4


def rolf_sees_the_result(page: Page) -> None:
    _open_letter(page, ROLF, "Rolf R.")
    expect(page.get_by_role("main")).to_contain_text("Alt er overført til og med")
    page.get_by_role("link", name="Oppgjør", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("tbody .state", has_text="Overført")).to_have_count(4)
    page.get_by_role("link", name="PowerOffice Go").click()
    expect(page.get_by_role("main")).to_contain_text("Satt av Kari N.")
    expect(page.get_by_role("link", name="Bytt nøkler")).to_have_count(0)
    page.get_by_role("link", name="Aktivitetslogg").click()
    expect(page.get_by_role("main")).to_contain_text("Kari N.")


def for_a_stranger_there_is_nothing(page: Page) -> None:
    build.a_stranger(SIV)
    page.goto("/konto/logg-inn/")
    page.get_by_label("E-post").fill(SIV)
    page.get_by_label("Passord").fill("riktig hest batteri")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_text("Andres AS")).to_be_visible()
    places = (
        "settlement",
        "nr",
        "run",
        "export",
        "department",
        "file_id",
        "token_id",
        "number",
        "user_id",
        "invitation",
        "asked",
    )
    values = {"org_no": build.ORG_NO, **dict.fromkeys(places, "1")}
    for address in addresses().values():
        if address.route.startswith(("s/<str:org_no>/", "system/")):
            path = address.filled(values)
            assert page.request.get(path).status == 404, path
    page.goto(f"{ROOT}/oversikt/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden finnes ikke")


def _open_letter(page: Page, email: str, name: str) -> None:
    """Follow the link of the letter that was sent, and choose a password."""
    letter = next(each for each in reversed(mail.outbox) if email in each.to)
    page.goto(re.search(r"/konto/invitasjon/\S+", letter.body)[0])
    page.get_by_label("Navn").fill(name)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Lag bruker og gå videre").click()


def _set_up_the_app(page: Page) -> None:
    """Give the app the key on the page, and type what it shows."""
    page.get_by_text("Kan du ikke lese av bildet?").click()
    code = two_factor.code_now(page.locator("code.key").inner_text())
    page.get_by_label("Kode fra appen").fill(code)
    page.get_by_role("button", name="Slå på totrinn").click()
    page.get_by_role("link", name="Jeg har lagret kodene").click()


def _begun(page: Page):
    return page.get_by_role("heading", name=re.compile("^Kom i gang"))


def _save_setup(page: Page) -> None:
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page.get_by_text("Kontooppsettet er lagret.")).to_be_visible()


def _a_delivery() -> bytes:
    """Two closed days of two tills, as the till's program exports them."""
    tills = (("Fjordkaffe", "1"), ("Fjordkaffe", "2"))
    first = clock.today() - timedelta(days=2)
    plan = Plan(build.ORG_NO, "Fjordkaffe AS", first, 2, tills, receipts=12, seed=7)
    content = BytesIO()
    write(plan, content)
    return content.getvalue()

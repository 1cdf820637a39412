"""Kontooppsett when two people are at it, when it is copied, tried, dated and inherited."""

from datetime import date

import pytest
from django.test import Client

from accounting.books import records
from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Account, Rule, RuleKey
from accounting.books.forms import shown_text
from accounting.books.queries import rules_of
from accounting.books.records import save_setup
from accounting.company.models import Company
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"
HISTORY = f"{SETUP}linje/"
FOOD, BEER = RuleKey(Role.SALES, vat_code="31"), RuleKey(Role.SALES, vat_code="3")
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    save_setup(company, None, {FOOD: Rule("3030", "31"), BEER: Rule("3000", "3")})
    return company


def shown(company: Company, department=None) -> str:
    return shown_text(rules_of(company).get(department.pk if department else None, {}))


def fields(**accounts: str) -> dict[str, str]:
    """`fields(food="3031")`: what the form sends of these rows, with the VAT code they have."""
    keys = {"food": FOOD, "beer": BEER}
    typed = {keys[name]: account for name, account in accounts.items()}
    sent = {f"konto:{key}": account for key, account in typed.items()}
    return sent | {f"mva:{key}": key.vat_code for key in typed}


def account(company: Company, key: RuleKey, department=None) -> list[str]:
    rules = rules_of(company).get(department.pk if department else None, {})
    return [rule.account for rule in rules.get(key, ())]


def centre(company: Company) -> str:
    """What the form says of the department Sentrum."""
    return str(company.departments.get(name="Sentrum").pk)


def sent(client: Client, posted: dict[str, object], address: str = SETUP) -> str:
    return client.post(address, posted, follow=True).content.decode()


def rolf_saves(company: Company, **accounts: str) -> None:
    keys = {"food": FOOD, "beer": BEER}
    rows = {keys[name]: Rule(number, keys[name].vat_code) for name, number in accounts.items()}
    save_setup(company, None, rows, actor=build.an_accountant(company))


# --- Two people


def test_whoever_saves_second_sees_both_and_loses_nothing(client: Client, company: Company) -> None:
    before = shown(company)
    rolf_saves(company, food="3031")
    answer = sent(client, {**fields(food="3032", beer="3001"), "vist": before})
    assert "Rolf R. lagret kontooppsettet kl.\xa0" in answer
    assert f'name="valg:{FOOD}" value="deres"> 3031, mva 31' in answer
    assert f'name="valg:{FOOD}" value="mitt"> 3032, mva 31' in answer
    assert f'name="konto:{BEER}" value="3001"' in answer
    assert account(company, FOOD) == ["3031"]
    assert account(company, BEER) == ["3000"]


@pytest.mark.parametrize(("choice", "kept"), [("deres", "3031"), ("mitt", "3032")])
def test_the_choice_is_saved_with_the_rest(
    client: Client, company: Company, choice: str, kept: str
) -> None:
    rolf_saves(company, food="3031")
    posted = {**fields(food="3032", beer="3001"), "vist": shown(company)}
    posted |= {"tvist": str(FOOD), f"valg:{FOOD}": choice}
    assert "Kontooppsettet er lagret." in sent(client, posted)
    assert account(company, FOOD) == [kept]
    assert account(company, BEER) == ["3001"]


def test_without_a_choice_nothing_is_saved_and_the_question_stays(
    client: Client, company: Company
) -> None:
    rolf_saves(company, food="3031")
    posted = {**fields(food="3032", beer="3001"), "vist": shown(company), "tvist": str(FOOD)}
    answer = sent(client, posted)
    assert "Velg hvilken linje som skal gjelde" in answer
    assert f'name="valg:{FOOD}" value="mitt"> 3032, mva 31' in answer
    assert account(company, BEER) == ["3000"]


def test_a_choice_is_not_lost_by_another_button(client: Client, company: Company) -> None:
    rolf_saves(company, food="3031")
    posted = {**fields(food="3032"), "vist": shown(company), "tvist": str(FOOD), "prov": "1"}
    assert f'name="valg:{FOOD}" value="mitt"> 3032' in sent(client, posted)


def test_another_row_of_theirs_is_shown_and_stays(client: Client, company: Company) -> None:
    before = shown(company)
    rolf_saves(company, beer="3001")
    answer = sent(client, {**fields(food="3032", beer="3000"), "vist": before})
    assert "Dette er endret av den andre, og blir stående:" in answer
    assert f'name="konto:{BEER}" value="3001"' in answer
    assert f'name="konto:{FOOD}" value="3032"' in answer
    sent(client, {**fields(food="3032", beer="3001"), "vist": shown(company)})
    assert (account(company, FOOD), account(company, BEER)) == (["3032"], ["3001"])


def test_saving_the_same_twice_asks_nothing(client: Client, company: Company) -> None:
    posted = {**fields(food="3032"), "vist": shown(company)}
    assert "Kontooppsettet er lagret." in sent(client, posted)
    assert "Ingenting var endret." in sent(client, posted)


def test_what_the_form_carries_must_be_its_own(client: Client, company: Company) -> None:
    for carried in ("x", "[]", '{"SALES|||31": [["3030"]]}', '{"x": []}'):
        assert client.post(SETUP, {"vist": carried}).status_code == 400, carried


def test_nothing_is_written_when_the_rows_were_overtaken(company: Company) -> None:
    version = Company.objects.get().setup_version
    with pytest.raises(records.Overtaken):
        save_setup(company, None, {FOOD: Rule("3032", "31")}, shown={})
    assert account(company, FOOD) == ["3030"]
    assert Company.objects.get().setup_version == version


# --- Copying


@pytest.fixture
def torget(company: Company):
    sentrum, torget = build.a_department(company, "Sentrum"), build.a_department(company, "Torget")
    save_setup(company, sentrum, {FOOD: Rule("3031", "31"), BEER: Rule("3001", "3")})
    save_setup(company, torget, {BEER: Rule("3002", "3")})
    return torget


def test_copying_shows_what_is_new_and_changed_and_counts_the_same(
    client: Client, company: Company, torget
) -> None:
    cash = RuleKey(Role.CASH, standard="12001")
    for name in ("Sentrum", "Torget"):
        save_setup(company, company.departments.get(name=name), {cash: Rule("1900", "0")})
    page = sent(client, {"sammenlign": "1", "kilde": centre(company)}, f"{SETUP}?department=Torget")
    assert "Kopier fra Sentrum" in page
    assert f'name="linje" value="{FOOD}" checked' in page
    assert f'name="linje" value="{BEER}">' in page
    assert "Én linje er lik." in page


def test_what_is_ticked_stands_in_the_fields_and_is_not_saved(
    client: Client, company: Company, torget
) -> None:
    posted = {**fields(beer="3009"), "kopier": "1", "kilde": centre(company), "linje": [str(FOOD)]}
    page = sent(client, posted, f"{SETUP}?department=Torget")
    assert f'name="konto:{FOOD}" value="3031"' in page
    assert f'name="konto:{BEER}" value="3009"' in page
    assert "Én linje er fylt inn." in page
    assert account(company, FOOD, torget) == []


@pytest.mark.parametrize(
    "posted",
    [
        {"sammenlign": "1", "kilde": "Andres"},
        {"kopier": "1", "kilde": "Sentrum", "linje": "CASH|||"},
        {"kopier": "1", "kilde": "Sentrum", "linje": "x"},
        {"drop": "x"},
        {"lock": str(FOOD)},
        {"use": str(FOOD)},
    ],
)
def test_what_no_button_of_ours_sends_is_refused(
    client: Client, company: Company, torget, posted
) -> None:
    if posted.get("kilde") == "Sentrum":
        posted = {**posted, "kilde": centre(company)}
    assert client.post(f"{SETUP}?department=Torget", posted).status_code == 400


def test_a_row_of_its_own_is_marked_and_can_be_dropped(
    client: Client, company: Company, torget
) -> None:
    address = f"{SETUP}?department=Torget"
    row = next(row for row in Page(client, address, follow=True).rows() if "mva-kode 3 " in row)
    assert "Avviker fra felles Bruk felles" in row
    page = sent(client, {**fields(beer="3002"), "drop": str(BEER)}, address)
    assert "følger felles. Det gjelder først når du lagrer." in page
    assert "Felles: 3000, mva 3" in page
    assert account(company, BEER, torget) == ["3002"]
    sent(client, fields(beer=""), address)
    assert account(company, BEER, torget) == []


def test_what_deviates_is_shown_alone(client: Client, company: Company, torget) -> None:
    (row,) = Page(client, f"{SETUP}?avdeling={torget.pk}&vis=avvik").rows()
    assert "mva-kode 3 " in row
    save_setup(company, torget, {BEER: Rule("3000", "3")})
    page = Page(client, f"{SETUP}?avdeling={torget.pk}&vis=avvik")
    assert "Ingen linjer avviker fra standard." in page.text


# --- From a day on


def test_a_change_from_a_day_leaves_what_counted_before(client: Client, company: Company) -> None:
    sent(client, {**fields(food="3031", beer="3000"), "fra": "2027-01-01"})
    kept = rules_of(company)[None]
    assert kept[FOOD] == (Rule("3030", "31"), Rule("3031", "31", NEW_YEAR))
    assert kept[BEER] == (Rule("3000", "3"),)
    row = next(row for row in Page(client, SETUP).rows() if "mva-kode 31" in row)
    assert "Fra 01.01.2027: 3031, mva 31" in row
    assert Page(client, SETUP).tree.xpath(f"//input[@name='konto:{FOOD}']/@value") == ["3030"]


@pytest.mark.parametrize(
    ("account_typed", "day", "said"),
    [
        ("", "2027-01-01", "En tømt linje kan ikke få en dato."),
        ("3032", "2026-10-01", "Linjen er alt endret fra 01.11.2026. Velg en senere dato."),
        ("3032", "i morgen", "«i morgen» er ikke en dato."),
        ("3032", "0001-01-01", "Velg en dato fra 01.01.2012 til"),
        ("3032", "9999-12-31", "Velg en dato fra 01.01.2012 til"),
    ],
)
def test_a_day_that_cannot_be_is_said(
    client: Client, company: Company, account_typed: str, day: str, said: str
) -> None:
    save_setup(company, None, {FOOD: Rule("3031", "31", date(2026, 11, 1))})
    assert said in sent(client, {**fields(food=account_typed), "fra": day})
    assert account(company, FOOD) == ["3030", "3031"]


def test_a_row_s_history_names_who_and_what_and_a_day_can_be_taken_away(
    client: Client, company: Company
) -> None:
    rolf_saves(company, food="3031")
    save_setup(company, None, {FOOD: Rule("3032", "31", NEW_YEAR)})
    page = Page(client, f"{HISTORY}?row={FOOD}")
    assert page.rows() == [
        "01.01.2027 3032, mva 31 Fjern 3032, mva 31",
        "Alltid 3031, mva 31 ✓Gjelder nå Fjern 3031, mva 31",
    ]
    assert "Rolf R.: 3030, mva 31 → 3031, mva 31" in page.text
    client.post(f"{HISTORY}?row={FOOD}", {"fra": "2027-01-01"})
    assert account(company, FOOD) == ["3031"]
    note = company.audit.latest("pk")
    assert [len(note.before), len(note.after)] == [2, 1]
    page = Page(client, f"{HISTORY}?row={FOOD}")
    assert "Kari N.: Fjernet: fra 01.01.2027: 3032, mva 31" in page.text
    assert "Systemet: Ny: fra 01.01.2027: 3032, mva 31" in page.text


@pytest.mark.parametrize(("row", "status"), [("x", 404), ("SALES|||31", 200), ("SALES|9||31", 200)])
def test_any_row_of_a_page_has_a_history(
    client: Client, company: Company, row: str, status: int
) -> None:
    assert client.get(f"{HISTORY}?row={row}").status_code == status


def test_a_day_that_is_none_is_refused(client: Client, company: Company) -> None:
    assert client.post(f"{HISTORY}?row={FOOD}", {"fra": "nå"}).status_code == 400


# --- Trying


def test_trying_says_what_would_change_and_saves_nothing(client: Client, company: Company) -> None:
    save_setup(company, None, {RuleKey(Role.CASH): Rule("1900", "0")})
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    build.a_settlement(company, cash="250.00", sales={"3": "250.00"}, register="2")
    page = sent(client, {**fields(food="3031", beer="3000"), "prov": "1"})
    assert "1 like, 1 endret, 0 stoppet." in page
    assert "Prøvd på de 2 siste oppgjørene. Ingenting er lagret." in page
    assert account(company, FOOD) == ["3030"]


def test_trying_an_empty_row_says_what_would_stop(client: Client, company: Company) -> None:
    save_setup(company, None, {RuleKey(Role.CASH): Rule("1900", "0")})
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    page = sent(client, {**fields(food=""), "prov": "1"})
    assert "0 like, 0 endret, 1 stoppet." in page
    assert "«Mat» med mva-kode 31 har ingen konto" in page


# --- The chart


def test_what_the_chart_refuses_is_said_at_the_field(client: Client, company: Company) -> None:
    build.a_chart(company, a1500=Account("1500", "Kunder", control=True))
    page = sent(client, fields(food="1500", beer="3999"))
    assert "Konto 1500 er en samlekonto for reskontro" in page
    assert "Konto 3999 finnes ikke i kontoplanen." in page
    assert account(company, FOOD) == ["3030"]
    assert "Kontooppsettet er lagret." in sent(
        client, {**fields(food="1500", beer="3999"), "likevel": "1"}
    )
    assert account(company, FOOD) == ["1500"]


def test_a_row_that_stood_there_is_no_hindrance(client: Client, company: Company) -> None:
    build.a_chart(company, without=("3000",))
    assert "Kontooppsettet er lagret." in sent(client, fields(food="3050", beer="3000"))


def test_a_vat_code_that_is_not_valid_that_day_is_refused_for_that_day(
    client: Client, company: Company
) -> None:
    build.a_chart(company)
    company.chart_vat_codes.filter(code="31").update(valid_to=date(2026, 12, 31))
    page = sent(client, {**fields(food="3050"), "fra": "2027-01-01"})
    assert "Mva-kode 31 gjelder ikke 01.01.2027." in page


def test_the_account_s_own_vat_code_is_one_button_away(client: Client, company: Company) -> None:
    locked = Account("3000", "Salg", vat_code="3", vat_locked=True)
    build.a_chart(company, a3000=locked)
    save_setup(company, None, {FOOD: Rule("3000", "31")})
    assert ">Bruk 3<" in Page(client, SETUP).source
    page = sent(client, {**fields(food="3000"), "lock": str(FOOD)})
    assert f'name="mva:{FOOD}" value="3"' in page
    assert "Det gjelder først når du lagrer." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("3000", "Salg"), ("3999", "Konto 3999 finnes ikke"), ("mat", "er ikke et kontonummer")],
)
def test_a_row_is_checked_alone(client: Client, company: Company, typed: str, said: str) -> None:
    build.a_chart(company)
    sent_fields = {f"konto:{BEER}": typed, f"mva:{BEER}": "3", "nr": "7"}
    answer = client.get(f"{SETUP}kontroll/", sent_fields)
    assert said in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("asked", [{}, {"konto:x": "1"}, {f"konto:{FOOD}": "1", "nr": "x"}])
def test_a_check_of_no_row_of_ours_is_refused(client: Client, company: Company, asked) -> None:
    assert client.get(f"{SETUP}kontroll/", asked).status_code == 400

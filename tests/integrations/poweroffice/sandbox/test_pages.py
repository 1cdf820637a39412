"""The people's pages: what they show, and that only their own buttons work."""

import re

import pytest

from tests.integrations.poweroffice.sandbox.process import Answer, Sandbox

UNKNOWN = "7c1e5a90-4b0e-4f57-9a55-0d6f0f3b2c11"


def page(sandbox: Sandbox, path: str) -> str:
    answer = sandbox.raw("GET", path)
    assert answer.status == 200, answer.body
    return answer.body.decode()


def press(sandbox: Sandbox, draft_id: str, verb: str, origin: str | None = "") -> Answer:
    own = f"http://127.0.0.1:{sandbox.port}" if origin == "" else origin
    head = {} if own is None else {"Origin": own}
    return sandbox.raw("POST", f"/utkast/{draft_id}/{verb}", b"", head)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("</style>")[2]))


def test_an_empty_sandbox_says_what_will_come(sandbox: Sandbox) -> None:
    html = page(sandbox, "/")
    assert '<html lang="nb">' in html
    assert "Dette er en sandkasse" in html
    assert "Bilagsføring (Import, utkast)" in html
    assert "Utkast kommer hit" in html
    assert "Bilag kommer hit" in page(sandbox, "/bilag")


def test_drafts_are_listed_with_date_sum_state_and_client(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    html = page(sandbox, "/")
    assert f'href="/utkast/{draft_id}"' in html
    assert "30.03.2021 Z 1 514,20 ○ Utkast Demo AS" in words(html)


def test_a_difference_is_seen_in_the_list(sandbox: Sandbox) -> None:
    sandbox.send(sandbox.line("Credit", 3000, "3", 1234.5))
    assert "! Differanse −1 234,50" in words(page(sandbox, "/"))


def test_a_draft_shows_its_lines_and_the_vat_go_works_out(sandbox: Sandbox) -> None:
    draft_id = sandbox.send(DepartmentId=1621)
    text = words(page(sandbox, f"/utkast/{draft_id}"))
    assert "3030 Salgsinntekt handelsvarer, middels sats 30.03.2021 1 31 (15 %) 13,41" in text
    assert "1900 Kontanter 30.03.2021 1 0 295,00" in text
    assert "Sum 514,20 514,20" in text
    assert "Importer" in text


def test_the_button_posts_the_draft(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    answer = press(sandbox, draft_id, "importer")
    assert (answer.status, answer.headers["Location"]) == (303, f"/bilag/{draft_id}")
    text = words(page(sandbox, f"/bilag/{draft_id}"))
    assert "Bokført som bilag 1." in text
    assert "Importer" not in text.partition("Bokført som bilag")[2]
    assert f'href="/bilag/{draft_id}"' in page(sandbox, "/bilag")
    assert draft_id not in page(sandbox, "/")


@pytest.mark.parametrize(
    ("account", "vat", "amount", "text"),
    [
        (3000, "3", 124, "Bilaget balanserer ikke, vennligst sjekk bilagslinjer"),
        (3001, "0", 125, "Mva kode 0 er ikke gyldig for konto"),
    ],
)
def test_a_refused_draft_says_why(
    sandbox: Sandbox, account: int, vat: str, amount: int, text: str
) -> None:
    draft_id = sandbox.send(
        sandbox.line("Debit", 1900, "0", 125), sandbox.line("Credit", account, vat, amount)
    )
    answer = press(sandbox, draft_id, "importer")
    assert answer.status == 200
    alert = answer.body.decode().partition('role="alert">')[2]
    assert alert.startswith(f"<strong>{text}</strong>")
    assert sandbox.state["vouchers"] == []


def test_a_locked_period_says_so(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    sandbox.seed(lock_date="2021-03-31")
    html = press(sandbox, draft_id, "importer").body.decode()
    assert "Posteringen kan ikke legges inn i en avsluttet periode" in html


def test_the_other_button_deletes_the_draft(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    answer = press(sandbox, draft_id, "slett")
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert sandbox.state["drafts"] == []
    assert sandbox.raw("GET", f"/utkast/{draft_id}").status == 404


def test_a_posted_voucher_is_not_deleted(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    press(sandbox, draft_id, "importer")
    assert "kan ikke slettes" in press(sandbox, draft_id, "slett").body.decode()
    assert "allerede bokført" in press(sandbox, draft_id, "importer").body.decode()
    assert len(sandbox.state["vouchers"]) == 1


@pytest.mark.parametrize("origin", [None, "null", "http://elsewhere.invalid"])
@pytest.mark.parametrize("verb", ["importer", "slett"])
def test_only_our_own_pages_may_press_a_button(
    sandbox: Sandbox, verb: str, origin: str | None
) -> None:
    draft_id = sandbox.send()
    assert press(sandbox, draft_id, verb, origin).status == 403
    assert [draft["id"] for draft in sandbox.state["drafts"]] == [draft_id]


def test_nothing_is_changed_by_a_get(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    assert sandbox.raw("GET", f"/utkast/{draft_id}/slett").status == 404
    assert len(sandbox.state["drafts"]) == 1


def test_everything_is_escaped(sandbox: Sandbox) -> None:
    evil = '<img src=x onerror="alert(1)">&'
    sandbox.seed(accounts=[{"number": 1900, "name": evil}])
    line = sandbox.line("Debit", 1900, "0", 1, Description=evil)
    draft_id = sandbox.send(line, Description=evil, Comment=evil)
    for path in ("/", f"/utkast/{draft_id}"):
        html = page(sandbox, path)
        assert "<img" not in html
        assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;" in html


def test_pages_run_no_script_and_load_nothing(sandbox: Sandbox) -> None:
    answer = sandbox.raw("GET", "/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "<script" not in answer.body.decode()
    assert "style=" not in answer.body.decode()


@pytest.mark.parametrize(
    "path", [f"/utkast/{UNKNOWN}", f"/bilag/{UNKNOWN}", "/utkast/x", "/bilag/1/2"]
)
def test_what_is_not_there_is_a_page_of_its_own(sandbox: Sandbox, path: str) -> None:
    answer = sandbox.raw("GET", path)
    assert answer.status == 404
    assert "Til utkastene" in answer.body.decode()
    assert press(sandbox, UNKNOWN, "importer").status == 404


def test_long_lists_are_parted(sandbox: Sandbox) -> None:
    empty = {"VoucherDate": "2026-01-31", "CurrencyCode": "NOK"}
    for _ in range(201):
        sandbox.call("POST", "/v2/JournalEntryVouchers/ManualJournals", empty)
    first, second = page(sandbox, "/"), page(sandbox, "/?side=2")
    assert "201 utkast" in first
    assert first.count('href="/utkast/') == 200
    assert 'href="/?side=2"' in first
    assert second.count('href="/utkast/') == 1
    assert "side=3" not in second

"""Posting a draft: Go's own refusals, the voucher number, and the entries it leaves."""

from typing import Any

import pytest

from tests.integrations.poweroffice.sandbox.process import Keys, Sandbox

UNBALANCED = "Bilaget balanserer ikke, vennligst sjekk bilagslinjer"
LOCKED = "Posteringen kan ikke legges inn i en avsluttet periode"
TRANSACTIONS = "/v2/AccountTransactions?fromDate=2021-03-01&toDate=2021-03-31"


def refusal(sandbox: Sandbox, draft_id: str) -> str:
    answer = sandbox.control(f"post/{draft_id}")
    assert answer.status == 409, answer.body
    (draft,) = sandbox.state["drafts"]
    assert draft["is_posted"] is False
    return str(answer.json["error"])


def sale(sandbox: Sandbox, account: int, vat: str | None, **head: Any) -> str:
    return sandbox.send(
        sandbox.line("Debit", 1900, "0", 125),
        sandbox.line("Credit", account, vat, 125),
        **head,
    )


def test_vouchers_are_numbered_from_one_per_client(sandbox: Sandbox) -> None:
    other = Keys(client="client-2")
    ids = [sandbox.send(), sandbox.send(), sandbox.send(keys=other)]
    numbers = [sandbox.control(f"post/{draft_id}").json["voucher_no"] for draft_id in ids]
    assert numbers == [1, 2, 1]
    state = sandbox.state
    assert state["drafts"] == []
    assert [voucher["id"] for voucher in state["vouchers"]] == ids
    assert [voucher["voucher_no"] for voucher in state["vouchers"]] == [1, 2, 1]


def test_an_unbalanced_draft_is_not_posted(sandbox: Sandbox) -> None:
    draft_id = sandbox.send(sandbox.line("Debit", 1900, "0", 100))
    assert refusal(sandbox, draft_id) == UNBALANCED


def test_a_draft_must_balance_on_each_date(sandbox: Sandbox) -> None:
    draft_id = sandbox.send(
        sandbox.line("Debit", 1900, "0", 100, PostingDate="2021-03-29"),
        sandbox.line("Credit", 3000, "3", 100),
    )
    assert refusal(sandbox, draft_id) == UNBALANCED


@pytest.mark.parametrize("lock_date", ["2021-03-30", "2021-12-31"])
def test_nothing_is_posted_on_or_before_the_lock_date(sandbox: Sandbox, lock_date: str) -> None:
    sandbox.seed(lock_date=lock_date)
    draft_id = sandbox.send()
    assert refusal(sandbox, draft_id) == LOCKED
    sandbox.seed(lock_date="2021-03-29")
    assert sandbox.control(f"post/{draft_id}").status == 200


def test_nothing_is_posted_before_the_conversion_date(sandbox: Sandbox) -> None:
    sandbox.seed(conversion_date="2021-03-31")
    assert refusal(sandbox, sandbox.send()) == LOCKED


@pytest.mark.parametrize("vat", ["0", "31"])
def test_a_locked_account_takes_only_its_own_vat_code(sandbox: Sandbox, vat: str) -> None:
    draft_id = sale(sandbox, 3001, vat)
    assert refusal(sandbox, draft_id) == f"Mva kode {vat} er ikke gyldig for konto"


def test_an_unlocked_account_takes_any_vat_code(sandbox: Sandbox) -> None:
    assert sandbox.control(f"post/{sale(sandbox, 3000, '31')}").status == 200


def test_a_client_outside_the_vat_register_uses_code_0_only(sandbox: Sandbox) -> None:
    sandbox.seed(vat_registered=False)
    assert refusal(sandbox, sale(sandbox, 3000, "3")) == "Mva kode 3 er ikke gyldig for konto"
    assert sandbox.control(f"post/{sale(sandbox, 3000, '0')}").status == 200


@pytest.mark.parametrize(
    "change", [{"active": False}, {"valid_to": "2021-03-29"}, {"valid_from": "2021-03-31"}]
)
def test_a_vat_code_out_of_force_is_not_valid(sandbox: Sandbox, change: Any) -> None:
    sandbox.seed(vat_codes=[{"code": "3", **change}])
    assert refusal(sandbox, sale(sandbox, 3000, "3")) == "Mva kode 3 er ikke gyldig for konto"


def test_an_account_that_requires_a_department_is_refused_without(sandbox: Sandbox) -> None:
    assert refusal(sandbox, sale(sandbox, 3005, "3")) == "Konto 3005 krever avdeling"
    with_department = sale(sandbox, 3005, "3", DepartmentId=1621)
    assert sandbox.control(f"post/{with_department}").status == 200


def test_a_draft_without_lines_or_without_an_account_is_refused(sandbox: Sandbox) -> None:
    empty = sandbox.call(
        "POST",
        "/v2/JournalEntryVouchers/ManualJournals",
        {"VoucherDate": "2021-03-30", "CurrencyCode": "NOK"},
    ).json["Id"]
    assert refusal(sandbox, empty) == "Bilaget har ingen bilagslinjer"
    sandbox.control(f"delete/{empty}")
    nowhere = sandbox.send({"CurrencyAmount": 5})
    assert refusal(sandbox, nowhere) == "Bilagslinjen mangler konto"


def test_a_voucher_is_posted_once(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    sandbox.control(f"post/{draft_id}")
    answer = sandbox.control(f"post/{draft_id}")
    assert answer.status == 409
    assert answer.json["error"] == "Bilaget er allerede bokført med nummer 1"
    assert len(sandbox.state["vouchers"]) == 1


def test_the_entries_of_the_example_split_the_vat_out(sandbox: Sandbox) -> None:
    assert sandbox.call("GET", TRANSACTIONS).status == 204
    draft_id = sandbox.send()
    assert sandbox.call("GET", TRANSACTIONS).status == 204  # drafts leave no entries
    sandbox.control(f"post/{draft_id}")
    rows = sandbox.call("GET", TRANSACTIONS).json
    entries = [(row["AccountNo"], row["Amount"], row["VatCode"], row["VatAmount"]) for row in rows]
    assert entries == [
        (1900, 295, "0", 0),
        (1901, 218.8, "0", 0),
        (7740, 0.4, "0", 0),
        (3030, -89.39, "31", -13.41),  # 102.80 × 15 / 115 = 13.408…
        (2701, -13.41, "0", 0),
        (3000, -185.6, "3", -46.4),
        (2700, -46.4, "0", 0),
        (3000, -143.52, "3", -35.88),
        (2700, -35.88, "0", 0),
    ]
    assert round(sum(row["Amount"] for row in rows), 2) == 0
    assert {row["VoucherId"] for row in rows} == {draft_id}
    assert {row["VoucherNo"] for row in rows} == {1}
    assert {row["VoucherDescription"] for row in rows} == {"Z 1"}


def test_a_line_without_a_vat_code_takes_the_account_s_own(sandbox: Sandbox) -> None:
    sandbox.control(f"post/{sale(sandbox, 3000, None)}")
    rows = sandbox.call("GET", f"{TRANSACTIONS}&accountNos=2700,3000").json
    assert [(row["AccountNo"], row["Amount"]) for row in rows] == [(3000, -100), (2700, -25)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("accountNos=3000-3999", 3),
        ("vatCodes=31", 1),
        ("voucherNos=1", 9),
        ("voucherNos=2", 0),
        ("voucherTypes=ManualJournal,CashJournal", 9),
        ("voucherTypes=CashJournal", 0),
        ("departmentCodes=1", 9),
        ("departmentCodes=-1", 0),
        ("createdDateTimeOffsetGreaterThan=2099-01-01T00:00:00Z", 0),
    ],
)
def test_entries_are_filtered(sandbox: Sandbox, query: str, count: int) -> None:
    sandbox.control(f"post/{sandbox.send(DepartmentId=1621)}")
    answer = sandbox.call("GET", f"{TRANSACTIONS}&{query}")
    assert (len(answer.json) if answer.body else 0) == count


def test_entries_need_both_dates_and_belong_to_the_client(sandbox: Sandbox) -> None:
    sandbox.control(f"post/{sandbox.send()}")
    answer = sandbox.call("GET", "/v2/AccountTransactions?fromDate=2021-03-01")
    assert answer.status == 400
    assert answer.json["errors"] == {"toDate": ["The toDate field is required."]}
    assert sandbox.call("GET", TRANSACTIONS, keys=Keys(client="client-2")).status == 204
    later = TRANSACTIONS.replace("2021-03-01", "2021-03-31")
    assert sandbox.call("GET", later).status == 204

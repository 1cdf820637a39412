"""Walk 1: a till's SAF-T file becomes drafts in PowerOffice Go, which the accountant posts."""

import pytest

from accounting.books.domain.money import to_kroner
from accounting.company.models import Company
from integrations.exports import queries, tasks
from integrations.exports.models import Export
from tests import build
from tests.backoffice.commands.running import run
from tests.sandbox import Sandbox

ORG_NO = "912345688"
COMPANY = ("--company", ORG_NO)


@pytest.mark.django_db
def test_a_tills_file_becomes_vouchers(sandbox: Sandbox, tmp_path):
    # A till closes three days, and somebody exports its file.
    file = tmp_path / "kasse.xml"
    plan = (
        "--start",
        "2024-03-04",
        "--days",
        3,
        "--registers",
        2,
        "--receipts",
        8,
        "--seed",
        7,
        "--kinds",
        "basic",
    )
    assert run("make_saft", file, "--company", ORG_NO, *plan).code == 0

    # The company is set up: accounts, keys, and the first day that is exported.
    assert run("create_company", ORG_NO, "Fjordkaffe AS", "--department", "Sentrum").code == 0
    assert run("apply_suggested_setup", *COMPANY).code == 0
    connected = run("connect", *COMPANY)
    assert connected.code == 0, connected.err
    assert run("export_from", *COMPANY, "2024-03-05").code == 0

    # The file is read: every Z report in it is a settlement.
    read = run("import_saft", file, *COMPANY, "--json")
    assert read.json["settlements"] == {"new": 6, "same": 0, "changed": 0, "incomplete": 0}

    # Each settlement is a balanced journal, which one can look at before it is sent.
    shown = run("journal", *COMPANY, "--register", "1", "--z", "2", "--json").json
    assert shown["balanced"] is True
    assert shown["debit"] == shown["credit"]

    # Asked for, all that is due goes with the tick: the days from the chosen date on, each once.
    build.run_at_once(Company.objects.get())
    tasks.tick()
    tasks.tick()
    exports = {export.remote_id: export for export in Export.objects.all()}
    assert queries.states() == {"SENT": 4}
    drafts = {draft["id"]: draft for draft in sandbox.drafts}
    assert drafts.keys() == exports.keys()
    assert {draft["voucher_date"] for draft in drafts.values()} == {"2024-03-05", "2024-03-06"}
    for remote_id, draft in drafts.items():
        export = exports[remote_id]
        assert draft["description"].endswith(f"[{export.mark}]")
        assert draft["debit"] == draft["credit"] == to_kroner(export.debit)

    # The accountant looks them through and posts them: Go has nothing against them.
    for draft_id in drafts:
        assert sandbox.post(draft_id)["voucher_no"]
    assert sandbox.drafts == []
    assert len(sandbox.state()["vouchers"]) == 4

"""Connecting to the sandbox process, and fetching its chart."""

import pytest

from accounting.books import queries as books
from accounting.company.records import create_company
from integrations.exports.models import Connection
from integrations.poweroffice import connect, rights
from tests.integrations.poweroffice.build import a_fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("towards_the_sandbox")]


class TestConnecting:
    def test_the_keys_are_sealed_and_the_client_is_named(self, connection):
        assert connection.client_name == "Demo AS"
        assert connection.client_id
        assert connection.environment == "sandbox"
        assert connection.last_four == "ient"
        stored = Connection.objects.get()
        assert "a-client" not in repr(vars(stored))
        assert '"a-client"' in stored.keys.reveal()

    @pytest.mark.usefixtures("connection")
    def test_the_chart_is_theirs(self, company):
        chart = books.chart_of(company)

        assert chart.accounts["1500"].control
        assert not chart.accounts["1579"].control
        assert chart.accounts["3001"].vat_locked
        assert not chart.accounts["3002"].active
        assert chart.accounts["3005"].department_required
        assert chart.vat_codes["3"].rate == 2500
        assert chart.vat_codes["32"].rate == 1111
        assert chart.departments == {"1": "Sentrum", "2": "Torget"}
        assert Connection.objects.get().chart_fetched_at is not None

    def test_what_was_fetched_is_counted(self, connection, company):
        fetched = connect.fetch_chart(connection)

        assert fetched.accounts == company.chart_accounts.count() > 20
        assert fetched.vat_codes == company.chart_vat_codes.count() >= 10
        assert fetched.departments == 2

    @pytest.mark.parametrize(
        ("keys", "code"),
        [
            (("wrong", "a-client", "s"), "keys-refused"),
            (("an-application", "wrong-client", "s"), "keys-refused"),
            (("an-application", "a-client", "wrong"), "subscription-key-refused"),
            (("", "a-client", "s"), "keys-refused"),
            (("an-application", "a-client→", "s"), "keys-refused"),
            (("an-application", "a-client", "s\r\nX: y"), "subscription-key-refused"),
            (("an-application", "a-client", ""), "subscription-key-refused"),
        ],
    )
    def test_keys_that_do_not_open_are_not_kept(self, company, keys, code):
        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", *keys)

        assert refused.value.issue.code == code
        assert not Connection.objects.exists()

    @pytest.mark.parametrize(
        ("application", "client", "code"),
        [
            ("an-application", "wrong-client", "client-key-refused"),
            ("wrong-application", "a-client", "application-key-refused"),
        ],
    )
    def test_what_opens_already_tells_which_key_is_wrong(
        self, connection, company, application, client, code
    ):
        before = connection.keys
        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", application, client, "s")

        assert refused.value.issue.code == code
        assert Connection.objects.get().keys == before

    def test_a_missing_right_is_named_and_nothing_is_kept(self, company, sandbox):
        sandbox.seed({"privileges": ["GeneralLedgerAccount", "CommonServices", "Department"]})

        with pytest.raises(connect.ConnectRefused, match="Sende bilag til bilagsføring") as refused:
            connect.connect(company, "sandbox", "an-application", "a-client", "s")

        assert refused.value.issue.code == "rights-missing"
        assert not Connection.objects.exists()

    def test_a_right_given_since_the_last_token_counts_at_once(self, company, sandbox):
        sandbox.seed({"privileges": ["CommonServices"]})
        with pytest.raises(connect.ConnectRefused):
            connect.connect(company, "sandbox", "an-application", "a-client", "s")
        sandbox.seed({"privileges": [right.name for right in rights.RIGHTS]})

        assert connect.connect(company, "sandbox", "an-application", "a-client", "s")

    @pytest.mark.usefixtures("connection")
    def test_a_client_belongs_to_one_company(self):
        another = create_company("974760673", "Et annet selskap AS")

        with pytest.raises(connect.ConnectRefused, match="et annet selskap her") as refused:
            connect.connect(another, "sandbox", "an-application", "a-client", "a-subscription")

        assert refused.value.issue.code == "client-at-another-company"

    def test_a_far_side_that_is_not_there_is_said(self, company, settings):
        settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"

        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", "a", "b", "c")

        assert refused.value.issue.code == "provider-unreachable"

    @pytest.mark.parametrize("url", ["", "http://goapi.poweroffice.net/"])
    def test_a_sandbox_that_is_not_on_this_machine_is_refused(self, company, settings, url):
        settings.POWEROFFICE_SANDBOX_URL = url

        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", "a", "b", "c")

        assert refused.value.issue.code == "environment-not-allowed"

    @pytest.mark.parametrize(
        "call", ["GET /GeneralLedgerAccounts", "GET /VatCodes", "GET /Departments"]
    )
    def test_a_chart_that_is_not_whole_leaves_the_old_one(self, connection, company, sandbox, call):
        before = books.chart_of(company)
        sandbox.faults(a_fault("500-before-commit", call=call))

        with pytest.raises(connect.ConnectRefused) as refused:
            connect.fetch_chart(connection)

        assert refused.value.issue.code == "provider-unreachable"
        assert books.chart_of(company) == before

    def test_a_change_in_their_chart_comes_with_the_next_fetch(self, connection, company, sandbox):
        sandbox.seed({"departments": [{"code": "1", "name": "Sentrum", "active": False}]})

        connect.fetch_chart(connection)

        assert books.chart_of(company).departments == {"2": "Torget"}

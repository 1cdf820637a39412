"""Mail in development is a page; elsewhere there is no such page. The demo tells its codes there."""

import pytest
from django.core.mail import get_connection, send_mail
from django.core.management import call_command
from django.test import Client

from backoffice import two_factor
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db


def _letter(subject: str, text: str) -> None:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    connection = get_connection(backend)
    send_mail(subject, text, None, ["kari@example.no"], connection=connection)


def test_letters_are_shown_newest_first_with_links(client: Client, settings, tmp_path) -> None:
    settings.DEBUG, settings.MAIL_DIR, settings.EMAIL_FILE_PATH = True, tmp_path, str(tmp_path)
    _letter("Første æøå", "Åpne http://testserver/a/")
    _letter("Andre", "<b>ikke merking</b>")
    page = Page(client, "/utvikling/epost/")
    assert [h.text for h in page.tree.iter("h2")] == ["Andre", "Første æøå"]
    assert page.link("http://testserver/a/") == "http://testserver/a/"
    assert "<b>ikke" not in page.source


def test_an_empty_box_says_what_will_come(client: Client, settings, tmp_path) -> None:
    settings.DEBUG, settings.MAIL_DIR = True, tmp_path / "none"
    assert "Ingen e-post ennå." in Page(client, "/utvikling/epost/").text


def test_outside_development_there_is_no_such_page(client: Client) -> None:
    assert client.get("/utvikling/epost/").status_code == 404


class TestTheDemosCode:
    def test_it_is_the_one_the_app_would_show(self, settings, capsys) -> None:
        settings.DEBUG = True
        support = build.a_superadmin()
        call_command("demo_code", support.email.upper())
        assert capsys.readouterr().out.strip() == two_factor.current_code(support)

    def test_it_is_refused_outside_development(self, capsys) -> None:
        build.a_superadmin()
        with pytest.raises(SystemExit) as ended:
            call_command("demo_code", "support@example.no")
        assert ended.value.code == 1
        said = capsys.readouterr()
        assert (said.out, said.err.strip()) == (
            "",
            "Koder vises bare i utvikling (DJANGO_DEBUG).",
        )

    @pytest.mark.parametrize("address", ["kari@example.no", "ukjent@example.no"])
    def test_without_a_second_factor_there_is_none(self, settings, capsys, address: str) -> None:
        settings.DEBUG = True
        build.a_person("kari@example.no")
        with pytest.raises(SystemExit):
            call_command("demo_code", address)
        assert "har ikke totrinnsinnlogging" in capsys.readouterr().err

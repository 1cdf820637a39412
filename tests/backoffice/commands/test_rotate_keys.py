"""`rotate_keys`: afterwards the newest key alone opens everything."""

import pytest

from backoffice import two_factor
from backoffice.embedded import new_field_key
from integrations.exports.models import Connection
from tests import build
from tests.backoffice.commands.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(settings) -> list[str]:
    """Keys of a connection and a second factor, sealed with the older of two keys."""
    old, new = new_field_key(), new_field_key()
    settings.FIELD_KEYS = [old]
    company = build.a_company()
    build.a_connection(company)
    build.with_second_factor(build.a_manager(company))
    return [new, old]


def test_the_old_key_may_be_removed_afterwards(sealed, settings) -> None:
    before = Connection.objects.get().keys.reveal()
    kari = build.User.objects.get()
    code = two_factor.current_code(kari)
    settings.FIELD_KEYS = sealed

    ended = run("rotate_keys")

    settings.FIELD_KEYS = sealed[:1]
    assert ended.code == 0
    assert "exports.Connection: 1" in ended.out
    assert "mfa.Authenticator: 1" in ended.out
    assert Connection.objects.get().keys.reveal() == before
    assert two_factor.current_code(kari) == code


def test_again_changes_nothing_that_can_be_seen(sealed, settings) -> None:
    settings.FIELD_KEYS = sealed
    before = Connection.objects.get().keys.reveal()
    assert run("rotate_keys").code == run("rotate_keys").code == 0
    assert Connection.objects.get().keys.reveal() == before


def test_what_no_key_opens_is_named_and_the_rest_is_done(sealed, settings) -> None:
    settings.FIELD_KEYS = [new_field_key()]
    build.with_second_factor(build.a_person("rolf@example.no"))

    ended = run("rotate_keys")

    assert ended.code == 1
    assert "exports.Connection" in ended.err
    assert "mfa.Authenticator: 1" in ended.out
    settings.FIELD_KEYS = sealed[1:]
    assert Connection.objects.get().last_four == "7a3f"


def test_nothing_sealed_is_nothing_to_do(db) -> None:
    assert run("rotate_keys").code == 0

"""Keys at rest: what the database holds, who can open it, and where it is never seen."""

import base64
import copy
import json
import logging
import pickle

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models

from integrations.secrets import (
    CannotUnseal,
    SealedTextField,
    Secret,
    digest,
    last_four,
    reseal,
    seal,
    unseal,
)

CANARY = "canary-6b1f-secret"


def a_key(letter: str) -> str:
    return base64.urlsafe_b64encode(letter.encode() * 32).decode()


@pytest.fixture(autouse=True)
def key_ring(settings):
    settings.FIELD_KEYS = [a_key("a")]


class Box(models.Model):
    """A row with two sealed fields, only for these tests."""

    keys = SealedTextField()
    note = SealedTextField(null=True)

    class Meta:
        app_label = "sealed_tests"
        db_table = "sealed_tests_box"

    def __str__(self):
        return f"box {self.pk}"


@pytest.fixture
def box_table(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Box)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Box)


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT keys FROM sealed_tests_box")
        return cursor.fetchone()[0]


class TestSecret:
    def test_it_shows_itself_as_stars_everywhere(self, caplog):
        secret = Secret(CANARY)

        logging.getLogger("x").warning("%s %r", secret, [secret])

        shown = f"{secret} {secret!r} {[secret]} { ({'k': secret}) } {caplog.text}"
        assert CANARY not in shown
        assert shown.startswith("*** *** [***]")
        assert secret.reveal() == CANARY

    def test_it_does_not_travel(self):
        for travel in (pickle.dumps, json.dumps):
            with pytest.raises(TypeError):
                travel(Secret(CANARY))

    def test_it_is_equal_to_the_same_secret_and_to_no_text(self):
        assert Secret("a") == Secret("a")
        assert Secret("a") != Secret("b")
        assert Secret("a") != "a"
        assert len({Secret("a"), Secret("a"), Secret("b")}) == 2

    def test_an_empty_one_is_false(self):
        assert Secret(CANARY)
        assert not Secret("")

    def test_copies_are_itself(self):
        secret = Secret(CANARY)

        assert copy.copy(secret) is secret
        assert copy.deepcopy([secret])[0] is secret


class TestSealing:
    def test_what_is_sealed_opens_at_the_same_place_only(self):
        sealed = seal(CANARY, "a.b.c")

        assert CANARY not in sealed
        assert unseal(sealed, "a.b.c") == CANARY
        with pytest.raises(CannotUnseal, match="for another field"):
            unseal(sealed, "a.b.d")

    def test_the_same_text_is_never_sealed_alike(self):
        assert seal(CANARY, "x") != seal(CANARY, "x")

    def test_every_key_of_the_ring_opens_and_the_newest_seals(self, settings):
        old = seal(CANARY, "x")
        settings.FIELD_KEYS = [a_key("b"), a_key("a")]

        assert unseal(old, "x") == CANARY
        assert seal(CANARY, "x").split(":")[1] != old.split(":")[1]

    def test_a_key_that_is_gone_is_named_by_its_id(self, settings):
        old = seal(CANARY, "x")
        settings.FIELD_KEYS = [a_key("b")]

        with pytest.raises(CannotUnseal, match=old.split(":")[1]):
            unseal(old, "x")

    def test_a_text_that_was_altered_does_not_open(self):
        sealed = seal(CANARY, "x")
        form, key_id, body = sealed.split(":")
        raw = bytearray(base64.urlsafe_b64decode(body))
        raw[-1] ^= 1
        altered = f"{form}:{key_id}:{base64.urlsafe_b64encode(raw).decode()}"

        for text in (altered, sealed[:-8], f"{form}:{key_id}:", "v1", "", CANARY, sealed + "!"):
            with pytest.raises(CannotUnseal):
                unseal(text, "x")

    @pytest.mark.parametrize("keys", [[], ["short"], [a_key("a")[:-4]], ["!!" + a_key("a")]])
    def test_a_ring_that_is_no_ring_is_refused(self, settings, keys):
        settings.FIELD_KEYS = keys

        with pytest.raises(ImproperlyConfigured):
            seal(CANARY, "x")


@pytest.mark.usefixtures("box_table")
class TestField:
    def test_the_database_holds_no_trace_of_the_text(self):
        Box.objects.create(keys=CANARY)

        assert stored().startswith("v1:")
        assert CANARY not in stored()
        found = Box.objects.get()
        assert found.keys == Secret(CANARY)
        assert found.note is None

    def test_it_is_a_secret_from_the_moment_it_is_assigned(self):
        box = Box(keys=CANARY)

        assert isinstance(box.keys, Secret)
        assert CANARY not in repr(vars(box))

    def test_anything_but_a_text_is_refused(self):
        with pytest.raises(TypeError):
            Box(keys=7)

    def test_a_sealed_text_cannot_be_moved_to_another_column(self):
        Box.objects.create(keys=CANARY, note="something")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sealed_tests_box SET note = keys")

        with pytest.raises(CannotUnseal, match="note"):
            Box.objects.get().note.reveal()

    def test_a_row_whose_key_is_lost_can_be_read_and_given_another_text(self, settings):
        Box.objects.create(keys="before")
        settings.FIELD_KEYS = [a_key("b")]

        box = Box.objects.get()
        with pytest.raises(CannotUnseal):
            box.keys.reveal()
        box.keys = CANARY
        box.save()

        assert Box.objects.get().keys.reveal() == CANARY

    def test_an_update_seals_as_well(self):
        Box.objects.create(keys="before")

        Box.objects.update(keys=CANARY)

        assert CANARY not in stored()
        assert Box.objects.get().keys.reveal() == CANARY

    def test_it_can_be_asked_for_nothing_but_null(self):
        Box.objects.create(keys=CANARY)

        assert Box.objects.filter(note__isnull=True).count() == 1
        for lookup in ("keys", "keys__contains", "keys__in"):
            with pytest.raises(FieldError):
                Box.objects.filter(**{lookup: CANARY}).exists()

    def test_it_is_in_no_form_and_in_no_dump(self):
        box = Box(keys=CANARY)

        assert not Box._meta.get_field("keys").editable
        with pytest.raises(FieldError):
            Box._meta.get_field("keys").value_to_string(box)

    def test_resealing_uses_the_newest_key_and_keeps_what_was_stored(self, settings):
        box = Box.objects.create(keys="before", note="kept")
        Box.objects.update(keys=CANARY)  # by somebody else, meanwhile
        settings.FIELD_KEYS = [a_key("b"), a_key("a")]

        reseal(box)

        settings.FIELD_KEYS = [a_key("b")]
        found = Box.objects.get()
        assert (found.keys.reveal(), found.note.reveal()) == (CANARY, "kept")


def test_the_last_four_are_shown_of_a_long_key_only():
    assert last_four("0123456789abcdef") == "cdef"
    assert last_four("1234567") == ""


def test_a_digest_is_the_same_for_the_same_text_only():
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("a")) == 64

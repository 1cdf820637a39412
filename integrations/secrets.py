"""Keys of others are sealed before they reach the database, and never shown by accident.

AES-256-GCM with the keys of `settings.FIELD_KEYS` (32 bytes each, URL-safe base64, newest
first): the newest seals, every one of them opens. A sealed text is bound to its model and field
and cannot be moved to another column. The database alone gives nothing away (reliability.md 2.4,
67 and 68).
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Never, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute

FORM = "v1"
NONCE_BYTES = 12  # 96 bits at random, as NIST SP 800-38D 8.2.2 allows
SHOWN_FROM_LENGTH = 8  # four letters of a shorter key would give half of it away


class CannotUnseal(Exception):
    """The text was sealed by a key that is not in FIELD_KEYS, for another field, or altered."""


class Secret:
    """A text that shows itself as `***`; only `reveal()` gives it.

    It cannot be pickled, so it never travels in a task's arguments or a cache.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself: ask for it at the edge, where it is used, and keep it nowhere."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.reveal().encode(), other.reveal().encode())

    def __hash__(self) -> int:
        return hash((Secret, self.reveal()))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> Never:
        raise TypeError("A Secret is not pickled; send the id of its row.")


class Stored(Secret):
    """A Secret as the database holds it, opened each time it is asked for.

    A page that shows none opens none, and a row whose key is lost can be read, and given new keys.
    """

    __slots__ = ("_place",)

    def __init__(self, sealed: str, place: str) -> None:
        super().__init__(sealed)
        self._place = place

    def reveal(self) -> str:
        """The text itself. Raises CannotUnseal."""
        return unseal(self._text, self._place)


def last_four(text: str) -> str:
    """The last four letters, by which a person knows a key again; '' for a short one."""
    return text[-4:] if len(text) >= SHOWN_FROM_LENGTH else ""


def digest(text: str) -> str:
    """SHA-256 in hex, to find a token again without keeping it.

    Only for long random texts: a password that people choose needs a slow hash.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def seal(text: str, place: str) -> str:
    """`text` sealed with the newest key, openable only for the same `place`."""
    key_id, key = _ring()[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound_to(key_id, place))
    return f"{FORM}:{key_id}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, place: str) -> str:
    """The text that was sealed for `place`, by any key of the ring. Raises CannotUnseal."""
    form, _, rest = sealed.partition(":")
    key_id, _, body = rest.partition(":")
    if form != FORM or not body:
        raise CannotUnseal(f"{place} does not hold a sealed text.")
    key = dict(_ring()).get(key_id)
    if key is None:
        raise CannotUnseal(f"{place} was sealed with key {key_id}, which is not in FIELD_KEYS.")
    try:
        raw = base64.b64decode(body, altchars=b"-_", validate=True)
        opened = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound_to(key_id, place))
    except (binascii.Error, ValueError, InvalidTag) as problem:
        raise CannotUnseal(f"{place} was altered, or sealed for another field.") from problem
    return opened.decode()


def reseal_text(sealed: str, place: str) -> str:
    """The same text, sealed anew for the same place with the newest key. Raises CannotUnseal."""
    return seal(unseal(sealed, place), place)


class SealedAttribute(DeferredAttribute):
    """What is assigned is kept as a Secret at once, so that no page or log sees the text."""

    def __set__(self, instance: models.Model, value: "str | Secret | None") -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # django-stubs: set/get types
    """A text kept sealed. Assign a `str` or a `Secret`; read a `Secret` (or None where null).

    Revealing raises CannotUnseal when no key of FIELD_KEYS opens it. It cannot be searched for,
    edited in a form or dumped. The seal names `app.model.field`: a rename must re-seal.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    @property
    def place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    def to_python(self, value: "str | Secret | None") -> Secret | None:
        if value is None or isinstance(value, Secret):
            return value
        if not isinstance(value, str):
            raise TypeError(f"{self.place} takes a text or a Secret.")
        return Secret(value)

    def from_db_value(self, value: str | None, *_: object) -> Secret | None:
        return None if value is None else Stored(value, self.place)

    def get_prep_value(self, value: "str | Secret | None") -> str | None:
        secret = self.to_python(value)
        return None if secret is None else seal(secret.reveal(), self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.place} is sealed; it cannot be searched by {lookup_name}.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002
        raise FieldError(f"{self.place} is sealed and is not dumped; back up the database.")


def reseal(row: models.Model) -> None:
    """Seal every sealed field of the stored row anew with the newest key.

    Reads the row again under a lock, so what was changed meanwhile is kept. Raises CannotUnseal.
    """
    manager = type(row)._base_manager  # noqa: SLF001
    names = [
        field.attname for field in row._meta.concrete_fields if isinstance(field, SealedTextField)
    ]
    with transaction.atomic():
        stored = manager.select_for_update().get(pk=row.pk)
        manager.filter(pk=row.pk).update(**{name: getattr(stored, name) for name in names})


def _bound_to(key_id: str, place: str) -> bytes:
    return f"{FORM}:{key_id}:{place}".encode()


def _ring() -> Sequence[tuple[str, bytes]]:
    return _parsed(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _parsed(texts: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """(key id, key), newest first. The id is the start of the key's hash and tells nothing."""
    if not texts:
        raise ImproperlyConfigured("FIELD_KEYS is empty: nothing can be sealed.")
    ring = []
    for text in texts:
        try:
            key = base64.b64decode(text.strip(), altchars=b"-_", validate=True)
        except binascii.Error as problem:
            raise ImproperlyConfigured("A key of FIELD_KEYS is not URL-safe base64.") from problem
        if len(key) != 32:
            raise ImproperlyConfigured("A key of FIELD_KEYS is not 32 bytes.")
        ring.append((hashlib.sha256(key).hexdigest()[:8], key))
    return tuple(ring)

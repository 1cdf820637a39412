"""Every sealed text of the database is sealed anew with the newest key of FIELD_KEYS.

Afterwards the older keys may be removed from FIELD_KEYS (reliability.md 2.4, 68).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from backoffice.adapters import PLACE
from integrations.secrets import CannotUnseal, SealedTextField, reseal, reseal_text


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows of each table were sealed anew, and why others could not be."""

    rows: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def rotate() -> Rotated:
    """Seal everything anew. A row that no key opens is named and left as it is; the others go on."""
    done = Rotated()
    for model, pk in _sealed_rows():
        try:
            _reseal(model, pk)
        except CannotUnseal as problem:
            done.failed.append(f"{model._meta.label} {pk}: {problem}")
        else:
            done.rows[model._meta.label] += 1
    return done


def _sealed_rows() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models():
        sealed = any(isinstance(each, SealedTextField) for each in model._meta.concrete_fields)
        if sealed or model is Authenticator:
            manager = model._base_manager  # noqa: SLF001  # whatever the default manager hides
            for pk in manager.order_by("pk").values_list("pk", flat=True):
                yield model, pk


def _reseal(model: type[models.Model], pk: Any) -> None:
    if model is Authenticator:
        _reseal_second_factor(pk)
    else:
        reseal(model(pk=pk))


@transaction.atomic
def _reseal_second_factor(pk: Any) -> None:
    row = Authenticator.objects.select_for_update().get(pk=pk)
    row.data = _resealed(row.data)
    row.save(update_fields=["data"])


def _resealed(held: Any) -> Any:
    """The second factor's JSON: its secret, seed or codes are sealed texts, the rest is not."""
    match held:
        case dict():
            return {name: _resealed(value) for name, value in held.items()}
        case list():
            return [_resealed(value) for value in held]
        case str():
            return reseal_text(held, PLACE)
    return held

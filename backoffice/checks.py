"""What must hold before the house opens: providers load, every fix has a page, triggers stand."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from accounting import insert_only
from accounting.books.domain.issues import Page

Found = list[checks.CheckMessage]


def register() -> None:
    """Hand the checks to Django; called once, when the apps are ready."""
    checks.register(providers_load)
    checks.register(every_fix_has_a_page, checks.Tags.urls)
    checks.register(add_only_tables_are_guarded, checks.Tags.database)


def providers_load(app_configs: Sequence[Any] | None, **kwargs: Any) -> Found:  # noqa: ARG001
    """Every dotted path in ACCOUNTING_PROVIDERS names something that can be imported (E001)."""
    found: Found = []
    for key, dotted_path in settings.ACCOUNTING_PROVIDERS.items():
        try:
            import_string(dotted_path)
        except ImportError as error:
            said = f"The provider «{key}» does not load: {error}"
            found.append(checks.Error(said, id="backoffice.E001"))
    return found


def every_fix_has_a_page(app_configs: Sequence[Any] | None, **kwargs: Any) -> Found:  # noqa: ARG001
    """Every page that an issue can lead to has an address (W002)."""
    names = set(_url_names(get_resolver()))
    lost = [page.value for page in Page if page.value not in names]
    said = f"These pages, which issues lead to, have no address: {', '.join(lost)}"
    return [checks.Warning(said, id="backoffice.W002")] if lost else []


def add_only_tables_are_guarded(
    app_configs: Sequence[Any] | None,  # noqa: ARG001
    *,
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> Found:
    """Every add-only table has its triggers (E003). Asked for by `check --database default`."""
    return [
        checks.Error(f"The guard {name} is missing. Run `manage.py migrate`.", id="backoffice.E003")
        for database in databases or ()
        for name in insert_only.missing(connections[database])
    ]


def _url_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name
        elif isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _url_names(pattern, inner)

"""The menu of a company's pages, as data. An entry whose page is not built is not shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.company.roles import Permission, Role, may


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: its words, its page's URL name, and the permission it needs."""

    label: Promise
    url_name: str
    permission: Permission = Permission.SEE


@dataclass(frozen=True, slots=True)
class Link:
    """An entry with its address; `current` on the page itself and on pages under it."""

    label: Promise
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Links under one heading; the first section has none."""

    heading: Promise | str
    links: tuple[Link, ...]


MENU: tuple[tuple[Promise | str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry(_("Oversikt"), "exports:overview"),
            Entry(_("Oppgjør"), "exports:settlements"),
            Entry(_("Kalender"), "exports:calendar"),
            Entry(_("Fakturaer"), "exports:invoices"),
            Entry(_("Importer fil"), "pos:upload", Permission.UPLOAD_SALES),
        ),
    ),
    (
        _("Overføring"),
        (
            Entry(_("Status"), "exports:status"),
            Entry(_("Kjøringer"), "exports:runs"),
            Entry(_("Historikk"), "exports:history"),
        ),
    ),
    (
        _("Oppsett"),
        (
            Entry(_("Selskap"), "company:company"),
            Entry(_("Avdelinger"), "company:departments"),
            Entry(_("Kasser"), "company:tills"),
            Entry(_("Kontooppsett"), "books:account_setup"),
            Entry(_("PowerOffice Go"), "exports:connection"),
            Entry(_("Tilganger"), "people:members"),
            Entry(_("Aktivitetslogg"), "activity:log"),
        ),
    ),
)

SYSTEM: tuple[Entry, ...] = (
    Entry(_("Selskaper"), "system:companies"),
    Entry(_("Tillatelser"), "system:grants"),
    Entry(_("SuperAdmin"), "system:support"),
    Entry(_("Driftsstatus"), "system:operation"),
)


def menu_for(org_no: str, role: Role, *, here: str) -> list[Section]:
    """The sections this role sees, with the entry that `here` (a path) belongs to marked."""
    shown = [(heading, list(_open(entries, org_no, role))) for heading, entries in MENU]
    current = _nearest([url for _heading, found in shown for _entry, url in found], here)
    return [
        Section(heading, tuple(Link(entry.label, url, url == current) for entry, url in found))
        for heading, found in shown
        if found
    ]


def system_menu(*, here: str) -> Section:
    """SuperAdmin's own section, the same on every page."""
    found = [(entry, reverse(entry.url_name)) for entry in SYSTEM]
    current = _nearest([url for _entry, url in found], here)
    links = tuple(Link(entry.label, url, url == current) for entry, url in found)
    return Section(_("System"), links)


def _open(entries: tuple[Entry, ...], org_no: str, role: Role) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        if not may(role, entry.permission):
            continue
        try:
            yield entry, reverse(entry.url_name, kwargs={"org_no": org_no})
        except NoReverseMatch:
            continue  # its room has no such page yet


def _nearest(urls: list[str], here: str) -> str | None:
    """The longest address that `here` is at or under."""
    under = [url for url in urls if here == url or here.startswith(url.rstrip("/") + "/")]
    return max(under, key=len, default=None)

"""The menu: shows what is built, to those who may, and marks where one is."""

import pytest
from django.test import override_settings
from django.urls import path

from accounting.company.roles import Role
from backoffice import menu


def _nothing(request):
    raise NotImplementedError


class Two:
    """A house with two pages of the menu built, and one page under the first."""

    exports = [
        path("oppgjor/", _nothing, name="settlements"),
        path("overforing/status/", _nothing, name="status"),
    ]
    urlpatterns = [path("s/<str:org_no>/", (exports, "exports", "exports"))]


def _words(sections: list[menu.Section]) -> list[tuple[str, list[str]]]:
    return [(str(s.heading), [str(link.label) for link in s.links]) for s in sections]


@pytest.mark.parametrize("role", list(Role))
@override_settings(ROOT_URLCONF=Two)
def test_only_what_is_built_is_shown(role: Role) -> None:
    sections = menu.menu_for("912345678", role, here="/")
    assert _words(sections) == [("", ["Oppgjør"]), ("Overføring", ["Status"])]


@pytest.mark.parametrize(
    ("here", "marked"),
    [
        ("/s/912345678/oppgjor/", ["Oppgjør"]),
        ("/s/912345678/oppgjor/7/", ["Oppgjør"]),
        ("/s/912345678/overforing/status/", ["Status"]),
        ("/s/912345678/overforing/", []),
        ("/", []),
    ],
)
@override_settings(ROOT_URLCONF=Two)
def test_the_page_one_is_on_or_under_is_marked(here: str, marked: list[str]) -> None:
    sections = menu.menu_for("912345678", Role.ACCOUNTANT, here=here)
    assert [str(link.label) for s in sections for link in s.links if link.current] == marked

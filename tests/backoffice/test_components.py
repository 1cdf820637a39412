"""The components: sign and word together, and a link to the very field."""

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, path
from django.utils import translation

from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.domain.words import TEXTS
from backoffice.states import LOOKS
from backoffice.templatetags import backoffice as tags
from integrations.exports.states import State

COMPANY = SimpleNamespace(org_no="912345678", name="Fjordkaffe AS")


def _nothing(request):
    raise NotImplementedError


class Rooms:
    """Addresses like those of the rooms, one of which has room for a number."""

    books = ([path("kontooppsett/", _nothing, name="account_setup")], "books")
    exports = ([path("oppgjor/<str:settlement>/", _nothing, name="settlement")], "exports")
    urlpatterns = [
        path("s/<str:org_no>/", (*books, "books")),
        path("s/<str:org_no>/", (*exports, "exports")),
    ]


def _issue(fix: Fix | None) -> Issue:
    code = next(code for code, text in TEXTS.items() if "{" not in f"{text.nb}{text.en}")
    return Issue(code, fix=fix)


@pytest.mark.parametrize(
    ("fix", "address"),
    [
        (None, ""),
        (Fix(Page.ACCOUNT_SETUP), "/s/912345678/kontooppsett/"),
        (
            Fix(Page.ACCOUNT_SETUP, (("row", "mat 15"),)),
            "/s/912345678/kontooppsett/?row=mat+15",
        ),
        (
            Fix(Page.SETTLEMENT, (("settlement", "7"), ("line", "3"))),
            "/s/912345678/oppgjor/7/?line=3",
        ),
    ],
)
@override_settings(ROOT_URLCONF=Rooms)
def test_a_fix_leads_to_its_page_and_row(fix: Fix | None, address: str) -> None:
    assert tags.fix_url(_issue(fix), COMPANY) == address


@override_settings(ROOT_URLCONF=Rooms)
def test_a_fix_to_a_page_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(NoReverseMatch):
        tags.fix_url(_issue(Fix(Page.DEPARTMENTS)), COMPANY)


@pytest.mark.parametrize("language", ["nb", "en"])
@override_settings(ROOT_URLCONF=Rooms)
def test_an_issue_says_effect_and_way_out_with_its_link(language: str) -> None:
    issue = _issue(Fix(Page.ACCOUNT_SETUP, (("row", "1"),)))
    with translation.override(language):
        said = tags.issue_words(issue)
        html = render_to_string("components/issue.html", {"issue": issue, "company": COMPANY})
    assert said == getattr(TEXTS[issue.code], language)
    assert said.effect in html
    assert 'href="/s/912345678/kontooppsett/?row=1"' in html


def test_every_state_has_a_sign_a_word_and_a_colour() -> None:
    assert set(LOOKS) == set(State)
    for state in State:
        html = render_to_string("components/state.html", {"state": state})
        assert LOOKS[state].sign in html
        assert str(LOOKS[state].word) in html
        assert LOOKS[state].css in html


def test_states_read_in_english_too() -> None:
    with translation.override("en"):
        assert str(tags.state_word("HELD")) == "Needs your answer"
        assert str(tags.state_word("UNCERTAIN")) == "Checking"


def test_an_amount_keeps_together() -> None:
    html = render_to_string("components/money.html", {"ore": -123450})
    assert html.strip() == '<span class="money">−1\u00a0234,50</span>'
    assert render_to_string("components/money.html", {"ore": None}).strip() == ""


def test_a_table_labels_each_cell_for_narrow_screens() -> None:
    given = {
        "caption": "Bilag",
        "columns": [("Konto", "text"), ("Debet", "number")],
        "rows": [("1900", "<b>")],
    }
    html = render_to_string("components/table.html", given)
    assert "<caption>Bilag</caption>" in html
    assert '<td data-label="Konto">1900</td>' in html
    assert '<td data-label="Debet" class="number">&lt;b&gt;</td>' in html


def test_a_row_shorter_than_its_heading_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        tags.labelled(["1900"], [("Konto", "text"), ("Debet", "number")])


def test_leafing_keeps_the_filters() -> None:
    request = RequestFactory().get("/?status=SENT&page=2")
    page = Paginator(range(30), 10).page(2)
    html = render_to_string("components/pager.html", {"page": page}, request=request)
    assert 'href="?status=SENT&amp;page=3"' in html
    assert "Side 2 av 3" in html

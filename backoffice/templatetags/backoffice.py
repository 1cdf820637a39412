"""What templates need from us: amounts, dates, states, and the address that mends an issue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from accounting.books.domain import issues
from accounting.books.domain.words.text import Words
from accounting.company.models import Company, Register
from backoffice.menu import Section, menu_for, system_menu
from backoffice.states import LOOKS

HARD_SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"

register = template.Library()


@register.filter
def kroner(ore: int | None) -> str:
    """Whole øre as kroner: `1 234,50` with hard spaces, in English `1,234.50`; None is empty.

    The minus is U+2212. Anything but an int is a mistake of ours: TypeError.
    """
    if ore is None:
        return ""
    if not isinstance(ore, int):
        raise TypeError(f"kroner takes whole øre, not {type(ore).__name__}")
    whole, rest = divmod(abs(ore), 100)
    text = f"{whole:,}.{rest:02d}"
    if not _english():
        text = text.replace(",", HARD_SPACE).replace(".", ",")
    return MINUS + text if ore < 0 else text


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as `24.11.2026`, in English `24 Nov 2026`; a datetime by its Oslo day."""
    if value is None:
        return ""
    return date_format(_local(value), "DATE_FORMAT")


@register.filter
def clock_time(value: datetime | None) -> str:
    """A moment's Oslo time as `kl. 05.00`, in English `05:00`."""
    if value is None:
        return ""
    return date_format(_local(value), "TIME_FORMAT")


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as `24.11.2026 kl. 05.00`, in English `24 Nov 2026 05:00`."""
    if value is None:
        return ""
    return date_format(_local(value), "DATETIME_FORMAT")


@register.filter
def last_day(end: datetime | None) -> date | None:
    """The last Oslo day before a moment when something ends: `til og med`."""
    return localtime(end - timedelta(microseconds=1)).date() if end else None


@register.filter
def org_no(value: str) -> str:
    """An organisation number in groups: `912 345 678`, with hard spaces."""
    return HARD_SPACE.join((value[:3], value[3:6], value[6:])).strip()


@register.filter
def state_word(state: str) -> Promise:
    """The word of an export's state; KeyError for a state that has none."""
    return LOOKS[str(state)].word


@register.filter
def state_class(state: str) -> str:
    """The CSS class of an export's state."""
    return LOOKS[str(state)].css


@register.filter
def state_sign(state: str) -> str:
    """The sign of an export's state, for eyes only: the word stands beside it."""
    return LOOKS[str(state)].sign


@register.filter
def labelled(row: Sequence[Any], columns: Sequence[tuple[Any, str]]) -> list[tuple[Any, str, Any]]:
    """A row's cells with their column's heading and kind; ValueError when the row is too short."""
    return [(*column, cell) for column, cell in zip(columns, row, strict=True)]


@register.filter
def issue_words(issue: issues.Issue) -> Words:
    """The sentences of an issue in the reader's language."""
    return issues.words(issue, "en" if _english() else "nb")


@register.simple_tag
def till_place(till: Register, company: Company) -> str:
    """Where a till stands; empty unless that is needed to tell it from another of the same id."""
    return company.place_of(till)


@register.simple_tag
def fix_url(issue: issues.Issue, company: Company) -> str:
    """The address where the issue is mended; empty when the way out is outside this system.

    As many of the fix's params as the address itself has room for go into it, in their order;
    the rest follow as a query. NoReverseMatch when the page has no address at all.
    """
    if issue.fix is None:
        return ""
    params = issue.fix.params
    for taken in range(len(params), 0, -1):
        try:
            path = _company_url(issue.fix.page.value, company, params[:taken])
        except NoReverseMatch:
            continue  # one fewer in the path
        return _with_query(path, params[taken:])
    return _with_query(_company_url(issue.fix.page.value, company, ()), params)


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> SafeString:
    """The page's `title` block as plain text, so that `<title>` and the heading say the same."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    # The block was escaped when it was rendered; tags are taken away, entities stay.
    return mark_safe(strip_tags(block.render(context)).strip() if block else "")  # noqa: S308


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[Section]:
    """The menu for this page's company and person, and SuperAdmin's own; empty where there is neither."""
    request, company = context.get("request"), context.get("company")
    if request is None or getattr(request, "second_factor_first", False):
        return []
    role = getattr(request, "role", None)
    sections = menu_for(company.org_no, role, here=request.path) if company and role else []
    user = getattr(request, "user", None)
    above = user is not None and user.is_authenticated and user.is_superuser
    return [*sections, system_menu(here=request.path)] if above else sections


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local(value: date | datetime) -> date | datetime:
    return localtime(value) if isinstance(value, datetime) else value


def _company_url(name: str, company: Company, params: tuple[tuple[str, str], ...]) -> str:
    return reverse(name, kwargs={"org_no": company.org_no, **dict(params)})


def _with_query(path: str, params: tuple[tuple[str, str], ...]) -> str:
    return f"{path}?{urlencode(params)}" if params else path

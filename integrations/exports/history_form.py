"""The filter of the history, its saved periods, and what it says in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.books.fields import AmountField, DayField
from accounting.company.models import Company
from integrations.exports.documents import written
from integrations.exports.forms import DAY_FORMATS, DayInput
from integrations.exports.pages.past import ORDERS, STATE_WORDS, Sought
from integrations.exports.telling.terms import term_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DEFAULT_ORDER = "-dato"


@dataclass(frozen=True, slots=True)
class Period:
    """A saved period; None at both ends is all there is."""

    words: Promise
    first: date | None
    last: date | None

    @property
    def query(self) -> str:
        """Give the address's query: an empty `fra` asks for everything, none for the VAT term."""
        return f"fra={self.first or ''}&til={self.last or ''}"


def periods(today: date) -> tuple[Period, ...]:
    """Give the periods that an accountant asks for, the first of them without being asked."""
    term = term_of(today)
    before = today.replace(day=1) - timedelta(days=1)
    year = today.replace(month=1, day=1)
    return (
        Period(_("Denne mva-terminen"), term.first, term.last),
        Period(_("Forrige måned"), before.replace(day=1), before),
        Period(_("I år"), year, year.replace(month=12, day=31)),
        Period(_("Alt"), None, None),
    )


def _day(label: "_StrPromise") -> DayField:
    return DayField(label=label, required=False, widget=DayInput, input_formats=DAY_FORMATS)


def _choice(label: "_StrPromise", choices: list[tuple[str, str | Promise]]) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    every = [("", _("Alle")), *choices]
    return forms.ChoiceField(label=label, required=False, choices=every, widget=widget)


class HistoryForm(forms.Form):
    """Which exports to show; a GET form, so that a filter can be linked to."""

    avdeling = _choice(_("Avdeling"), [])
    status = _choice(_("Status"), [(state.value, words) for state, words in STATE_WORDS.items()])
    fra = _day(_("Bilagsdato fra og med"))
    til = _day(_("Bilagsdato til og med"))
    overfort_fra = _day(_("Overført fra og med"))
    overfort_til = _day(_("Overført til og med"))
    belop = AmountField(label=_("Bilagssum"), required=False, max_length=30)
    sok = forms.CharField(
        label=_("Z-nr., bilagsnr. eller merke"),
        required=False,
        max_length=40,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )

    def __init__(self, company: Company, query: QueryDict, today: date) -> None:
        """Offer the company's own departments; without a word about the period it is the VAT term."""
        data = query.copy()
        if not {"fra", "til"} & query.keys():
            term = periods(today)[0]
            data["fra"], data["til"] = f"{term.first}", f"{term.last}"
        super().__init__(data)
        self._order = query.get("sorter", "")
        self.fields["belop"].widget.attrs["class"] = "form-control amount"
        rows = company.departments.order_by("name").values_list("pk", "name")
        self._departments = {str(pk): name for pk, name in rows}
        if self._departments:
            self.fields["avdeling"] = _choice(_("Avdeling"), [*self._departments.items()])
            self.order_fields(["avdeling"])
        else:
            del self.fields["avdeling"]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, at the field that ends it."""
        given = super().clean() or self.cleaned_data
        for first, last in (("fra", "til"), ("overfort_fra", "overfort_til")):
            begins, ends = given.get(first), given.get(last)
            if begins and ends and ends < begins:
                self.add_error(last, _("Perioden slutter før den begynner."))
        return given

    @property
    def order(self) -> str:
        """Give the order asked for: a name of ORDERS, with `-` for the greatest first."""
        return self._order if self._order.lstrip("-") in ORDERS else DEFAULT_ORDER

    def sought(self) -> Sought:
        """Give what is asked for; a field that makes no sense asks for nothing, and says so."""
        self.is_valid()
        given = self.cleaned_data
        order = ORDERS[self.order.lstrip("-")]
        return Sought(
            department=int(given["avdeling"]) if given.get("avdeling") else None,
            state=given.get("status", ""),
            first=given.get("fra"),
            last=given.get("til"),
            arrived_first=given.get("overfort_fra"),
            arrived_last=given.get("overfort_til"),
            amount=given.get("belop"),
            words=given.get("sok", ""),
            order=order if self.order.startswith("-") else order.turned(),
        )

    def said(self) -> list[tuple[str, str]]:
        """Give each field that asks for something, with what it asks for in the reader's words."""
        given = self.cleaned_data
        return [
            (str(field.label), self._in_words(name, given[name]))
            for name, field in self.fields.items()
            if given.get(name) not in (None, "")
        ]

    def _in_words(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return written.day(value.isoformat())
        if isinstance(value, int):
            return written.kroner(value)
        if name == "avdeling":
            return self._departments[value]
        return str(dict(STATE_WORDS).get(value, value)) if name == "status" else str(value)

"""The log's filter, a GET form: a filter can be linked to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.books.fields import DayField
from accounting.company.models import Company
from backoffice.activity.queries import NOBODY, Wanted, actors
from backoffice.activity.words import KINDS
from integrations.exports.forms import DAY_FORMATS, DayInput


class LogFilterForm(forms.Form):
    """Who, what, when, and a word of what it is about."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    slag = forms.ChoiceField(
        label=_("Gjelder"),
        required=False,
        choices=[("", _("Alt")), *((kind.value, words) for kind, words in KINDS.items())],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    fra = DayField(
        label=_("Fra og med"), required=False, widget=DayInput, input_formats=DAY_FORMATS
    )
    til = DayField(
        label=_("Til og med"), required=False, widget=DayInput, input_formats=DAY_FORMATS
    )
    sok = forms.CharField(
        label=_("Søk"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )

    def __init__(self, company: Company, *args: Any, **kwargs: Any) -> None:
        """Offer everybody who has done something in the company."""
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), user.get_short_name()) for user in actors(company)]
        self.fields["person"] = forms.ChoiceField(
            label=_("Person"),
            required=False,
            choices=[("", _("Alle")), *people, (NOBODY, _("Systemet"))],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.order_fields(["person", "slag", "fra", "til", "sok"])

    def wanted(self) -> Wanted:
        """Give what is asked for; a field that makes no sense asks for nothing, and says so."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            person=said.get("person", ""),
            kind=said.get("slag", ""),
            first=said.get("fra"),
            last=said.get("til"),
            subject=said.get("sok", ""),
        )

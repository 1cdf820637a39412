"""The filter of the settlements list, and the reason for leaving one out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company
from integrations.exports.pages.listing import Wanted
from integrations.exports.pages.standing import Standing
from integrations.exports.states import State

# What people filter by; the words are those that the list itself shows.
STANDINGS = (
    ("", _("Alle")),
    (State.READY, _("Klar")),
    (State.SENDING, _("Sendes")),
    (State.UNCERTAIN, _("Avklares")),
    (State.SENT, _("Overført")),
    (State.POSTED, _("Bokført")),
    (State.BLOCKED, _("Stoppet")),
    (State.HELD, _("Venter på svar fra deg")),
    (State.REMOVED, _("Slettet i Go")),
    (State.LEFT_OUT, _("Utelatt")),
    (Standing.CHANGED, _("Endret etter overføring")),
    (Standing.NO_MOVEMENT, _("Ingen bevegelse")),
    (Standing.BEFORE_START, _("Før startdatoen")),
)
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y"]


class DayInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        """Write ISO, and nothing localised."""
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-control"})


class FilterForm(forms.Form):
    """Which settlements to show; a GET form, so that a filter can be linked to."""

    avdeling = forms.ChoiceField(label=_("Avdeling"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=STANDINGS, required=False)
    fra = forms.DateField(
        label=_("Fra og med"), required=False, widget=DayInput, input_formats=DAY_FORMATS
    )
    til = forms.DateField(
        label=_("Til og med"), required=False, widget=DayInput, input_formats=DAY_FORMATS
    )

    def __init__(self, company: Company, *args: Any, **kwargs: Any) -> None:
        """Offer the company's own departments; without any there is no such field."""
        super().__init__(*args, **kwargs)
        departments = [
            (str(pk), name)
            for pk, name in company.departments.order_by("name").values_list("pk", "name")
        ]
        if departments:
            field = forms.ChoiceField(
                label=_("Avdeling"), required=False, choices=[("", _("Alle")), *departments]
            )
            self.fields["avdeling"] = field
        else:
            del self.fields["avdeling"]
        for name in ("avdeling", "status"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "form-select"

    def wanted(self) -> Wanted:
        """Give what is asked for; a field that makes no sense asks for nothing, and says so."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            department=int(given["avdeling"]) if given.get("avdeling") else None,
            standing=given.get("status", ""),
            first=given.get("fra"),
            last=given.get("til"),
        )


class LeaveOutForm(forms.Form):
    """Why a settlement is not to be transferred."""

    reason = forms.CharField(
        label=_("Hvorfor skal oppgjøret ikke overføres?"),
        max_length=400,
        help_text=_("Vises i historikken sammen med navnet ditt."),
        error_messages={"required": _("Skriv hvorfor oppgjøret ikke skal overføres.")},
    )

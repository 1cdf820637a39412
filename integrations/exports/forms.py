"""The filter of the settlements list, and the reason for leaving one out."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.issues import Issue
from accounting.books.domain.money import Ore, to_kroner
from accounting.books.domain.reading import reader_amount
from accounting.books.fields import AmountField
from accounting.books.models import Settlement
from accounting.company.models import Company
from integrations.exports.pages.listing import Wanted
from integrations.exports.pages.receipt import ShownReceipt
from integrations.exports.pages.standing import Standing
from integrations.exports.pages.stops import key_of
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
# The browser's own, and what the pages display in either language.
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


class LeaveManyOutForm(forms.Form):
    """Why several settlements are not to be transferred; `valgt` names them as they were seen."""

    reason = forms.CharField(
        label=_("Hvorfor skal oppgjørene ikke overføres?"),
        max_length=350,
        help_text=_("Vises i historikken sammen med navnet ditt."),
        error_messages={"required": _("Skriv hvorfor oppgjørene ikke skal overføres.")},
    )
    valgt = forms.CharField(widget=forms.HiddenInput)


class BookedByHandForm(forms.Form):
    """Where a person has booked several settlements; `valgt` names them as they were seen."""

    reason = forms.CharField(
        label=_("Hvilket bilag er oppgjørene ført på?"),
        max_length=350,
        help_text=_("Bilagsnummer eller noe annet som finner det igjen."),
        error_messages={"required": _("Skriv hvilket bilag oppgjørene er ført på.")},
    )
    valgt = forms.CharField(widget=forms.HiddenInput)


class AcknowledgeForm(forms.Form):
    """Why one gap or difference is in order; one form for each on a page, so ids are told apart."""

    reason = forms.CharField(
        label=_("Hvorfor er avviket i orden?"),
        max_length=400,
        help_text=_("Vises på oppgjøret sammen med navnet ditt."),
        error_messages={"required": _("Skriv hvorfor avviket er i orden.")},
    )
    stop = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, issue: Issue, data: Any = None) -> None:
        """`issue` is what is acknowledged."""
        key = key_of(issue)
        super().__init__(data, auto_id=f"id_{key}_%s", initial={"stop": key})


class CountForm(forms.Form):
    """How much cash was counted in the drawer; emptied, the count is taken back."""

    counted = AmountField(
        label=_("Talte kontanter"),
        required=False,
        max_length=30,
        help_text=_("Kroner, som 1 234,50. Tomt felt betyr at ingen har talt."),
    )

    @classmethod
    def of(cls, settlement: Settlement) -> "CountForm":
        """Make the form with what was counted before."""
        return cls(initial={"counted": settlement.counted_cash})

    def clean_counted(self) -> Ore | None:
        """Refuse less than nothing: a drawer holds that at least."""
        amount: Ore | None = self.cleaned_data["counted"]
        if amount is not None and amount < 0:
            raise forms.ValidationError(_("Talte kontanter kan ikke være mindre enn null."))
        return amount


class Radios(forms.RadioSelect):
    """Radio buttons whose label, and the summary of errors, lead to the first of them."""

    def id_for_label(self, id_: str, index: str | None = "0") -> str:
        """Give the id of one button, of the first where none is named."""
        return super().id_for_label(id_, index)


class ChooseForm(forms.Form):
    """Which version of a receipt counts, and why."""

    reason = forms.CharField(
        label=_("Hvorfor gjelder den?"),
        max_length=400,
        help_text=_("Vises i historikken sammen med navnet ditt."),
        error_messages={"required": _("Skriv hvorfor kvitteringen gjelder.")},
    )

    def __init__(self, it: ShownReceipt, data: Any = None) -> None:
        """Offer the versions of the receipt that is shown; a choice made before is filled in."""
        super().__init__(data)
        wanted = _("Velg kvitteringen som gjelder.")
        chosen = next((v.row.version for v in it.versions if v.row.in_use), None)
        self.fields["version"] = forms.TypedChoiceField(
            label=_("Hvilken kvittering gjelder?"),
            coerce=int,
            choices=[
                (v.row.version, f"{v.words}: {_kroner(v.receipt.gross)}") for v in it.versions
            ],
            initial=None if it.undecided else chosen,
            widget=Radios,
            error_messages={"required": wanted, "invalid_choice": wanted},
        )
        self.order_fields(["version", "reason"])


def _kroner(amount: Ore) -> str:
    return reader_amount(to_kroner(amount), get_language() or "nb")


class CloseDayForm(forms.Form):
    """That a department was closed on a day; the day and the department stand on the page."""

    reason = forms.CharField(
        label=_("Hvorfor var det stengt?"),
        max_length=200,
        required=False,
        help_text=_("Valgfritt. Vises i kalenderen sammen med navnet ditt."),
    )
    dag = forms.DateField(widget=forms.HiddenInput, input_formats=DAY_FORMATS)

    def __init__(self, company: Company, *args: Any, **kwargs: Any) -> None:
        """Take only the company's own departments."""
        super().__init__(*args, **kwargs)
        self.fields["avdeling"] = forms.ModelChoiceField(
            company.departments.all(), required=False, widget=forms.HiddenInput
        )

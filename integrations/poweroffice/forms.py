"""Forms of the PowerOffice Go page: keys that are only ever written, the first day, how often."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.exports.models import Connection
from integrations.exports.schedule import Frequency

DAY_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d %b %Y"]  # what the pages display, and the browser's own


class KeysForm(forms.Form):
    """The two keys of Go; what was typed is never shown again."""

    application_key = forms.CharField(
        label=gettext_lazy("Application Key"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Lim inn nøkkelen.")},
    )
    client_key = forms.CharField(
        label=gettext_lazy("Client Key"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "I PowerOffice Go: Innstillinger > Utvidelser > Legg til utvidelse."
        ),
        error_messages={"required": gettext_lazy("Lim inn nøkkelen.")},
    )


class StartForm(forms.Form):
    """The first day that is exported, typed twice, for it can never be changed."""

    day = forms.DateField(
        label=gettext_lazy("Eksporter data fra og med"),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Skriv datoen slik: 01.11.2026"),
    )
    again = forms.DateField(
        label=gettext_lazy("Skriv datoen på nytt"),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Datoen kan ikke endres etterpå, heller ikke av oss."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in our own words what is wrong with a date."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Skriv datoen.")
            field.error_messages["invalid"] = _("Datoen ble ikke forstått. Skriv 01.11.2026.")

    def clean_again(self) -> date:
        """Refuse another date than the first."""
        again: date = self.cleaned_data["again"]
        if "day" in self.cleaned_data and self.cleaned_data["day"] != again:
            raise ValidationError(_("De to datoene er ikke like."))
        return again


class FrequencyForm(forms.Form):
    """How often settlements are sent, always at 05:00."""

    frequency = forms.ChoiceField(label=gettext_lazy("Hvor ofte oppgjør overføres"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what a connection may have."""
        super().__init__(*args, **kwargs)
        choices = Connection._meta.get_field("frequency").choices
        field = self.fields["frequency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices or []
        field.help_text = _("Alltid kl. 05.00.")

    def chosen(self) -> Frequency:
        """Give the choice."""
        return Frequency(self.cleaned_data["frequency"])

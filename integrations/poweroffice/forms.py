"""Forms of the PowerOffice Go pages: keys that are only ever written, how often, who is told, the date."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.company.models import Company, Membership
from accounting.company.records import Refused
from integrations.exports.forms import DAY_FORMATS
from integrations.exports.mistyped import refuse_mistyped
from integrations.exports.models import Connection, Recipient
from integrations.exports.schedule import Frequency, Run, next_run

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class KeysForm(forms.Form):
    """The two keys of Go; what was typed is never shown again."""

    application_key = forms.CharField(
        label=gettext_lazy("Application Key"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Den får du av oss. Den er lik for alle selskaper."),
        error_messages={"required": gettext_lazy("Lim inn nøkkelen.")},
    )
    client_key = forms.CharField(
        label=gettext_lazy("Client Key"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Den lager du i PowerOffice Go. Der vises den bare én gang."),
        error_messages={"required": gettext_lazy("Lim inn nøkkelen.")},
    )

    def __init__(self, environment: str, *args: Any, focus: str = "", **kwargs: Any) -> None:
        """`environment` is where the keys must open; `focus` names the field to stand in."""
        super().__init__(*args, **kwargs)
        self._environment = environment
        if focus in self.fields:
            self.fields[focus].widget.attrs["autofocus"] = True

    def clean_application_key(self) -> str:
        """Refuse what cannot be a key."""
        return self._key("application_key")

    def clean_client_key(self) -> str:
        """Refuse what cannot be a key, and one key pasted twice."""
        key = self._key("client_key")
        if key == self.cleaned_data.get("application_key") and self._environment != "sandbox":
            raise ValidationError(_("Du har limt inn samme nøkkel i begge feltene."))
        return key

    def _key(self, name: str) -> str:
        """Keys of Go are 36 characters long (poweroffice.md 1.2); the sandbox takes any."""
        key: str = self.cleaned_data[name].strip()
        if self._environment != "sandbox" and not _GUID.fullmatch(key):
            said = _("Nøkkelen har 36 tegn i fem grupper. Du limte inn %(length)s tegn.")
            raise ValidationError(said % {"length": len(key)})
        return key


class ClientForm(forms.Form):
    """A person's yes to the client that the page showed. `about` is which one, and away from which."""

    about = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=gettext_lazy("Jeg har sett at utkastene blir liggende der"),
        error_messages={"required": gettext_lazy("Kryss av, så vet vi at du har sett det.")},
    )

    def __init__(self, *args: Any, leaves_drafts: bool, **kwargs: Any) -> None:
        """Ask for a tick where drafts are left at another client."""
        super().__init__(*args, **kwargs)
        if not leaves_drafts:
            del self.fields["agreed"]


class _OurDayField(forms.DateField):
    """A day, written as the pages show it; says in our own words what is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"}),
            error_messages={
                "required": gettext_lazy("Skriv datoen."),
                "invalid": gettext_lazy("Datoen ble ikke forstått. Skriv 01.11.2026."),
            },
            **kwargs,
        )


class DayForm(forms.Form):
    """The first day that is exported, before it is confirmed."""

    day = _OurDayField(
        label=gettext_lazy("Eksporter data fra og med"),
        help_text=gettext_lazy("Skriv datoen slik: 01.11.2026"),
    )

    def clean_day(self) -> date:
        """Refuse a day that can only be mistyped."""
        day: date = self.cleaned_data["day"]
        try:
            refuse_mistyped(day)
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        return day


class ConfirmDayForm(forms.Form):
    """The first day once more, for it can never be changed; `day` is what the page was about."""

    day = forms.DateField(input_formats=DAY_FORMATS, widget=forms.HiddenInput)
    again = _OurDayField(
        label=gettext_lazy("Skriv datoen på nytt"),
        help_text=gettext_lazy("Skriv datoen slik: 01.11.2026"),
    )
    agreed_with = forms.CharField(
        label=gettext_lazy("Navnet på regnskapsføreren som er enig"),
        max_length=150,
        error_messages={"required": gettext_lazy("Skriv hvem du har avtalt datoen med.")},
    )

    def __init__(self, *args: Any, names_accountant: bool, **kwargs: Any) -> None:
        """Ask for the accountant's name where the day calls for it."""
        super().__init__(*args, **kwargs)
        if not names_accountant:
            del self.fields["agreed_with"]

    def clean_again(self) -> date:
        """Refuse another date than the page was about."""
        again: date = self.cleaned_data["again"]
        day = self.cleaned_data.get("day")
        if day is not None and day != again:
            said = _("Du skrev en annen dato enn %(day)s.")
            raise ValidationError(said % {"day": date_format(day, "DATE_FORMAT")})
        return again


class FrequencyForm(forms.Form):
    """How often settlements are sent, always at 05:00; each choice says when it runs next."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("Hvor ofte oppgjør overføres"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Alltid kl. 05.00."),
        error_messages={"required": gettext_lazy("Velg hvor ofte.")},
    )

    def __init__(self, now: datetime, start: date | None, *args: Any, **kwargs: Any) -> None:
        """Offer what a connection may have."""
        super().__init__(*args, **kwargs)
        field = self.fields["frequency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (value, f"{name} – {run_words(next_run(Frequency(value), now, start))}")
                for value, name in Connection._meta.get_field("frequency").choices or []
            ]

    def chosen(self) -> Frequency:
        """Give the choice."""
        return Frequency(self.cleaned_data["frequency"])


def run_words(run: Run) -> str:
    """Say when a run comes and which days are new to it: `neste 25.11.2026 kl. 05.00, for 24.11.2026`."""
    said = {"when": date_format(localtime(run.slot), "DATETIME_FORMAT")}
    if run.first is None:
        return _("neste %(when)s, men ingenting fra før startdatoen") % said
    said["first"] = date_format(run.first, "DATE_FORMAT")
    said["last"] = date_format(run.last, "DATE_FORMAT")
    if run.first == run.last:
        return _("neste %(when)s, for %(last)s") % said
    return _("neste %(when)s, for %(first)s–%(last)s") % said


class PauseForm(forms.Form):
    """Why nothing is to be sent for a while."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor settes overføringen på pause?"),
        max_length=200,
        help_text=gettext_lazy("Vises her sammen med navnet ditt."),
        error_messages={"required": gettext_lazy("Skriv hvorfor overføringen settes på pause.")},
    )


def _recipient(member: Membership) -> str:
    """Say who it is, and where the mail goes: `Kari N. (Daglig leder) – kari@example.no`."""
    name, address = member.user.get_full_name(), member.user.email
    who = f"{name} ({member.get_role_display()})"
    return who if name == address else f"{who} – {address}"


class RecipientsForm(forms.Form):
    """Which members are told by e-mail when something stops, and how often they get a morning letter."""

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("E-post når noe stopper"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Én e-post for hver årsak: stopp, stille kasse, manglende Z og mva-frist."
        ),
    )

    def __init__(self, company: Company, *args: Any, **kwargs: Any) -> None:
        """Offer the company's members, with those told now ticked."""
        told = dict(Recipient.objects.filter(company=company).values_list("user_id", "morning"))
        initial = {"recipients": [str(pk) for pk in told]}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._members = list(company.memberships.select_related("user").order_by("user__email"))
        field = self.fields["recipients"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(each.user_id), _recipient(each)) for each in self._members]
        for member in self._members:
            self.fields[_morning(member)] = forms.ChoiceField(
                label=_("Morgenbrev kl. 06.00 til %(name)s")
                % {"name": member.user.get_full_name()},
                choices=Recipient._meta.get_field("morning").choices or [],
                initial=told.get(member.user_id, Recipient.NEVER),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a morning letter to somebody who is not told at all: it would never go."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for member in self._members:
            wants = given.get(_morning(member)) not in ("", None, Recipient.NEVER)
            if wants and str(member.user_id) not in given.get("recipients", []):
                said = _("Kryss av for %(name)s over, eller velg Aldri.")
                named = {"name": member.user.get_full_name()}
                self.add_error(_morning(member), said % named)
        return given

    def chosen(self) -> list[int]:
        """Give the chosen persons' keys."""
        return [int(pk) for pk in self.cleaned_data["recipients"]]

    def mornings(self) -> dict[int, str]:
        """Give how often each person gets the morning letter; whoever was not asked is left out."""
        given = {each.user_id: self.cleaned_data[_morning(each)] for each in self._members}
        return {pk: morning for pk, morning in given.items() if morning}


def _morning(member: Membership) -> str:
    return f"morning_{member.user_id}"

"""Forms about people: an invitation, a role, a right, a reason."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.books.fields import DayField
from accounting.clock import OSLO
from accounting.company.roles import Role
from integrations.exports.forms import DAY_FORMATS, DayInput

ROLES = ((Role.MANAGER.value, _("Daglig leder")), (Role.ACCOUNTANT.value, _("Regnskapsfører")))


class InviteForm(forms.Form):
    """Whom to invite. The role is asked for only where there are several to give."""

    email = forms.EmailField(
        label=_("E-post"),
        max_length=200,  # the activity log's subject has no room for more
        error_messages={
            "required": _("Skriv e-posten til den du vil invitere."),
            "invalid": _("Skriv hele adressen, for eksempel kari@firma.no."),
        },
    )
    role = forms.ChoiceField(label=_("Rolle"), choices=ROLES)

    def __init__(
        self,
        *args: Any,
        roles: tuple[Role, ...] = (Role.MANAGER, Role.ACCOUNTANT),
        **kwargs: Any,
    ) -> None:
        """`roles` are those that may be given; a single one is not asked about."""
        super().__init__(*args, **kwargs)
        self._roles = roles
        if len(roles) == 1:
            del self.fields["role"]

    def chosen(self) -> Role:
        """Give the role of a valid form."""
        return Role(self.cleaned_data["role"]) if "role" in self.fields else self._roles[0]


class RoleForm(forms.Form):
    """What a member is in the company."""

    role = forms.ChoiceField(label=_("Rolle"), choices=ROLES)


class GrantForm(forms.Form):
    """Until when a right holds: through the day, Oslo time; nothing is without end."""

    until = DayField(
        label=_("Til og med"),
        required=False,
        help_text=_("Uten dato gjelder tillatelsen til den trekkes tilbake."),
        widget=DayInput,
        input_formats=DAY_FORMATS,
    )

    def end(self) -> datetime | None:
        """Give the first moment when the right no longer holds, of a valid form."""
        day = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=OSLO) if day else None


class AskForm(forms.Form):
    """Why a right is asked for; nothing need be said."""

    reason = forms.CharField(label=_("Begrunnelse (valgfritt)"), max_length=400, required=False)


class DeclineForm(forms.Form):
    """Why a request is declined."""

    answer = forms.CharField(
        label=_("Hvorfor ikke"),
        max_length=400,
        error_messages={"required": _("Skriv hvorfor. Den som spurte, ser svaret.")},
    )

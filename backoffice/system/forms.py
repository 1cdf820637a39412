"""Forms of SuperAdmin's own pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.no import orgnr

from accounting.company.models import Company

DIGITS = 9


class NewCompanyForm(forms.Form):
    """A company's number and name."""

    org_no = forms.CharField(
        label=gettext_lazy("Organisasjonsnummer"),
        max_length=20,
        help_text=gettext_lazy("Ni sifre. Står i SAF-T-filen og i Brønnøysundregistrene."),
        error_messages={"required": gettext_lazy("Skriv organisasjonsnummeret.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv navnet på selskapet.")},
    )
    enabled = forms.BooleanField(
        label=gettext_lazy("Regnskapsintegrasjon er på"), required=False, initial=True
    )

    def clean_org_no(self) -> str:
        """Give the nine digits; refuse a number that fails its check digit or is taken."""
        digits: str = orgnr.compact(self.cleaned_data["org_no"])
        if not (digits.isdigit() and len(digits) == DIGITS):
            raise ValidationError(_("Organisasjonsnummeret må ha ni sifre."))
        if not orgnr.is_valid(digits):
            raise ValidationError(_("Kontrollsifferet stemmer ikke. Se etter en skrivefeil."))
        if Company.objects.filter(org_no=digits).exists():
            raise ValidationError(_("Selskapet finnes allerede."))
        return digits

"""Forms of SuperAdmin's own pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.company.models import Company
from accounting.company.names import COMPANY_NAME, fault, is_org_no, org_no_digits, tidy

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
        digits = org_no_digits(self.cleaned_data["org_no"])
        if not (digits.isdigit() and len(digits) == DIGITS):
            raise ValidationError(_("Organisasjonsnummeret må ha ni sifre."))
        if not is_org_no(digits):
            raise ValidationError(_("Kontrollsifferet stemmer ikke. Se etter en skrivefeil."))
        if Company.objects.filter(org_no=digits).exists():
            raise ValidationError(_("Selskapet finnes allerede."))
        return digits

    def clean_name(self) -> str:
        """Give the name as it is kept; refuse one that nobody can read."""
        name = tidy(self.cleaned_data["name"])
        if said := fault(name, COMPANY_NAME):
            raise ValidationError(said)
        return name

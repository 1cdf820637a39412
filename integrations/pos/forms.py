"""The upload of SAF-T files (several at once, none too large), and the name of a delivery key."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1000**2


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or more files; each is held to the size limit."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files: list[Any] = list(data) if isinstance(data, list | tuple) else [data]
        return [
            self._sized(super(_FilesField, self).clean(file, initial)) for file in files or [None]
        ]

    def _sized(self, file: Any) -> Any:
        limit = settings.UPLOAD_MAX_BYTES
        if (file.size or 0) > limit:
            said = _(
                "Filen %(name)s er ikke lest: den er større enn %(limit)s MB. Last opp færre dager."
            )
            raise ValidationError(said % {"name": file.name, "limit": limit // MEGABYTE})
        return file


class UploadForm(forms.Form):
    """SAF-T files from the tills."""

    saft = _FilesField(
        label=gettext_lazy("SAF-T-filer fra kassen"),
        help_text=gettext_lazy(
            "Velg én eller flere .xml- eller .zip-filer. Samme fil kan trygt lastes opp flere ganger."
        ),
        widget=_SeveralFiles(
            attrs={"accept": ".xml,.zip,application/xml,text/xml,application/zip"}
        ),
        allow_empty_file=True,  # the reader says so, at the file
        error_messages={"required": gettext_lazy("Velg en fil først.")},
    )


class TokenForm(forms.Form):
    """What a delivery key is called: which till or shop uses it."""

    label = forms.CharField(
        label=gettext_lazy("Hvem skal levere med nøkkelen?"),
        max_length=60,
        help_text=gettext_lazy("For eksempel «Kasse 1» eller «Butikken i Storgata»."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv hvem som skal levere.")},
    )

"""Form fields that any room may use: they take what they display."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.money import Ore, from_kroner, to_kroner
from accounting.books.domain.reading import meant_amount, reader_amount, typed_amount

FIRST_DAY = date(2012, 1, 1)  # no till's file is older: the law that asks for them is not
LAST_DAY = date(2099, 12, 31)


def outside(day: date, first: date = FIRST_DAY, last: date = LAST_DAY) -> str:
    """Give the sentence for a day that lies before `first` or after `last`; '' within them."""
    if first <= day <= last:
        return ""
    said = gettext("Velg en dato fra %(first)s til %(last)s.")
    return said % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}


class DayField(forms.DateField):
    """A day that people may mean; the calendar's own ends are none, and nothing can be reckoned there."""

    def validate(self, value: Any) -> None:
        """Refuse a day outside FIRST_DAY and LAST_DAY."""
        super().validate(value)
        if value and (said := outside(value)):
            raise ValidationError(said, code="outside")


class AmountField(forms.CharField):
    """Kroner as people write them, whole øre inside; None where nothing is typed.

    Django's own localised field refuses `1 234,50`, which it displays itself (ux.md 4).
    """

    default_error_messages = {
        "not_understood": _("Tallet %(typed)s ble ikke forstått. Skriv %(meant)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        """Ask for digits on a phone, and stand right in a column of figures."""
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "amount"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write øre as the reader's language does; what was typed is given back as it was."""
        return reader_amount(to_kroner(value), _language()) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Give whole øre. Raises ValidationError with the way to write it (ux.md 3, no. 33)."""
        typed = super().to_python(value)
        if not typed:
            return None
        kroner = typed_amount(typed, _language())
        if kroner is None:
            said = {"typed": typed, "meant": meant_amount(typed, _language())}
            raise ValidationError(
                self.error_messages["not_understood"], code="not_understood", params=said
            )
        return Ore(from_kroner(kroner))

    def validate(self, value: Any) -> None:
        """Nothing typed is an answer only where the field may be empty; zero always is one."""
        if value is None:
            super().validate("")

    def run_validators(self, value: Any) -> None:
        """Run none of a text's: the amount is no text any more."""


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "nb"

"""What Django says of a field by itself, in the house's own bokmål."""

import pytest
from django import forms
from django.utils import translation

CASES = [
    (forms.CharField(), "", "Fyll ut feltet."),
    (forms.ChoiceField(choices=[("a", "A")]), "x", "Velg fra listen."),
    (forms.MultipleChoiceField(choices=[("a", "A")]), ["x"], "Velg fra listen."),
    (forms.CharField(max_length=3), "abcd", "Skriv høyst 3 tegn. Nå er det 4."),
    (forms.CharField(max_length=1), "ab", "Skriv høyst ett tegn. Nå er det 2."),
    (forms.CharField(), "a\0b", "Feltet har tegn som ikke vises. Skriv det for hånd."),
]


@pytest.mark.parametrize(("field", "typed", "said"), CASES)
def test_a_field_says_what_to_do(field: forms.Field, typed: object, said: str) -> None:
    with translation.override("nb"), pytest.raises(forms.ValidationError) as problem:
        field.clean(typed)
    with translation.override("nb"):
        assert problem.value.messages == [said]

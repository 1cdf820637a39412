"""Forms of the company's departments and tills."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.company.models import Company, Department, Register

Choices = list[tuple[str, str]]


def remote_departments(company: Company) -> Choices:
    """Give the accounting system's departments as choices, `10 Sentrum`; none before the first fetch."""
    rows = company.chart_departments.order_by("code").values_list("code", "name")
    return [(code, f"{code} {name}".strip()) for code, name in rows]


class NewDepartmentForm(forms.Form):
    """A department's name, and which of theirs it is."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv navnet.")},
    )
    remote_code = forms.ChoiceField(label=gettext_lazy("Avdeling i PowerOffice Go"), required=False)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        """Offer the fetched departments; without any, the field is left out."""
        super().__init__(*args, **kwargs)
        if choices:
            self.fields["remote_code"] = _choice(choices, self.fields["remote_code"].label)
        else:
            del self.fields["remote_code"]


class RenameForm(forms.Form):
    """Another name for a department."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv navnet.")},
    )

    def __init__(self, department: Department, *args: Any, **kwargs: Any) -> None:
        """Begin with the name it has."""
        super().__init__(*args, **{"initial": {"name": department.name}, **kwargs})


class LinksForm(forms.Form):
    """Which of theirs each of our departments is: one select a row; `choices` are theirs."""

    def __init__(
        self,
        departments: list[Department],
        choices: Choices,
        opened: str,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """`opened` is the name of the department that a fix link points at."""
        super().__init__(*args, **kwargs)
        self._departments = departments
        self._opened = opened
        self.choices = choices
        for department in departments:
            here = _with_current(choices, department.remote_code)
            field = _choice(here, department.name, department.remote_code)
            self.fields[_name(department)] = _pointed(field, at=department.name == opened)

    def clean(self) -> None:
        """Refuse a row that somebody else has given another department since it was shown."""
        for d in self._departments:
            _unless_overtaken(self, d, d.remote_code)

    def rows(self) -> list[tuple[Department, forms.BoundField, bool, str]]:
        """Give (department, its select, whether the link points at it, what stood there)."""
        return [
            (d, self[_name(d)], d.name == self._opened, _shown(self, d, d.remote_code))
            for d in self._departments
        ]

    def changed(self) -> list[tuple[Department, str]]:
        """Give the departments whose link the person has changed; a row that was not sent stays."""
        sent = [d for d in self._departments if _name(d) in self.data]
        wanted = [(d, self.cleaned_data[_name(d)]) for d in sent]
        return [
            (d, code)
            for d, code in wanted
            if code not in {d.remote_code, _seen(self, d, d.remote_code)}
        ]


class TillsForm(forms.Form):
    """Which department each till belongs to: one select a row."""

    def __init__(
        self,
        registers: list[Register],
        departments: list[Department],
        opened: str,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """`opened` is the id of the till that a fix link points at."""
        super().__init__(*args, **kwargs)
        self._registers = registers
        self._opened = opened
        self._by_pk = {str(department.pk): department for department in departments}
        for register in registers:
            self.fields[_name(register)] = self._field(register)

    def _field(self, register: Register) -> forms.ChoiceField:
        current = str(register.department_id or "")
        choices = [(pk, department.name) for pk, department in self._by_pk.items()]
        if register.department and current not in self._by_pk:
            choices.append((current, register.department.name))
        field = _choice(choices, register.till_id, current, placed=bool(current))
        return _pointed(field, at=register.till_id == self._opened)

    def clean(self) -> None:
        """Refuse a row that somebody else has given another department since it was shown."""
        for r in self._registers:
            _unless_overtaken(self, r, _place(r))

    def rows(self) -> list[tuple[Register, forms.BoundField, bool, str]]:
        """Give (till, its select, whether the link points at it, what stood there)."""
        return [
            (r, self[_name(r)], r.till_id == self._opened, _shown(self, r, _place(r)))
            for r in self._registers
        ]

    def changed(self) -> list[tuple[Register, Department]]:
        """Give the tills that the person has given another department; the rest stay where they are."""
        chosen = [(r, self.cleaned_data[_name(r)]) for r in self._registers]
        wanted = [(r, self._by_pk.get(pk)) for r, pk in chosen if pk != _seen(self, r, _place(r))]
        return [(r, d) for r, d in wanted if d and d.pk != r.department_id]


class ArchiveForm(forms.Form):
    """Taking a department out of use; where tills stand in it, that is asked about."""

    def __init__(self, tills: list[str], *args: Any, **kwargs: Any) -> None:
        """`tills` are those that book on the department; without any there is nothing to ask."""
        super().__init__(*args, **kwargs)
        if tills:
            said = ngettext(
                "Arkiver likevel. Kasse %(tills)s bokføres fortsatt på avdelingen",
                "Arkiver likevel. Kassene %(tills)s bokføres fortsatt på avdelingen",
                len(tills),
            )
            asked = _("Kryss av hvis kassene skal bli stående. Flytt dem ellers først.")
            self.fields["anyway"] = forms.BooleanField(
                label=said % {"tills": ", ".join(tills)}, error_messages={"required": asked}
            )


def _name(row: Department | Register) -> str:
    return f"row-{row.pk}"


def _place(register: Register) -> str:
    return str(register.department_id or "")


def _seen(form: forms.Form, row: Department | Register, current: str) -> str:
    """Give what stood in the row when the page was shown; a form that does not say saw what stands now."""
    seen: str = form.data.get(f"sett-{row.pk}", current)
    return seen


def _shown(form: forms.Form, row: Department | Register, current: str) -> str:
    """Give what the page says that it showed: once it has told of a change, that is what stands now."""
    return current if form.has_error(_name(row)) else _seen(form, row, current)


def _unless_overtaken(form: forms.Form, row: Department | Register, current: str) -> None:
    wanted, seen = form.cleaned_data.get(_name(row)), _seen(form, row, current)
    if wanted not in {None, seen, current} and seen != current:
        said = _("Noen andre har endret linjen imens. Se over valget, og lagre en gang til.")
        form.add_error(_name(row), said)


def _choice(
    choices: Choices, label: Any, initial: str = "", *, placed: bool = False
) -> forms.ChoiceField:
    nothing = [] if placed else [("", _("Velg avdeling"))]
    field = forms.ChoiceField(
        choices=[*nothing, *choices],
        label=label,
        initial=initial,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Velg en avdeling fra listen.")},
    )
    field.widget.attrs["class"] = "form-select"
    return field


def _with_current(choices: Choices, code: str) -> Choices:
    """Keep a code that is not among theirs any more, so that saving does not lose it unseen."""
    known = not code or any(code == known for known, _name in choices)
    return choices if known else [(code, code), *choices]


def _pointed(field: forms.ChoiceField, *, at: bool) -> forms.ChoiceField:
    if at:
        field.widget.attrs["autofocus"] = True
    return field

"""Forms of the company's departments and tills."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.company.models import Company, Department, Register

if TYPE_CHECKING:
    from django.db.models import QuerySet

Choices = list[tuple[str, str]]


def remote_departments(company: Company) -> Choices:
    """Give the accounting system's departments as choices, `10 Sentrum`; none before the first fetch."""
    rows = company.chart_departments.order_by("code").values_list("code", "name")
    return [(code, f"{code} {name}".strip()) for code, name in rows]


class NewDepartmentForm(forms.Form):
    """A department's name, and which of theirs it is."""

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=100)
    remote_code = forms.ChoiceField(label=gettext_lazy("Avdeling i PowerOffice Go"), required=False)

    def __init__(self, company: Company, choices: Choices, *args: Any, **kwargs: Any) -> None:
        """Offer the fetched departments; without any, the field is left out."""
        super().__init__(*args, **kwargs)
        self._company = company
        if choices:
            self.fields["remote_code"] = _choice(choices, self.fields["remote_code"].label)
        else:
            del self.fields["remote_code"]

    def clean_name(self) -> str:
        """Refuse a name that is taken."""
        return _free_name(self.cleaned_data["name"], self._company.departments.all())


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
        self._others = department.company.departments.exclude(pk=department.pk)

    def clean_name(self) -> str:
        """Refuse a name that another department has."""
        return _free_name(self.cleaned_data["name"], self._others)


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
            self.fields[_name(department)] = _pointed(field, department.name == opened)

    def rows(self) -> list[tuple[Department, forms.BoundField, bool]]:
        """Give (department, its select, whether the link points at it)."""
        return [(d, self[_name(d)], d.name == self._opened) for d in self._departments]

    def changed(self) -> list[tuple[Department, str]]:
        """Give the departments whose link is another than before; a row that was not sent stays."""
        sent = [d for d in self._departments if _name(d) in self.data]
        wanted = [(d, self.cleaned_data[_name(d)]) for d in sent]
        return [(d, code) for d, code in wanted if code != d.remote_code]


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
        return _pointed(field, register.till_id == self._opened)

    def rows(self) -> list[tuple[Register, forms.BoundField, bool]]:
        """Give (till, its select, whether the link points at it)."""
        return [(r, self[_name(r)], r.till_id == self._opened) for r in self._registers]

    def changed(self) -> list[tuple[Register, Department]]:
        """Give the tills that are given another department than before."""
        wanted = [(r, self._by_pk.get(self.cleaned_data[_name(r)])) for r in self._registers]
        return [(r, d) for r, d in wanted if d and d.pk != r.department_id]


def _free_name(typed: str, others: "QuerySet[Department]") -> str:
    name = typed.strip()
    taken = others.filter(name=name).first()
    if taken and taken.archived_at:
        said = _("Avdelingen «%(name)s» er arkivert. Ta den i bruk igjen nederst på siden.")
        raise ValidationError(said % {"name": name})
    if taken:
        raise ValidationError(_("Avdelingen «%(name)s» finnes allerede.") % {"name": name})
    return name


def _name(row: Department | Register) -> str:
    return f"row-{row.pk}"


def _choice(
    choices: Choices, label: Any, initial: str = "", *, placed: bool = False
) -> forms.ChoiceField:
    nothing = [] if placed else [("", _("Velg avdeling"))]
    field = forms.ChoiceField(
        choices=[*nothing, *choices], label=label, initial=initial, required=False
    )
    field.widget.attrs["class"] = "form-select"
    return field


def _with_current(choices: Choices, code: str) -> Choices:
    """Keep a code that is not among theirs any more, so that saving does not lose it unseen."""
    known = not code or any(code == known for known, _name in choices)
    return choices if known else [(code, code), *choices]


def _pointed(field: forms.ChoiceField, pointed: bool) -> forms.ChoiceField:  # noqa: FBT001
    if pointed:
        field.widget.attrs["autofocus"] = True
    return field

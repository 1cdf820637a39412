"""What all of the admin site shares: rows to look at, with the house's own states, issues and links."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounting.books.domain.issues import Issue
from accounting.company.models import Company
from integrations.secrets import SealedTextField

if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Model]
else:
    _Base = admin.ModelAdmin

COMPANY = ("company__name", "company__org_no")


class Looking(_Base):
    """Rows that can be found and read; nothing is added, changed or deleted here.

    What may be changed is changed on the house's own pages, where it is checked and logged. Sealed
    fields are left out, whatever the subclass names.
    """

    list_per_page = 50
    show_full_result_count = False  # counting every receipt of every company takes its time

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the sealed ones out."""
        sealed = {f.name for f in self.model._meta.fields if isinstance(f, SealedTextField)}
        return [name for name in super().get_fields(request, obj) if name not in sealed]


class InWords(admin.SimpleListFilter):
    """A filter on a column of codes, in the words that the pages use for them."""

    words: Mapping[str, Promise] = {}

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002
        model_admin: Any,  # noqa: ARG002
    ) -> list[tuple[str, Any]]:
        """Every code, by its words."""
        return list(self.words.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Only the rows with the chosen code."""
        chosen = {str(self.parameter_name): self.value()}
        return queryset.filter(**chosen) if self.value() else queryset


def state_shown(state: str) -> str:
    """Show an export's state as the pages do."""
    return render_to_string("components/state.html", {"state": state})


def issues_shown(issues: tuple[Issue, ...], company: Company) -> SafeString | str:
    """Show issues as the pages do, each with the link that mends it; a dash for none."""
    shown = [
        (render_to_string("components/issue.html", {"issue": issue, "company": company}),)
        for issue in issues
    ]
    return format_html_join("", "{}", shown) or "–"


def json_shown(value: object) -> SafeString:
    """Show a JSON value, or the text of one, with its lines set out."""
    known = json.loads(value) if isinstance(value, str) else value
    return format_html("<pre>{}</pre>", json.dumps(known, ensure_ascii=False, indent=1))


def page_of(name: str, company: Company, **params: object) -> str:
    """Give the address of one of the company's own pages."""
    return reverse(name, kwargs={"org_no": company.org_no, **params})

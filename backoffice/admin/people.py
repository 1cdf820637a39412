"""People who log in, their second factors, and what was done on the admin site itself."""

from typing import Any, Never

from allauth.account import admin as _theirs  # noqa: F401  (registers, and is undone below)
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _theirs_too  # noqa: F401
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounting.company import audit
from accounting.company.access import person
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company
from accounting.company.people import rights_changed
from backoffice.admin.looking import Looking
from backoffice.models import Pulse, User

RIGHTS = ("email", "is_active", "is_staff", "is_superuser")

# Rights are roles and grants (accounting.company); Django's groups are not used.
admin.site.unregister(Group)
# Theirs show a second factor's secret, and let an address be called verified.
admin.site.unregister((EmailAddress, Authenticator))


class PersonForm(UserChangeForm):  # type: ignore[type-arg]  # as Users
    """What may be changed of a person. Somebody must be left who can let people in."""

    def clean(self) -> dict[str, Any]:
        """Refuse to take SuperAdmin from the last one who can log in; of two at once the second waits."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        every = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
        if set(every.values_list("pk", flat=True)) == {self.instance.pk}:
            for field in ("is_superuser", "is_active"):
                if not said.get(field):
                    self.add_error(field, _("Dette er den siste SuperAdmin. Inviter en til først."))
        return said


@admin.register(User)
class Users(UserAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    """Named by e-mail. Nobody is added: people come in by an invitation, and choose their own password.

    Nobody is deleted: their name stands on what they did. Whoever leaves is made inactive. Rights and
    the address are changed only by somebody who has just confirmed who they are, as everywhere else.
    """

    form = PersonForm
    ordering = ("email",)
    list_display = ("email", "name", "language", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "language")}),
        (_("Tilgang"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Tidspunkter"), {"fields": ("last_login", "date_joined")}),
    )

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def user_change_password(self, *_: Any, **__: Any) -> Never:
        """Never: whoever sets another's password could be that person."""
        raise PermissionDenied

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask who it is before anything is saved."""
        view = super().changeform_view
        if request.method == "POST":
            view = recently_confirmed(view)
        shown: HttpResponse = view(request, *args, **kwargs)
        return shown

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Write down what has changed of what they may do, and log the person out everywhere."""
        super().save_model(request, obj, form, change)
        changed = [name for name in RIGHTS if name in form.changed_data]
        if changed:
            before = {name: form.initial[name] for name in changed}
            after = {name: getattr(obj, name) for name in changed}
            _note(request, obj, form.initial["email"], before, after)
            rights_changed(obj)


def _note(
    request: HttpRequest,
    about: User,
    email: str,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    """Tell the house's own log, and that of every company the person is in."""
    for company in (None, *Company.objects.filter(memberships__user=about)):
        audit.note(
            company, "person-changed", email, actor=person(request), before=before, after=after
        )


@admin.register(Pulse)
class Pulses(Looking):
    """«Går beat og worker?»"""

    list_display = ("name", "at")
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(Authenticator)
class SecondFactors(Looking):
    """«Har personen satt opp totrinn?» The secret is never shown; resetting is on the system pages."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    ordering = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")


@admin.register(EmailAddress)
class EmailAddresses(Looking):
    """«Hvilken adresse er bekreftet?»"""

    list_display = ("email", "user", "primary", "verified")
    list_filter = ("primary", "verified")
    list_select_related = ("user",)
    search_fields = ("email", "user__email")
    ordering = ("email",)


@admin.register(LogEntry)
class LogEntries(Looking):
    """«Hva ble gjort på adminsidene?»"""

    list_display = ("action_time", "user", "content_type", "object_repr", "action_flag")
    list_filter = ("action_flag", "action_time")
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "user__email")
    ordering = ("-action_time",)

"""People who log in, their second factors, and what was done on the admin site itself."""

from typing import Any

from allauth.account import admin as _theirs  # noqa: F401  (registers, and is undone below)
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _theirs_too  # noqa: F401
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounting.company.people import rights_changed
from backoffice.admin.looking import Looking
from backoffice.models import User

RIGHTS = {"is_active", "is_staff", "is_superuser"}

# Rights are roles and grants (accounting.company); Django's groups are not used.
admin.site.unregister(Group)
# Theirs show a second factor's secret, and let an address be called verified.
admin.site.unregister((EmailAddress, Authenticator))


@admin.register(User)
class Users(UserAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    """Named by e-mail; passwords are set by the person, through «Glemt passord».

    Nobody is deleted: their name stands on what they did. Whoever leaves is made inactive.
    """

    ordering = ("email",)
    list_display = ("email", "name", "language", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (_("Tilgang"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Tidspunkter"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Log the person out everywhere when what they may do has changed."""
        super().save_model(request, obj, form, change)
        if change and RIGHTS & set(form.changed_data):
            rights_changed(obj)


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

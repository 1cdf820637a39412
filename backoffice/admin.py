"""Users in Django's admin site, for the vendor's support."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from backoffice.models import User


@admin.register(User)
class Users(UserAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    """Named by e-mail; passwords are set by the person, through «Glemt passord»."""

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

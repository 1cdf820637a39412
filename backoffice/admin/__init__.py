"""Django's admin site, for the vendor's support: everything can be looked up, the books never changed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.admin import books, company, exports, intake, people

__all__ = ["books", "company", "exports", "intake", "people"]

admin.site.site_header = admin.site.site_title = "Backoffice"
admin.site.index_title = _("Alt kan slås opp. Bøkene endres aldri her.")

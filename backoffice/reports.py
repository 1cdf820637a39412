"""What an error report never shows, also while DEBUG is on: keys, and what handles them."""

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

# Modules whose variables may hold a key in the clear: ours, and those that carry them over HTTP.
CLOSED = (
    "integrations.poweroffice",
    "integrations.secrets",
    "django.forms",
    "http.client",
    "requests",
    "urllib3",
)


class Discreet(SafeExceptionReporterFilter):
    """Django's own filter, always on, that names the variables of some modules and shows none."""

    def is_active(self, request: HttpRequest | None) -> bool:  # noqa: ARG002  # Django's signature
        """Always."""
        return True

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> Any:
        """Give (name, value) pairs; every value of a closed module is stars."""
        module = str(tb_frame.f_globals.get("__name__", ""))
        if module.startswith(CLOSED):
            return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
        return super().get_traceback_frame_variables(request, tb_frame)

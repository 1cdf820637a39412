"""What every page knows without being told: whose company it is about."""

from typing import Any

from django.http import HttpRequest


def company(request: HttpRequest) -> dict[str, Any]:
    """`company`, as `company_page` let the person in; None on pages outside a company."""
    return {"company": getattr(request, "company", None)}

"""Every company page starts from the membership; a stranger gets 404 (DESIGN.md 3.9)."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from accounting.company.models import Company
from accounting.company.queries import role_in
from accounting.company.roles import Permission, may

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

P = ParamSpec("P")
_Page = Callable[Concatenate[HttpRequest, Company, P], HttpResponse]


def company_page(permission: Permission) -> Callable[[_Page[P]], Callable[..., HttpResponse]]:
    """Open a view to members with the permission: the view gets the company instead of its number.

    Nobody logged in: to log-in. A stranger: 404, as for a company that does not exist. A member
    without the permission: 403.
    """

    def decorate(view: _Page[P]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def page(
            request: HttpRequest, org_no: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            company = Company.objects.filter(org_no=org_no).first()
            role = role_in(company, request.user) if company else None
            if company is None or role is None:
                raise Http404
            if not may(role, permission):
                raise PermissionDenied
            request.company = company  # type: ignore[attr-defined]
            return view(request, company, *args, **kwargs)

        return page

    return decorate


def person(request: HttpRequest) -> "AbstractBaseUser":
    """Give who is acting, inside a company page. Raises PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user

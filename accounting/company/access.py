"""Every company page starts from the membership; a stranger gets 404 (DESIGN.md 3.9)."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounting import clock
from accounting.company.models import Company
from accounting.company.queries import is_granted, role_in
from accounting.company.roles import NEEDS, Permission, Role, may

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

P = ParamSpec("P")
_Page = Callable[Concatenate[HttpRequest, Company, P], HttpResponseBase]
_View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def has(user: "AbstractBaseUser | AnonymousUser", company: Company, permission: Permission) -> bool:
    """Say whether the person may do it here now: the role allows it, and its right is granted."""
    role = role_in(company, user)
    return role is not None and _allows(role, user, company, permission)


def _allows(
    role: Role,
    user: "AbstractBaseUser | AnonymousUser",
    company: Company,
    permission: Permission,
) -> bool:
    if not may(role, permission):
        return False
    right = NEEDS.get(permission)
    return right is None or is_granted(company, user, right, clock.now())


def company_page(permission: Permission) -> Callable[[_Page[P]], Callable[..., HttpResponseBase]]:
    """Open a view to members with the permission: the view gets the company instead of its number.

    Nobody logged in: to log-in. A stranger: 404, as for a company that does not exist. A member
    without the permission: 403. `request.company` and `request.role` are set for what comes after,
    and `request.lacks_right` where only a right is missing.
    """

    def decorate(view: _Page[P]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def page(
            request: HttpRequest, org_no: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            company = Company.objects.filter(org_no=org_no).first()
            role = role_in(company, request.user) if company else None
            if company is None or role is None:
                raise Http404
            request.company = company  # type: ignore[attr-defined]
            request.role = role  # type: ignore[attr-defined]  # the menu's
            if not _allows(role, request.user, company, permission):
                # What a right is missing for can be asked for: templates/403.html.
                request.lacks_right = may(role, permission)  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, company, *args, **kwargs)

        return page

    return decorate


def system_page(view: _View[P]) -> Callable[..., HttpResponseBase]:
    """Open a view to SuperAdmin alone; for everybody else who is logged in there is no such page."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not getattr(request.user, "is_superuser", False):
            raise Http404
        return view(request, *args, **kwargs)

    return page


def form_on(page_name: str, *places: str) -> Callable[[_View[P]], Callable[..., HttpResponseBase]]:
    """Open a view to POST; whoever asks for it otherwise is led to the page that its form stands on.

    What is wrong with a form is shown at the form's own address, and may be asked for again: by
    reloading, by another language, or after logging in. `places` are those of that page's address,
    taken from this one's. Stands under the decorator that checks permission.
    """

    def decorate(view: _View[P]) -> Callable[..., HttpResponseBase]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            match = request.resolver_match
            here = match.kwargs if match else {}
            return redirect(reverse(page_name, kwargs={place: here[place] for place in places}))

        return page

    return decorate


def person(request: HttpRequest) -> "AbstractBaseUser":
    """Give who is acting, inside a company page. Raises PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user

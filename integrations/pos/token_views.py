"""Pages of the keys that tills deliver with: who has one, a new one shown once, and taking one back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounting.company.access import company_page, has, person
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company
from accounting.company.records import Refused
from accounting.company.roles import Permission
from integrations.pos import tokens as keys
from integrations.pos.forms import TokenForm


@company_page(Permission.CHANGE_SETUP)
@require_safe
def tokens(request: HttpRequest, company: Company) -> HttpResponse:
    """Who delivers without hands; the manager makes and takes back keys."""
    rows = company.intake_tokens.select_related("made_by", "withdrawn_by").order_by("label", "pk")
    shown = {
        "tokens": rows.filter(withdrawn_at=None),
        "withdrawn": rows.exclude(withdrawn_at=None).order_by("-withdrawn_at"),
        "may_change": has(request.user, company, Permission.CONNECT_TILLS),
    }
    return render(request, "pos/tokens.html", shown)


@company_page(Permission.CONNECT_TILLS)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
@never_cache
@sensitive_variables("key")
def make(request: HttpRequest, company: Company) -> HttpResponse:
    """Make a key, and show it this once: it is kept nowhere."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "pos/new_token.html", {"form": form})
    try:
        token, key = keys.make(company, form.cleaned_data["label"], actor=person(request))
    except Refused as refused:
        form.add_error("label", str(refused))
        return render(request, "pos/new_token.html", {"form": form})
    shown = {"token": token, "key": key, "command": _command(key)}
    return render(request, "pos/made_token.html", shown)


@sensitive_variables("key")
def _command(key: str) -> str:
    """Give an example of a delivery, as docs/tills.md has it."""
    lines = (
        "curl --fail-with-body",
        f'-H "Authorization: Bearer {key}"',
        "-F file=@saft.xml",
        settings.SITE_URL + reverse("api_saft"),
    )
    return " \\\n  ".join(lines)


@company_page(Permission.CONNECT_TILLS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, company: Company, token_id: int) -> HttpResponse:
    """Take a key out of use for good, once a person has seen what ends with it."""
    token = get_object_or_404(company.intake_tokens.all(), pk=token_id)
    if request.method != "POST" and token.withdrawn_at is None:
        return render(request, "pos/withdraw_token.html", {"token": token})
    if keys.withdraw(token, actor=person(request)):
        messages.success(request, _("«%(label)s» kan ikke levere mer.") % {"label": token.label})
    else:
        messages.info(
            request, _("«%(label)s» er trukket tilbake fra før.") % {"label": token.label}
        )
    return redirect("pos:tokens", company.org_no)

"""Entering keys: tried first, then confirmed by a person where the names differ, then kept sealed."""

from django.conf import settings as house
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounting import clock
from accounting.books.domain.issues import Fix, Issue, Page
from accounting.company.access import company_page, person
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.queries import connection_of
from integrations.poweroffice import waiting_keys
from integrations.poweroffice.checking import check
from integrations.poweroffice.connect import ConnectRefused, Opened, keep, open_with
from integrations.poweroffice.forms import ClientForm, KeysForm
from integrations.poweroffice.hosts import Keys
from integrations.poweroffice.moving import Move, move_of
from integrations.poweroffice.names import same_name


@sensitive_post_parameters()
@company_page(Permission.CHANGE_CONNECTION)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
@sensitive_variables()
def keys(request: HttpRequest, company: Company) -> HttpResponse:
    """Try the keys; nothing is kept of keys that do not open, nor before a person has said whose."""
    if request.method != "POST":
        waiting_keys.forget(request.session)
        focus = request.GET.get("felt", "")
        return _form(request, company, KeysForm(house.POWEROFFICE_ENV, focus=focus))
    form = KeysForm(house.POWEROFFICE_ENV, request.POST)
    if not form.is_valid():
        return _form(request, company, form)
    given = form.cleaned_data
    typed = Keys(
        given["application_key"], given["client_key"], house.POWEROFFICE_SUBSCRIPTION_KEY.strip()
    )
    try:
        opened = open_with(company, house.POWEROFFICE_ENV, typed)
    except ConnectRefused as refused:
        return _form(request, company, KeysForm(house.POWEROFFICE_ENV), refused.issue)
    if not _must_be_asked(company, opened):
        return _kept(request, company, opened)
    waiting_keys.lay_aside(request.session, company, opened, clock.now())
    return redirect("poweroffice:whose", company.org_no)


def _must_be_asked(company: Company, opened: Opened) -> bool:
    """Say whether a person must confirm: away from another client, or first at one of another name."""
    known = connection_of(company)
    if known is None:
        return not same_name(company.name, opened.client_name)
    return known.client_id != opened.client_id


@company_page(Permission.CHANGE_CONNECTION)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
@sensitive_variables()
def whose(request: HttpRequest, company: Company) -> HttpResponse:
    """A person says that their client is the company here, and that it may move away from another.

    Yes is taken only for what the page showed: keys pasted meanwhile in another tab are asked about.
    """
    opened = waiting_keys.waiting(request.session, company, clock.now())
    if opened is None:
        messages.warning(request, _("Nøklene er ikke lagret. Lim dem inn på nytt."))
        return redirect("poweroffice:keys", company.org_no)
    move = move_of(company, opened)
    about = f"{move.client_id if move else ''}>{opened.client_id}"
    leaves = move is not None and move.drafts > 0
    if request.method != "POST":
        form = ClientForm(initial={"about": about}, leaves_drafts=leaves)
        return _asked(request, company, opened, move, form)
    if request.POST.get("about") != about:
        messages.warning(request, _("Andre nøkler er limt inn siden siden ble åpnet. Se på nytt."))
        return redirect("poweroffice:whose", company.org_no)
    form = ClientForm(request.POST, leaves_drafts=leaves)
    if not form.is_valid():
        return _asked(request, company, opened, move, form)
    waiting_keys.forget(request.session)
    return _kept(request, company, opened)


@sensitive_variables()
def _asked(
    request: HttpRequest, company: Company, opened: Opened, move: Move | None, form: ClientForm
) -> HttpResponse:
    facts = (("client", opened.client_name), ("company", company.name))
    fix = Fix(Page.CONNECTION, (("felt", "client_key"),))
    named = same_name(company.name, opened.client_name)
    issue = None if named else Issue("client-has-another-name", opened.client_name, facts, fix)
    page = {"issue": issue, "client_name": opened.client_name, "move": move, "form": form}
    return render(request, "poweroffice/whose.html", page)


@sensitive_variables()
def _kept(request: HttpRequest, company: Company, opened: Opened) -> HttpResponse:
    try:
        connection = keep(company, opened, actor=person(request))
    except ConnectRefused as refused:
        return _form(request, company, KeysForm(house.POWEROFFICE_ENV), refused.issue)
    if all(each.issue is None for each in check(connection)):
        said = _("Koblet til «%(client)s», og kontoplanen er hentet.")
        messages.success(request, said % {"client": connection.client_name})
    else:
        messages.warning(request, _("Nøklene er lagret, men noe gjenstår. Se under Test."))
    return redirect("poweroffice:settings", company.org_no)


def _form(
    request: HttpRequest, company: Company, form: KeysForm, issue: Issue | None = None
) -> HttpResponse:
    page = {
        "form": form,
        "issue": issue,
        "field": _field(issue, form),
        "connection": connection_of(company),
    }
    return render(request, "poweroffice/keys.html", page)


def _field(issue: Issue | None, form: KeysForm) -> str:
    """Name the field of this page that is to be mended; '' where the issue means none of them."""
    named = dict(issue.fix.params).get("felt", "") if issue and issue.fix else ""
    return named if named in form.fields else ""

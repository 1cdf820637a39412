"""One thing done with several exports at once, from Status, a run, or one export's page."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from accounting.books.domain.money import Ore
from accounting.company.access import company_page, form_on, person
from accounting.company.models import Company
from accounting.company.roles import Permission
from integrations.exports.acting import Act, Done, Pick, on_all, picked, written
from integrations.exports.forms import BookedByHandForm, LeaveManyOutForm
from integrations.exports.models import Export
from integrations.exports.states import State

NAMED = 3  # of those that had moved
LISTED = 50
ASKS: dict[Act, type[LeaveManyOutForm | BookedByHandForm]] = {
    Act.LEAVE_OUT: LeaveManyOutForm,
    Act.BY_HAND: BookedByHandForm,
}

MOVED = {
    Act.SEND: ngettext_lazy(
        "Ett oppgjør står klart og sendes om et øyeblikk.",
        "%(number)d oppgjør står klare og sendes om et øyeblikk.",
        "number",
    ),
    Act.BUILD: ngettext_lazy(
        "Ett bilag er bygget på nytt.", "%(number)d bilag er bygget på nytt.", "number"
    ),
    Act.LEAVE_OUT: ngettext_lazy(
        "Ett oppgjør er utelatt og blir ikke overført.",
        "%(number)d oppgjør er utelatt og blir ikke overført.",
        "number",
    ),
    Act.BY_HAND: ngettext_lazy(
        "Ett oppgjør er merket som ført manuelt.",
        "%(number)d oppgjør er merket som ført manuelt.",
        "number",
    ),
    Act.CHECK: ngettext_lazy(
        "Ett oppgjør er kontrollert på nytt.",
        "%(number)d oppgjør er kontrollert på nytt.",
        "number",
    ),
}
FREED = ngettext_lazy(
    "%(number)d av dem kan nå sendes.", "%(number)d av dem kan nå sendes.", "number"
)
LEFT = ngettext_lazy(
    "Ett oppgjør ble ikke rørt: %(named)s. Det har endret seg, eller kan ikke behandles slik.",
    "%(number)d oppgjør ble ikke rørt: %(named)s. De har endret seg, eller kan ikke behandles slik.",
    "number",
)


@company_page(Permission.SEND)
@form_on("exports:status", "org_no")
def bulk(request: HttpRequest, company: Company) -> HttpResponse:
    """Do what the button says with everything that is ticked; leaving out asks why first."""
    picks = Pick.parse(" ".join(request.POST.getlist("valgt")))
    act = next((act for act in Act if act == request.POST.get("handling")), None)
    if act is None or not picks:
        messages.warning(request, _("Ingenting ble gjort: ingen oppgjør er krysset av."))
        return _back(request, company)
    if act not in ASKS:
        done = on_all(company, picks, act, person(request))
        return _told(request, company, act, picks, done)
    answered = "reason" in request.POST
    form = ASKS[act](request.POST if answered else None)
    if answered and form.is_valid():
        done = on_all(company, picks, act, person(request), form.cleaned_data["reason"])
        return _told(request, company, act, picks, done)
    return _asked(request, company, act, picks, form)


def _asked(
    request: HttpRequest, company: Company, act: Act, picks: tuple[Pick, ...], form: Form
) -> HttpResponse:
    """Show what is about to be left out, with its sum, and ask why."""
    exports = picked(company, picks)
    form.initial["valgt"] = written(exports)
    asked = {
        "act": act,
        "form": form,
        "exports": exports[:LISTED],
        "number": len(exports),
        "more": max(0, len(exports) - LISTED),
        "sum": Ore(sum(export.settlement.gross for export in exports)),
        "back": _place(request),
    }
    return render(request, "exports/leave_many_out.html", asked)


def _told(
    request: HttpRequest, company: Company, act: Act, picks: tuple[Pick, ...], done: Done
) -> HttpResponse:
    """Go back, and say how many were moved and which were not."""
    if done.moved:
        messages.success(request, MOVED[act] % {"number": done.moved})
    if act is Act.CHECK and done.moved:
        ready = sum(export.state == State.READY for export in picked(company, picks))
        messages.info(request, FREED % {"number": ready})
    if done.left:
        messages.warning(request, _left(done.left))
    return _back(request, company)


def _left(left: tuple[Export, ...]) -> str:
    """Name what was not moved: it had moved already, or that is not done with it."""
    named = ", ".join(f"Z {export.settlement.z_number}" for export in left[:NAMED])
    more = " …" if len(left) > NAMED else ""
    return LEFT % {"number": len(left), "named": named + more}


def _place(request: HttpRequest) -> dict[str, str]:
    """Name the page that the form stood on: a run's or an export's, '' for Status."""
    places = {name: request.POST.get(name, "") for name in ("run", "export")}
    return {name: value for name, value in places.items() if value.isdecimal()}


def _back(request: HttpRequest, company: Company) -> HttpResponse:
    for name, value in _place(request).items():
        return redirect(f"exports:{name}", company.org_no, int(value))
    return redirect("exports:status", company.org_no)

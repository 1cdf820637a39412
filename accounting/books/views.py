"""The page of Kontooppsett: where a settlement's money goes, and where fix links land."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounting import clock
from accounting.books import records
from accounting.books.domain.codes import NO_VAT
from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey
from accounting.books.forms import KINDS, Entered, parse_key, posted_keys, read_rows, vat_choices
from accounting.books.queries import active_departments
from accounting.books.row_words import words_of
from accounting.books.setup_rows import Row, SetupPage, opened_at, proposals, setup_page
from accounting.company.access import company_page, person
from accounting.company.models import Company, Department
from accounting.company.roles import Permission

ALL, MISSING, NEW = "alle", "mangler", "nytt"


@company_page(Permission.CHANGE_SETUP)
@require_http_methods(["GET", "HEAD", "POST"])
def account_setup(request: HttpRequest, company: Company) -> HttpResponse:
    """Kontooppsett of one `?department=`, or the default.

    `?row=` names the row that a fix link means; `?account=` or `?vat_code=` the first that uses it.
    """
    department = _department(company, request.GET.get("department", ""))
    opened = parse_key(request.GET.get("row", ""))
    page = setup_page(company, department, clock.today(), opened, posted_keys(request.POST))
    if opened is None:
        named = (request.GET.get("account", ""), request.GET.get("vat_code", ""))
        page = opened_at(page, *named)
    if request.method != "POST":
        return _shown(request, department, page, {})
    entered = read_rows(request.POST, _codes(page))
    if "use" in request.POST:
        return _shown(request, department, page, entered | _used(request.POST["use"], page))
    if any(row.error for row in entered.values()):
        return _shown(request, department, page, entered)
    before = {row.key: row.rule for row in page.rows}
    rows = {key: row.rule(before.get(key)) for key, row in entered.items()}
    changed = {key: rule for key, rule in rows.items() if rule != before.get(key)}
    saved = records.save_setup(company, department, changed, actor=person(request))
    query = {"department": department.name if department else "", "lagret": saved}
    address = reverse("books:account_setup", args=[company.org_no])
    return redirect(f"{address}?{urlencode(query)}")


def _department(company: Company, name: str) -> Department | None:
    if not name:
        return None
    department = company.departments.filter(name=name).first()
    if department is None:
        raise Http404
    return department


def _codes(page: SetupPage) -> set[str]:
    kept = {row.rule.vat_code for row in page.rows if row.rule}
    return {*vat_choices(page.chart), *kept}


def _used(wanted: str, page: SetupPage) -> dict[RuleKey, Entered]:
    """Fill in a row's suggestion, or all of them; nothing is saved by this."""
    if wanted == "all":
        return {key: _filled(rule) for key, rule in proposals(page.rows).items()}
    key = parse_key(wanted)
    rule = next((row.proposal for row in page.rows if row.key == key), None)
    if key is None or rule is None:
        raise BadRequest(wanted)
    return {key: _filled(rule)}


def _filled(rule: Rule) -> Entered:
    return Entered(rule.account, rule.vat_code, kind=rule.kind)


def _shown(
    request: HttpRequest,
    department: Department | None,
    page: SetupPage,
    entered: Mapping[RuleKey, Entered],
) -> HttpResponse:
    filtered = request.GET.get("vis", ALL)
    rows = [r for r in page.rows if r.opened or r.key in entered or _wanted(r, filtered)]
    lines = [_line(i, row, entered.get(row.key), page.chart) for i, row in enumerate(rows)]
    company: Company = request.company  # type: ignore[attr-defined]
    focus = request.POST.get("use", "")
    shown = {
        "department": department,
        "departments": active_departments(company),
        "filtered": filtered,
        "page": page,
        "parts": [
            (name, [line for line in lines if line["section"] == code])
            for code, name in (
                ("sales", _("Salg")),
                ("payment", _("Betaling")),
                ("movement", _("Penger inn og ut")),
                ("other", _("Annet")),
            )
        ],
        "errors": [line for line in lines if line["error"]],
        "filled": bool(focus),
        "focus": focus,
        "vat_codes": vat_choices(page.chart),
        "kinds": KINDS,
        "proposals": len(proposals(page.rows)),
        "saved": request.GET.get("lagret", ""),
    }
    return render(request, "books/account_setup.html", shown)


def _wanted(row: Row, filtered: str) -> bool:
    """Say whether the filter shows a row; an unknown filter shows all."""
    return {MISSING: row.missing, NEW: row.new}.get(filtered, True)


def _line(index: int, row: Row, entered: Entered | None, chart: Chart) -> dict[str, object]:
    """Give a row with what stands in its fields: what was typed, else what is saved."""
    nothing = Entered("", "" if row.section == "sales" else NO_VAT)
    typed = entered or (_filled(row.rule) if row.rule else nothing)
    account = chart.accounts.get(row.rule.account) if row.rule else None
    name, detail = words_of(row)
    return {
        "index": index,
        "row": row,
        "key": str(row.key),
        "section": row.section,
        "name": name,
        "detail": detail,
        "account": typed.account,
        "account_name": account.name if account else "",
        "vat_code": typed.vat_code,
        "kind": typed.kind or Kind.SALE,
        "proposed": row.proposal and KINDS[row.proposal.kind],
        "error": typed.error,
        "follows": row.follows and words_of(Row(row.follows[0]))[0],
    }

"""What the buttons of Kontooppsett do to what stands in its fields. Nothing here saves anything.

Each act takes the form as it was sent and gives it back changed, with what else the page shall show.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import get_language

from accounting.books.domain.issues import Issue, words
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.forms import Entered, Typed, parse_key
from accounting.books.setup_changes import Difference, in_force, offers
from accounting.books.setup_reading import SetupReading, refusals
from accounting.books.setup_rows import proposals
from accounting.books.setup_screen import copy_panel, here_in_force
from accounting.books.setup_usage import Used
from accounting.books.trying import try_changes
from accounting.company.models import Department

Done = tuple[Typed, dict[str, object]]
LINKED_ELSEWHERE = "account-needs-department"  # mended at Avdelinger: no reason to refuse the row


def _use(posted: QueryDict, reading: SetupReading, typed: Typed) -> Done:
    """Fill in one row's suggestion, or all of them."""
    page = reading.page(None, list(typed.rows), typed.changes(reading.today))
    wanted = posted.get("use", "")
    if wanted == "all":
        found = proposals(page.rows)
        return typed.filled(found), {"filled": len(found), "focus": wanted}
    key = _key(wanted)
    rule = next((row.proposal for row in page.rows if row.key == key), None)
    if rule is None:
        raise BadRequest(wanted)
    return typed.filled({key: rule}), {"filled": 1, "focus": wanted}


def _drop(posted: QueryDict, _reading: SetupReading, typed: Typed) -> Done:
    """Empty a department's own row, so that the company's counts."""
    key = _key(posted.get("drop", ""))
    return typed.filled({key: None}), {"dropped": True, "focus": str(key)}


def _lock(posted: QueryDict, reading: SetupReading, typed: Typed) -> Done:
    """Take the VAT code that the row's account is locked to."""
    key = _key(posted.get("lock", ""))
    row = typed.rows.get(key)
    account = reading.chart.accounts.get(row.account) if row else None
    if row is None or account is None:
        raise BadRequest(posted.get("lock", ""))
    rule = Rule(account.number, account.vat_code)
    changed = replace(Entered.of(rule), kind=row.kind)
    return replace(typed, rows={**typed.rows, key: changed}), {"filled": 1, "focus": str(key)}


def _compare(posted: QueryDict, reading: SetupReading, typed: Typed) -> Done:
    """Hold another department's rows against those here."""
    source = _source(posted, reading)
    offered = offers(_rules_of(source, reading), here_in_force(reading, typed))
    return typed, copy_panel(reading, source, offered)


def _copy(posted: QueryDict, reading: SetupReading, typed: Typed) -> Done:
    """Fill in the ticked rows of the other department."""
    there = _rules_of(_source(posted, reading), reading)
    ticked = [_key(name) for name in posted.getlist("linje")]
    if not all(key in there for key in ticked):
        raise BadRequest("linje")
    return typed.filled({key: there[key] for key in ticked}), {"copied": len(ticked)}


def _try(_posted: QueryDict, reading: SetupReading, typed: Typed) -> Done:
    """Book the latest settlements with what stands in the fields."""
    trial = try_changes(reading, typed.changes(reading.today))
    known = reading.chart.accounts
    named = [(m, known[m.account].name if m.account in known else "") for m in trial.moves]
    return typed, {"trial": trial, "moves": named}


ACTS: dict[str, Callable[[QueryDict, SetupReading, Typed], Done]] = {
    "use": _use,
    "drop": _drop,
    "lock": _lock,
    "sammenlign": _compare,
    "kopier": _copy,
    "prov": _try,
}


def _key(name: str) -> RuleKey:
    key = parse_key(name)
    if key is None:
        raise BadRequest(name)
    return key


def _source(posted: QueryDict, reading: SetupReading) -> Department:
    number = posted.get("kilde", "")
    for department in reading.company.departments.all():
        if str(department.pk) == number:
            return department
    raise BadRequest("kilde")


def _rules_of(source: Department, reading: SetupReading) -> dict[RuleKey, Rule]:
    return in_force(reading.rules.get(source.pk, {}), reading.today)


def open_choices(posted: QueryDict, reading: SetupReading, typed: Typed) -> tuple[Difference, ...]:
    """Give the rows that a person was asked to choose for: somebody else's rule or their own."""
    keys = [_key(name) for name in posted.getlist("tvist")]
    if not keys:
        return ()
    saved = in_force(reading.saved, reading.today)
    changes = typed.changes(reading.today)
    return tuple(
        Difference(key, saved.get(key), changes.get(key, saved.get(key)), clash=True)
        for key in keys
    )


def chosen(posted: QueryDict, choices: Iterable[Difference], typed: Typed) -> tuple[Typed, bool]:
    """Let what was chosen stand in the form; says too whether every choice is made."""
    rows, made = dict(typed.rows), True
    for each in choices:
        choice = posted.get(f"valg:{each.key}")
        made = made and choice in {"deres", "mitt"}
        if choice == "deres":
            rows[each.key] = Entered.of(each.theirs) if each.theirs else Entered.empty(each.key)
    return replace(typed, rows=rows), made


def refused_by_chart(typed: Typed, reading: SetupReading) -> Typed:
    """Say at each row that a person changed what the chart has against it."""
    changes = typed.changes(reading.today)
    setup = reading.bare
    day = typed.since or reading.today
    refused = {
        key: replace(
            typed.rows[key], refused=_sentences(refusals(key, rule, Used(key), setup, day))
        )
        for key, rule in changes.items()
        if rule
    }
    return replace(typed, rows={**typed.rows, **refused})


def _sentences(issues: tuple[Issue, ...]) -> str:
    language = "en" if get_language() == "en" else "nb"
    said = [words(issue, language) for issue in issues if issue.code != LINKED_ELSEWHERE]
    return " ".join(f"{each.reason} {each.way_out}" for each in said)

"""Who gets what at every address: one line each, GET then POST. An address without a line fails.

A number is a status. Posts carry no data unless SENT gives some: 200 is the form with what is wrong,
and its address then leads a GET (302) to the page that the form stands on.
"""

from tests.rules.people import PEOPLE

Statuses = int | tuple[int, ...]
NOT_ALLOWED = 405

# /s/<company>/…: accountant, manager without grant, manager with grant, SuperAdmin; one number is all four.
# Nobody logged in is led to log in; strangers, the withdrawn and other companies' managers get 404.
MANAGER, GRANTED = (403, 302, 302, 403), (403, 403, 302, 403)
INVITER = (403, 302, 302, 302)
COMPANY: dict[str, tuple[Statuses, Statuses]] = {
    "company": (302, 405),
    "preview": (200, 302),
    "company:company": (200, 405),
    "company:departments": (200, 302),
    "company:add_department": (302, 200),
    "company:no_departments": (405, 302),
    "company:department": (200, 200),
    "company:archive_department": (302, 302),
    "company:restore_department": (405, 302),  # to the list: it is in use
    "company:tills": (200, 302),
    "books:account_setup": (200, 302),
    "books:row_check": (400, 405),  # no row is named
    "books:setup_row": (404, 404),  # as above
    "pos:upload": (200, 200),
    "pos:file": (200, 405),
    "pos:tokens": (200, 405),
    "pos:make_token": ((403, 200, 200, 403), (403, 200, 200, 403)),
    "pos:withdraw_token": ((403, 200, 200, 403), MANAGER),
    "exports:overview": (200, 405),
    "exports:settlements": (200, 405),
    "exports:calendar": (200, 405),
    "exports:close_day": (302, 404),  # no day is named
    "exports:open_day": (405, 404),  # as above
    "exports:settlement": (200, 405),
    "exports:line": (200, 405),
    "exports:z_report": (200, 405),
    "exports:attach_again": (405, 302),
    "exports:send_again": (405, 302),
    "exports:look_again": (405, 302),
    "exports:is_there": (405, 302),
    "exports:withdraw": (405, 302),
    "exports:build_anew": (405, 302),
    "exports:correct": (405, 302),
    "exports:leave_out": (302, 200),
    "exports:acknowledge": (302, 302),
    "exports:count_cash": (302, 302),
    "exports:receipt": (200, 405),
    "exports:choose_receipt": (302, 302),
    "exports:status": (200, 405),
    "exports:bulk": (302, 302),  # nothing is ticked
    "exports:runs": (200, 405),
    "exports:run_now": (405, 302),
    "exports:run": (200, 405),
    "exports:export": (200, 405),
    "exports:history": (200, 405),
    "exports:history_sums": (200, 405),
    "exports:history_xlsx": (200, 405),
    "exports:history_csv": (200, 405),
    "exports:history_pdf": (200, 405),
    "exports:connection": (302, 405),
    "poweroffice:settings": (200, 405),
    "poweroffice:keys": ((403, 403, 200, 403), (403, 403, 200, 403)),
    "poweroffice:whose": (GRANTED, GRANTED),
    "poweroffice:test": (405, 302),
    "poweroffice:chart": (302, 200),
    "poweroffice:frequency": ((403, 403, 302, 403), (403, 403, 200, 403)),
    "poweroffice:pause": ((403, 403, 302, 403), (403, 403, 200, 403)),
    "poweroffice:resume": ((403, 403, 405, 403), GRANTED),
    "poweroffice:recipients": ((403, 403, 302, 403), GRANTED),
    "poweroffice:first_day": (GRANTED, GRANTED),
    "people:members": (200, 405),
    "people:ask": (MANAGER, MANAGER),
    "people:invite": (INVITER, (403, 200, 200, 200)),
    "people:take_back": ((403, 405, 405, 405), INVITER),
    "people:remove": ((403, 200, 200, 200), INVITER),
    "activity:log": (200, 405),
}
SENT: dict[str, dict[str, str]] = {
    "exports:choose_receipt": {"version": "1", "reason": "Den første"}
}

# /system/…: SuperAdmin. Nobody logged in is led to log in; for everybody else there is no such page.
SYSTEM: dict[str, tuple[int, int]] = {
    "system:root": (302, 405),
    "system:companies": (200, 405),
    "system:new_company": (200, 200),
    "system:operation": (200, 405),
    "system:support": (200, 405),
    "system:invite_support": (302, 200),
    "system:take_back_support": (405, 404),  # the invitation is a company's
    "system:company": (200, 405),
    "system:switch": (405, 302),
    "system:invite": (302, 200),
    "system:take_back": (405, 302),
    "system:person": (200, 405),
    "system:role": (302, 200),
    "system:grant": (302, 200),
    "system:withdraw": (405, 302),
    "system:remove": (200, 302),
    "system:second_factor": (405, 302),
    "system:grants": (200, 405),
    "system:approve": (302, 302),
    "system:decline": (302, 200),
}

# The front door: (nobody logged in, everybody else), or one number for all. Whoever has set up a second
# factor (the withdrawn, managers with a grant, SuperAdmin) stands in SECOND_FACTOR where it matters.
DOOR: dict[str, tuple[Statuses, Statuses]] = {
    "front": ((302, 302), (302, 405)),
    "switcher": ((302, 200), (302, 405)),
    "set_language": (405, 302),
    "favicon": (302, 405),
    "health": (200, 405),
    "ready": (503, 405),  # nobody has ticked here
    "metrics": (404, 405),  # without METRICS_TOKEN
    "api_saft": (401, 401),  # whoever it is: a key opens it, no log-in does
    "mailbox": (404, 405),  # DEBUG only
    "account_login": ((200, 302), (200, 302)),
    "account_logout": ((302, 200), 302),
    "account_inactive": (200, 405),
    "account_signup": ((200, 302), (200, 302)),
    "account_reauthenticate": ((302, 200), (302, 200)),
    "account_change_password": ((302, 200), (302, 200)),
    "account_set_password": (302, 302),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 405),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 405),
    "open_invitation": (302, 405),
    "invitation": (200, 200),
    "mfa_index": ((302, 200), (302, 405)),
    "mfa_authenticate": (302, 302),
    "mfa_reauthenticate": ((302, 302), (302, 302)),
    "mfa_activate_totp": ((302, 200), (302, 200)),
    "mfa_deactivate_totp": ((302, 404), (302, 404)),
    "mfa_view_recovery_codes": ((302, 404), (302, 405)),
    "mfa_generate_recovery_codes": ((302, 200), (302, 200)),
}
HAVE_SECOND_FACTOR = frozenset(
    {"withdrawn", "another company's manager", "manager with grant", "superadmin"}
)
SECOND_FACTOR: dict[str, tuple[int, int]] = {
    "mfa_reauthenticate": (200, 200),
    "mfa_activate_totp": (302, 302),
    "mfa_deactivate_totp": (200, 302),
    "mfa_generate_recovery_codes": (200, 302),
}
# Front leads whoever has one company there, and SuperAdmin to every company's health.
LISTED = frozenset({"stranger", "withdrawn"})

INSIDE = ("accountant", "manager without grant", "manager with grant", "superadmin")


def expected(name: str, who: str) -> tuple[int, int]:
    """Give what the person gets for GET and for POST. KeyError for an address without a line."""
    if name in COMPANY:
        return _of_company(*COMPANY[name], who)
    if name in SYSTEM:
        return {"anonymous": (302, 302), "superadmin": SYSTEM[name]}.get(who, (404, 404))
    if name == "front" and who in LISTED:
        return 200, NOT_ALLOWED
    if name in SECOND_FACTOR and who in HAVE_SECOND_FACTOR:
        return SECOND_FACTOR[name]
    get, post = DOOR[name]
    place = 0 if who == "anonymous" else 1
    return _at(get, place), _at(post, place)


def _of_company(get: Statuses, post: Statuses, who: str) -> tuple[int, int]:
    if who == "anonymous":
        return 302, 302
    if who not in INSIDE:
        return 404, 404
    place = INSIDE.index(who)
    return _at(get, place), _at(post, place)


def _at(statuses: Statuses, place: int) -> int:
    return statuses if isinstance(statuses, int) else statuses[place]


assert set(INSIDE) < set(PEOPLE)

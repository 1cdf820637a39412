"""Who may do what in a company: one table, pure (ux.md 2.2)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a company; SuperAdmin is not in a company but above them all."""

    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    SUPERADMIN = "superadmin"


class Right(StrEnum):
    """What SuperAdmin grants one person in one company, for a time or until it is withdrawn."""

    POWEROFFICE = "poweroffice"


class Permission(StrEnum):
    """One thing that a page or a button does."""

    SEE = "see"
    UPLOAD_SALES = "upload-sales"
    CHANGE_SETUP = "change-setup"
    SEND = "send"
    CHANGE_CONNECTION = "change-connection"
    ASK_FOR_RIGHT = "ask-for-right"
    CONNECT_TILLS = "connect-tills"
    INVITE_ACCOUNTANTS = "invite-accountants"


# Keys, frequency and the export-from date are the manager's; others see how they are (ux.md 2.2).
_EVERYBODY = frozenset(
    {Permission.SEE, Permission.UPLOAD_SALES, Permission.CHANGE_SETUP, Permission.SEND}
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(Permission),
    Role.ACCOUNTANT: _EVERYBODY,
    Role.SUPERADMIN: _EVERYBODY | {Permission.INVITE_ACCOUNTANTS},
}
# What the role alone does not give: a right must be granted as well.
NEEDS: dict[Permission, Right] = {Permission.CHANGE_CONNECTION: Right.POWEROFFICE}


def may(role: Role, permission: Permission) -> bool:
    """Say whether the role may do it, once it has the right that NEEDS names."""
    return permission in PERMISSIONS[role]


def has_use_for(role: Role, right: Right) -> bool:
    """Say whether the right, granted, would let the role do anything."""
    return any(NEEDS.get(permission) == right for permission in PERMISSIONS[role])

"""Who may do what in a company: one table, pure (ux.md 2.2)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a company; SuperAdmin is not in a company but above them all."""

    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    SUPERADMIN = "superadmin"


class Permission(StrEnum):
    """One thing that a page or a button does."""

    SEE = "see"
    UPLOAD_SALES = "upload-sales"
    CHANGE_SETUP = "change-setup"
    SEND = "send"
    CHANGE_CONNECTION = "change-connection"


# Keys, frequency and the export-from date are the manager's; others see how they are (ux.md 2.2).
_ALL_BUT_THE_CONNECTION = frozenset(Permission) - {Permission.CHANGE_CONNECTION}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(Permission),
    Role.ACCOUNTANT: _ALL_BUT_THE_CONNECTION,
    Role.SUPERADMIN: _ALL_BUT_THE_CONNECTION,
}


def may(role: Role, permission: Permission) -> bool:
    """Say whether the role may do it."""
    return permission in PERMISSIONS[role]

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


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(Permission),
    Role.ACCOUNTANT: frozenset(Permission),
    Role.SUPERADMIN: frozenset(Permission),
}


def may(role: Role, permission: Permission) -> bool:
    """Say whether the role may do it."""
    return permission in PERMISSIONS[role]

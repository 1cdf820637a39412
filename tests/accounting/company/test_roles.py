"""Who may do what: the table of ux.md 2.2, line by line."""

import pytest

from accounting.company.roles import Permission, Role, may

ALL = frozenset(Permission)
MAY = {
    Role.MANAGER: ALL,
    Role.ACCOUNTANT: ALL - {Permission.CHANGE_CONNECTION},
    Role.SUPERADMIN: ALL - {Permission.CHANGE_CONNECTION},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_the_table(role, permission):
    assert may(role, permission) == (permission in MAY[role])

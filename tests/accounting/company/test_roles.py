"""Who may do what: the table of ux.md 2.2, line by line."""

import pytest

from accounting.company.roles import NEEDS, Permission, Right, Role, has_use_for, may

ALL = frozenset(Permission)
EVERYDAY = {Permission.SEE, Permission.UPLOAD_SALES, Permission.CHANGE_SETUP, Permission.SEND}
MAY = {
    Role.MANAGER: ALL,
    Role.ACCOUNTANT: EVERYDAY,
    Role.SUPERADMIN: EVERYDAY | {Permission.INVITE_ACCOUNTANTS},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_the_table(role, permission):
    assert may(role, permission) == (permission in MAY[role])


def test_only_the_connection_needs_a_granted_right():
    assert NEEDS == {Permission.CHANGE_CONNECTION: Right.POWEROFFICE}
    assert [role for role in Role if has_use_for(role, Right.POWEROFFICE)] == [Role.MANAGER]

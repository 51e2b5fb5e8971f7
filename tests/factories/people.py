"""People who log in, with the memberships that make them what they are."""

from itertools import count
from typing import Any

from cms.organisations import actions
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.agencies import Province

PASSWORD = "mat-khau-thu-nghiem"

_numbers = count(1)


def make_user(username: str = "", **fields: object) -> User:
    """Add an account without any role; its password is PASSWORD."""
    number = next(_numbers)
    username = username or f"nguoi-{number}"
    filled = {"email": f"{username}@example.com", "full_name": f"Công chức {number:04}"}
    return User.objects.create_user(username, password=PASSWORD, **(filled | fields))


def make_member(role: str, agency: Agency, username: str = "", **scope: Any) -> User:
    """Add an account that acts in a role for an agency from today on."""
    user = make_user(username)
    actions.grant_membership(by=None, user=user, role=role, agency=agency, **scope)
    # A fresh object: access is read once per user object.
    return User.objects.get(pk=user.pk)


def make_people(province: Province) -> dict[str, User]:
    """Add one person per role; the agency's act for ``province.statistics``, the ``other_`` ones for the office."""
    return {
        "uploader": make_member(Role.UPLOADER, province.statistics, "uploader"),
        "agency_head": make_member(Role.AGENCY_HEAD, province.statistics, "agency_head"),
        "api_client": make_member(Role.API_CLIENT, province.statistics, "api_client"),
        "other_uploader": make_member(Role.UPLOADER, province.office, "other_uploader"),
        "other_agency_head": make_member(Role.AGENCY_HEAD, province.office, "other_agency_head"),
        "editor": make_member(Role.EDITOR, province.home_affairs, "editor"),
        "approver": make_member(Role.APPROVER, province.home_affairs, "approver"),
        "provincial_approver": make_member(Role.PROVINCIAL_APPROVER, province.root, "provincial_approver"),
        "technical_admin": make_member(Role.TECHNICAL_ADMIN, province.root, "technical_admin"),
        "nobody": make_user("nobody"),
    }

"""Who holds surveys: makes links, reads results, makes them public."""

from __future__ import annotations

from typing import Any

from cms.organisations.access import access_for
from cms.users.enums import Role


def can_hold_surveys(user: Any) -> bool:
    """Return whether the person holds surveys: the editor of the whole portal, and who approves appraisals."""
    access = access_for(user)
    return access.edits_portal or access.has(Role.APPROVER)

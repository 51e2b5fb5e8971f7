"""Who looks after what is sent, and who changes its texts."""

from __future__ import annotations

from typing import Any

from cms.organisations.access import access_for
from cms.organisations.permissions import can_administer
from cms.users.enums import Role

# The log holds addresses of the whole province: technical administrators alone.
can_see_log = can_administer


def can_word(user: Any) -> bool:
    """Return whether the person changes the texts: who approves appraisals, and the editor of the whole portal."""
    access = access_for(user)
    return access.has(Role.APPROVER) or access.edits_portal

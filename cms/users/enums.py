"""Roles: what a membership lets a person do. Rows of the groups are made by a migration from this list."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who may do what; administration of the system and power over content are never the same role."""

    UPLOADER = "uploader", _("Agency uploader")
    AGENCY_HEAD = "agency_head", _("Agency head")
    EDITOR = "editor", _("Appraising editor")
    APPROVER = "approver", _("Appraising approver")
    PROVINCIAL_APPROVER = "provincial_approver", _("Provincial approver")
    TECHNICAL_ADMIN = "technical_admin", _("Technical administrator")
    PORTAL_EDITOR = "portal_editor", _("Portal editor")
    API_CLIENT = "api_client", _("API client")

    @property
    def group_name(self) -> str:
        """Name of the Django group that carries the role's Wagtail permissions."""
        return f"role:{self.value}"

    @property
    def part_group_name(self) -> str:
        """Name of the group of those who hold the role over a part of the province: they enter, and no more."""
        return f"role:{self.value}:part"


# Roles that act for one agency and what is below it.
AGENCY_ROLES = frozenset({Role.UPLOADER, Role.AGENCY_HEAD, Role.API_CLIENT})
# Roles that write an agency's catalog before it is submitted.
WRITING_AGENCY_ROLES = frozenset({Role.UPLOADER, Role.AGENCY_HEAD})
# Roles that send an agency's lists: a program does so over the API alone, and submits nothing.
SENDING_AGENCY_ROLES = WRITING_AGENCY_ROLES | {Role.API_CLIENT}
# Roles that appraise: for the whole province (the Department of Home Affairs), or over a part of it.
APPRAISING_ROLES = frozenset({Role.EDITOR, Role.APPROVER})
# Roles that may be held over a part of the province: a block, or an agency with what is below it.
PARTIAL_ROLES = APPRAISING_ROLES | {Role.PROVINCIAL_APPROVER}
# Roles that may enter the admin.
ADMIN_ROLES = frozenset(set(Role) - {Role.API_CLIENT})
# Roles whose grant a second person must confirm before it takes effect: their holders accept, decide, or let others in.
SECOND_PERSON_ROLES = frozenset({Role.EDITOR, Role.APPROVER, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN})
# Roles whose holders may be that second person.
CONFIRMING_ROLES = frozenset({Role.APPROVER, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN})
# Roles with a part in catalogs and evaluation; nobody holds one of them together with the administration of the system.
CONTENT_ROLES = frozenset(ADMIN_ROLES - {Role.TECHNICAL_ADMIN, Role.PORTAL_EDITOR})

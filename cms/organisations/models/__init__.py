"""The tree of agencies, who acts for them, and who works in them as what."""

from cms.organisations.models.agencies import Agency, AgencyCode, AgencyManager, AgencyQuerySet
from cms.organisations.models.authority import AuthorityRow, AuthorityTable
from cms.organisations.models.delegations import Delegation, DelegationQuerySet
from cms.organisations.models.identity_numbers import IdentityNumber
from cms.organisations.models.invitations import Invitation, InvitationQuerySet
from cms.organisations.models.memberships import Membership, MembershipQuerySet
from cms.organisations.models.officers import Officer, Posting, PostingQuerySet, StaffList, of_managed, of_subordinates
from cms.organisations.models.positions import Position, PositionGroup, PositionQuerySet, PositionVersion
from cms.organisations.models.posting_facts import PostingFact, PostingFactQuerySet
from cms.organisations.models.reads import OfficerRead, OfficerReadQuerySet

__all__ = [
    "Agency",
    "AgencyCode",
    "AgencyManager",
    "AgencyQuerySet",
    "AuthorityRow",
    "AuthorityTable",
    "Delegation",
    "DelegationQuerySet",
    "IdentityNumber",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Officer",
    "OfficerRead",
    "OfficerReadQuerySet",
    "Position",
    "PositionGroup",
    "PositionQuerySet",
    "PositionVersion",
    "Posting",
    "PostingFact",
    "PostingFactQuerySet",
    "PostingQuerySet",
    "StaffList",
    "of_managed",
    "of_subordinates",
]

"""The one policy of row scope: what a person's memberships let them reach. Every gate asks here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from cms.core.extension import ExtensionPoint
from cms.organisations.models.agencies import Agency, AgencyQuerySet
from cms.organisations.models.memberships import Membership
from cms.users.enums import AGENCY_ROLES, APPRAISING_ROLES, Role

# Who an account's officer manages today, by key: it follows from postings, which stand above this module.
managed_by: ExtensionPoint[[int], frozenset[int]] = ExtensionPoint("the officers whom an account manages")
# Over whom it has authority today, by key: that follows from issued tables too.
authority_of: ExtensionPoint[[int], frozenset[int]] = ExtensionPoint("the officers over whom an account has authority")


@dataclass(frozen=True)
class Reach:
    """The part of the province over which a role is held: agencies of these blocks, or at and below these paths."""

    blocks: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()

    def covers(self, path: str, block: str) -> bool:
        """Return whether the agency at this path of the tree, of this block, belongs to the part."""
        return block in self.blocks or any(path.startswith(own) for own in self.paths)

    def rows(self, agency: str) -> Q:
        """Return the condition on rows of the part: ``agency`` is the way from the row to its agency, or empty."""
        way = f"{agency}__" if agency else ""
        condition = Q(**{f"{way}block__in": self.blocks})
        for path in self.paths:
            condition |= Q(**{f"{way}path__startswith": path})
        return condition


@dataclass(frozen=True)
class Access:
    """What one person may reach in this request.

    ``paths`` maps a role to the tree paths of the agencies for which it is held; a role at an agency covers what is
    below it. Roles of the province (editor, approver, provincial approver) reach every agency. What is about
    themselves everybody reaches, without any role; a direct manager the officers whom they manage today; and who
    evaluates, classifies or is asked for an opinion the officers over whom a table in force gives that authority today.

    A role of the province that is held over a part of it stands in ``parts`` and not in ``paths``: ``has`` does not
    know of it, so nothing opens to its holder but what asks ``holds``, ``over``, ``covers`` or ``rows_over``.
    """

    user_id: int | None = None
    paths: dict[Role, frozenset[str]] = field(default_factory=dict)
    parts: dict[Role, Reach] = field(default_factory=dict)

    def has(self, *roles: Role) -> bool:
        """Return whether any of the roles is held: of the province's roles, over the whole of it."""
        return any(role in self.paths for role in roles)

    def holds(self, *roles: Role) -> bool:
        """Return whether any of the roles is held anywhere, be it over a part of the province."""
        return self.has(*roles) or any(role in self.parts for role in roles)

    def over(self, agency: Agency, *roles: Role) -> bool:
        """Return whether one of the province's roles is held over this agency."""
        return self.covers(agency.path, agency.block, *roles)

    def covers(self, path: str, block: str, *roles: Role) -> bool:
        """Answer as ``over`` does, for the agency at this path of the tree and of this block."""
        return self.has(*roles) or any(self.parts[role].covers(path, block) for role in roles if role in self.parts)

    def rows_over(self, agency: str, *roles: Role) -> Q:
        """Return the condition on rows of agencies over which one of the province's roles is held.

        ``agency`` is the way from the row to its agency, empty for agencies themselves.
        """
        if self.has(*roles):
            return ~Q(pk__in=[])
        condition = Q(pk__in=[])
        for part in (self.parts[role] for role in roles if role in self.parts):
            condition |= part.rows(agency)
        return condition

    @property
    def reads_province(self) -> bool:
        """Return whether the person reads unpublished work of every agency."""
        return self.has(*APPRAISING_ROLES)

    @property
    def edits_portal(self) -> bool:
        """Return whether the person edits the whole portal, and not only an agency's part of it."""
        return any(len(path) == Agency.steplen for path in self.paths.get(Role.PORTAL_EDITOR, ()))

    @property
    def own_paths(self) -> frozenset[str]:
        """Return the tree paths of the agencies for which the person acts as one of theirs."""
        return frozenset().union(*(paths for role, paths in self.paths.items() if role in AGENCY_ROLES))

    def acts_for(self, agency: Agency, *roles: Role) -> bool:
        """Return whether one of the (agency) roles is held for the agency or an agency above it."""
        return any(agency.path.startswith(path) for role in roles for path in self.paths.get(role, ()))

    def is_self(self, account: str) -> Q:
        """Return the condition that a row is about the person: ``account`` is the way from the row to its account."""
        return Q(pk__in=[]) if self.user_id is None else Q(**{account: self.user_id})

    @cached_property
    def managed(self) -> frozenset[int]:
        """Return the keys of the officers whose direct manager the person is today, read when first asked for."""
        return frozenset() if self.user_id is None else managed_by(self.user_id)

    def is_managed(self, officer: str) -> Q:
        """Return the condition that a row is about an officer whom the person manages: the way to its officer."""
        return Q(**{f"{officer}__in": self.managed})

    @cached_property
    def under_authority(self) -> frozenset[int]:
        """Return the keys of the officers over whom the person has authority today, read when first asked for."""
        return frozenset() if self.user_id is None else authority_of(self.user_id)

    @property
    def subordinates(self) -> frozenset[int]:
        """Return the keys of the officers whom the person manages or has authority over today."""
        return self.managed | self.under_authority

    def is_subordinate(self, officer: str) -> Q:
        """Return the condition that a row is about one of ``subordinates``: the way to its officer."""
        return Q(**{f"{officer}__in": self.subordinates})

    def own_agencies(self) -> AgencyQuerySet:
        """Return the agencies for which the person acts as one of theirs."""
        return Agency.objects.within(self.own_paths)


def access_for(user: Any) -> Access:
    """Return the access of a user, read once per request: the user object lives as long as the request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Access()
    if not hasattr(user, "_access"):
        user._access = _read_access(user)
    access: Access = user._access
    return access


def _read_access(user: Any) -> Access:
    paths: dict[Role, set[str]] = {}
    parts: dict[Role, tuple[set[str], set[str]]] = {}
    fields = ("role", "agency__path", "scope_block", "scope_agency__path")
    for role, path, block, below in Membership.objects.filter(user=user).active().values_list(*fields):
        if not block and below is None:
            paths.setdefault(Role(role), set()).add(path)
            continue
        blocks, subtrees = parts.setdefault(Role(role), (set(), set()))
        (blocks if block else subtrees).add(block or below)
    return Access(
        user.pk,
        {role: frozenset(agency_paths) for role, agency_paths in paths.items()},
        {role: Reach(frozenset(blocks), frozenset(subtrees)) for role, (blocks, subtrees) in parts.items()},
    )

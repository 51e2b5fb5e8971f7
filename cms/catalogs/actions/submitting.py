"""Submitting a version that a decided change set made: its agency was heard before, an editor hands it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.catalogs import permissions
from cms.catalogs.actions.review import locked, move_version, require_no_findings
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.users.models import User


@transaction.atomic
def submit_changes(*, by: User, version: CatalogVersion, authors: Iterable[User], reason: str) -> CatalogVersion:
    """Hand a draft on in which an editor carried out decided changes; ``authors`` proposed them and count as writers.

    Blocking findings stop it, as those of an agency's own list do.
    """
    version = locked(version)
    permissions.require(permissions.can_submit_changes(by, version))
    require_no_findings(version)
    version.writers.add(*authors)
    stamps: dict[str, Any] = {"submitted_by": by, "submitted_at": timezone.now()}
    return move_version(version, by, "catalog_version.submit", VersionState.SUBMITTED, reason, **stamps)

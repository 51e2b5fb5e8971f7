"""Delegations that begin today, made through the action."""

from typing import Any

from django.utils import timezone

from cms.organisations.actions import DelegationValues, delegate
from cms.organisations.models import Delegation, Officer


def make_delegation(
    kind: str, giver: Officer | None = None, to: Officer | None = None, *, by: Any = None, **fields: Any
) -> Delegation:
    """Write a delegation down; what a test does not care about is filled in."""
    filled = {"valid_from": timezone.localdate(), "reason": "Quyết định 12/QĐ"} | fields
    return delegate(by=by, values=DelegationValues(kind=kind, from_officer=giver, to_officer=to, **filled))

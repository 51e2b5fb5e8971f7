"""What of proposals and change sets waits for a person, as the first screen counts it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.changesets import permissions
from cms.changesets.enums import SetState
from cms.changesets.models import ChangeSet, Proposal
from cms.core.waiting import WaitingKind


def to_answer() -> WaitingKind:
    """Return the proposals that the person's agencies are asked about."""
    address = f"{reverse('changesets:proposals')}?waiting=on"
    return WaitingKind(
        _("proposals for your agency to answer"), address, permissions.can_see_proposals, Proposal.objects.asked_of
    )


def to_appraise() -> WaitingKind:
    """Return the proposals of closed sets that nobody has appraised."""
    return WaitingKind(
        _("proposals to appraise"), reverse("changesets:sets"), permissions.can_appraise_any,
        lambda user: Proposal.objects.visible_to(user).to_appraise().exclude(by=user),
    )  # fmt: skip


def to_decide() -> WaitingKind:
    """Return the sets that wait for the decision."""
    return WaitingKind(
        _("change sets to decide"), reverse("changesets:sets"), permissions.can_decide_any,
        lambda user: ChangeSet.objects.visible_to(user).filter(state=SetState.APPRAISED),
    )  # fmt: skip

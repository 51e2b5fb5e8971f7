"""What became of work proposed to a catalog, in sentences, in two queries for a page of proposals."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from cms.assignments.models import WorkProposal
from cms.assignments.planning_enums import ProposalState
from cms.catalogs.models import CatalogItem
from cms.core.dates import format_date_vi


def progress_of(proposals: Sequence[WorkProposal]) -> dict[int, tuple[str, bool]]:
    """Return for each proposal, by key, a sentence on what became of it, and whether it can be counted now."""
    taken = [each for each in proposals if each.state == ProposalState.TAKEN]
    keys = {each.pk for each in taken}
    ready = set(WorkProposal.objects.filter(pk__in=keys).countable().values_list("pk", flat=True)) if keys else set()
    versions = _versions({each.item_identity for each in taken if each.item_identity})
    return {each.pk: (_sentence(each, versions, each.pk in ready), each.pk in ready) for each in proposals}


def _versions(identities: set[uuid.UUID]) -> dict[uuid.UUID, tuple[int, str]]:
    """Return of each item the first version that has it: its number, and from when it holds, empty while undecided."""
    if not identities:
        return {}
    found = CatalogItem.objects.filter(identity__in=identities).order_by("-version__number")
    rows = found.values_list("identity", "version__number", "version__effective_from")
    return {identity: (number, format_date_vi(since) if since else "") for identity, number, since in rows}


def _sentence(proposal: WorkProposal, versions: dict[uuid.UUID, tuple[int, str]], is_ready: bool) -> str:
    if proposal.state == ProposalState.REFUSED:
        return proposal.answer
    if proposal.state == ProposalState.COUNTED:
        return _("counts as item %(item)s") % {"item": proposal.code}
    if proposal.state == ProposalState.MADE or proposal.item_identity is None:
        return ""
    number, since = versions.get(proposal.item_identity, (0, ""))
    words = {"item": proposal.code, "number": number, "since": since, "day": format_date_vi(proposal.given_on)}
    if is_ready:
        return _("item %(item)s holds since %(since)s: the work can be counted") % words
    if since:
        return _("item %(item)s holds since %(since)s; on %(day)s it had no coefficient: not counted") % words
    if number:
        return _("item %(item)s in version %(number)d, which is not decided yet") % words
    return _("item %(item)s was taken out of the draft") % words

"""Which agencies are told of proposals about their items, and of each step of the sets that hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django_tasks import task

from cms.catalogs.models import CatalogDecision
from cms.changesets.enums import SetStep
from cms.changesets.models import ChangeSet, Proposal
from cms.core.mail import in_the_platforms_language
from cms.notices.actions import Letter, send, send_all
from cms.organisations.access import access_for
from cms.organisations.models import Membership
from cms.users.enums import SENDING_AGENCY_ROLES, WRITING_AGENCY_ROLES

# So many proposals are named in one message.
_MOST_NAMED = 50


@in_the_platforms_language()
def notify_proposed(proposal: Proposal) -> None:
    """Tell the agency what is proposed about its item and why, unless its own people proposed it."""
    agency = proposal.catalog.agency
    if not access_for(proposal.by).acts_for(agency, *SENDING_AGENCY_ROLES):
        to = _people_of([agency.pk])[agency.pk]
        send("proposal.made", to=to, link=_link([proposal]), proposal=str(proposal), reason=proposal.reason)


def notify_agencies(change_set: ChangeSet, step: SetStep, **values: str) -> None:
    """Tell each agency of a set, beside the request and once the transaction is kept, what was done with the set."""
    transaction.on_commit(lambda: write_to_agencies.enqueue(change_set.pk, str(step), values))


def decision_values(decision: CatalogDecision) -> dict[str, str]:
    """Return what messages say of a decision."""
    return {"number": decision.number, "date": f"{decision.effective_from:%d/%m/%Y}"}


@task(backend="background")
@in_the_platforms_language()
def write_to_agencies(key: int, step: str, values: dict[str, str]) -> None:
    """Send each agency one message about its proposals in a set; a reminder about those that wait for its answer."""
    change_set = ChangeSet.objects.get(pk=key)
    proposals = change_set.proposals.select_related("catalog").order_by("catalog", "pk")
    by_agency: dict[int, list[Proposal]] = defaultdict(list)
    for one in proposals.unanswered() if step == SetStep.REMINDER else proposals:
        by_agency[one.catalog.agency_id].append(one)
    people = _people_of(by_agency)
    values = values | {"set": change_set.name}
    with transaction.atomic():
        send_all(
            Letter(f"change_set.{step}", people[agency], _link(found), values | {"proposals": _named(found)})
            for agency, found in by_agency.items()
        )


def _people_of(agencies: Collection[int]) -> dict[int, set[int]]:
    """Return by agency the accounts of those who write its list."""
    members = Membership.objects.active().filter(agency__in=agencies, role__in=WRITING_AGENCY_ROLES)
    found: dict[int, set[int]] = defaultdict(set)
    for agency, account in members.values_list("agency", "user"):
        found[agency].add(account)
    return found


def _link(proposals: list[Proposal]) -> str:
    """Return the path to where the agency answers: the proposal, or the list of them."""
    if len(proposals) == 1:
        return reverse("changesets:proposal", args=[proposals[0].pk])
    return reverse("changesets:proposals")


def _named(proposals: list[Proposal]) -> str:
    lines = []
    for one in proposals[:_MOST_NAMED]:
        said = [str(one), one.get_kind_display(), one.get_outcome_display(), one.left_because or one.outcome_reason]
        lines.append(" – ".join(filter(None, said)))
    more = len(proposals) - len(lines)
    return "\n".join([*lines, f"… (+{more})"] if more else lines)

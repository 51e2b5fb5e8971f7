"""Which agencies hear by e-mail of proposals about their items, and of each step of the sets that hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from cms.changesets.enums import SetStep
from cms.changesets.models import ChangeSet, Proposal
from cms.core.mail import address_of, in_the_platforms_language, send_notice
from cms.organisations.access import access_for
from cms.organisations.models import Membership
from cms.users.enums import WRITING_AGENCY_ROLES

# So many proposals are named in one message, each with its address.
_MOST_NAMED = 30


@in_the_platforms_language()
def notify_proposed(proposal: Proposal) -> None:
    """Tell the agency what is proposed about its item and why, unless its own people proposed it."""
    agency = proposal.catalog.agency
    if access_for(proposal.by).acts_for(agency, *WRITING_AGENCY_ROLES):
        return
    lines = [_("Reason: %(reason)s") % {"reason": proposal.reason}, _("The list stays as it is until a decision.")]
    subject = _("The agency's answer is asked: %(proposal)s") % {"proposal": proposal}
    send_notice(subject, [*lines, "", *_named([proposal])], _addresses([agency.pk]).get(agency.pk, []))


def notify_agencies(change_set: ChangeSet, step: SetStep, words: str = "") -> None:
    """Tell each agency of a set, beside the request and once the transaction is kept, what was done with the set."""
    transaction.on_commit(lambda: tell_agencies.enqueue(change_set.pk, str(step), words))


@task(backend="background")
@in_the_platforms_language()
def tell_agencies(key: int, step: str, words: str) -> None:
    """Send each agency one message about its proposals in a set; a reminder about those that wait for its answer."""
    change_set = ChangeSet.objects.get(pk=key)
    proposals = change_set.proposals.select_related("catalog").order_by("catalog", "pk")
    if step == SetStep.REMINDER:
        proposals = proposals.unanswered()
    by_agency: dict[int, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_agency[one.catalog.agency_id].append(one)
    addresses = _addresses(by_agency)
    subject, sentence = _words_of(SetStep(step)), _sentence_of(SetStep(step))
    for agency, found in by_agency.items():
        lines = [sentence, *filter(None, [words]), "", *_named(found)]
        send_notice(subject % {"set": change_set.name}, lines, addresses.get(agency, []))


def _words_of(step: SetStep) -> str:
    return {
        SetStep.CLOSED: _("Change set being appraised: %(set)s"),
        SetStep.REMINDER: _("Change set waits for the agency's answer: %(set)s"),
        SetStep.DECIDED: _("Change set decided: %(set)s"),
        SetStep.UNDONE: _("Decision on the change set undone: %(set)s"),
        SetStep.RELEASED: _("Change set released: %(set)s"),
    }[step]


def _sentence_of(step: SetStep) -> str:
    return {
        SetStep.CLOSED: _("The set is being appraised. The agency may still answer until the decision is entered."),
        SetStep.REMINDER: _("These proposals about the agency's items have no answer yet."),
        SetStep.DECIDED: _("The decision was entered; the agency's list changes on the day of effect."),
        SetStep.UNDONE: _("The decision was undone before its day. No list has changed."),
        SetStep.RELEASED: _("What was accepted stands in the next version of the agency's list."),
    }[step]


def _addresses(agencies: Collection[int]) -> dict[int, list[str]]:
    """Return by agency the addresses of those who write its list."""
    people = Membership.objects.active().filter(agency__in=agencies, role__in=WRITING_AGENCY_ROLES)
    found: dict[int, list[str]] = defaultdict(list)
    for agency, address in people.filter(user__is_active=True).values_list("agency", "user__email"):
        found[agency].append(address)
    return found


def _named(proposals: Collection[Proposal]) -> Iterable[str]:
    for one in list(proposals)[:_MOST_NAMED]:
        became = one.left_because or one.outcome_reason
        said = [one.get_kind_display(), one.get_outcome_display(), became]
        yield f"{one}: {' – '.join(filter(None, said))}"
        yield _("Open it: %(address)s") % {"address": address_of("changesets:proposal", one.pk)}
    if len(proposals) > _MOST_NAMED:
        yield _("All %(number)d: %(address)s") % {
            "number": len(proposals), "address": address_of("changesets:proposals"),
        }  # fmt: skip

"""Unplanned work that no catalog has: proposed, taken into the catalog's draft or refused, counted once that holds."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.giving import WorkValues, give_work, items_on
from cms.assignments.errors import InvalidProposal
from cms.assignments.models import WorkProposal
from cms.assignments.permissions import can_give, gives_to, is_own
from cms.assignments.planning_enums import ProposalState
from cms.assignments.rules import MAX_QUANTITY
from cms.audit.actions import record
from cms.catalogs.actions import add_item, start_version
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, NotAllowed, WrongState, require_words
from cms.organisations.enums import CATALOG_KINDS
from cms.organisations.models import Agency, Posting
from cms.organisations.permissions import require
from cms.users.models import User


@dataclass(frozen=True, kw_only=True)
class ProposalValues:
    """What was done that no catalog has, how much of it, from which day, by which day, and why it was needed."""

    name: str
    unit: str
    quantity: Decimal
    given_on: datetime.date
    due_on: datetime.date
    reason: str


@transaction.atomic
def propose_work(*, by: User, posting: Posting, values: ProposalValues) -> WorkProposal:
    """Propose to the catalog what an officer does unplanned: by the officer, or by who gives them work."""
    require(is_own(by, posting.officer) or gives_to(by, posting))
    wrong = []
    if not values.name.strip() or not values.unit.strip() or not values.reason.strip():
        wrong.append(_("Say what the work is, in which unit it is counted, and why it was needed."))
    if not 0 < values.quantity <= MAX_QUANTITY:
        wrong.append(_("The quantity assigned is above 0 and at most 1,000,000."))
    if values.due_on < values.given_on:
        wrong.append(_("The work would be due before it was given."))
    if not posting.is_on(values.given_on):
        words = {"officer": posting.officer, "agency": posting.agency, "day": format_date_vi(values.given_on)}
        wrong.append(_("%(officer)s does not work at %(agency)s on %(day)s.") % words)
    if wrong:
        raise InvalidProposal(" ".join(wrong))
    proposal = WorkProposal.objects.create(
        posting=posting, name=values.name.strip(), unit=values.unit.strip(), quantity=values.quantity,
        given_on=values.given_on, due_on=values.due_on, reason=values.reason.strip(), made_by=by,
    )  # fmt: skip
    _record(by, "work_proposal.make", proposal, after={"name": proposal.name, "unit": proposal.unit})
    return proposal


def catalog_agency(agency: Agency) -> Agency | None:
    """Return the agency whose catalog an agency works by: itself or the nearest above that keeps one."""
    above = [*Agency.objects.above({agency.path}), agency]
    return next((one for one in reversed(above) if one.kind in CATALOG_KINDS), None)


def draft_for(agency: Agency) -> CatalogVersion | None:
    """Return the version of the catalog that an agency works by which is not decided yet; None without one."""
    owner = catalog_agency(agency)
    return CatalogVersion.objects.open().filter(catalog__agency=owner).first() if owner else None


@transaction.atomic
def take_proposal(*, by: User, proposal: WorkProposal, item: dict[str, Any]) -> WorkProposal:
    """Put the work into the catalog's draft, which is started where there is none; from there it goes the block's way.

    ``item`` holds the values of the item as ``add_item`` takes them. Raises what that and ``start_version`` raise.
    """
    proposal = _decidable(by, proposal)
    owner = catalog_agency(proposal.posting.agency)
    catalog = Catalog.objects.filter(agency=owner).first() if owner else None
    if catalog is None:
        raise InvalidProposal(_("The agency works by no catalog yet: it is opened first."))
    version = catalog.versions.open().first() or start_version(by=by, catalog=catalog)
    added = add_item(by=by, version=version, values=item, reason=proposal.reason)
    proposal.item_identity, proposal.code = added.identity, added.code
    return _decide(by, proposal, ProposalState.TAKEN, "work_proposal.take", after={"item": added.code})


@transaction.atomic
def refuse_proposal(*, by: User, proposal: WorkProposal, answer: str) -> WorkProposal:
    """Do not take it, with the reason, which the officer reads: it counts for nothing."""
    proposal = _decidable(by, proposal)
    answer = require_words(answer, InvalidProposal(_("Say why the work is not taken into the catalog.")))
    proposal.answer = answer
    return _decide(by, proposal, ProposalState.REFUSED, "work_proposal.refuse", reason=proposal.answer)


@transaction.atomic
def count_proposal(*, by: User | None, proposal: WorkProposal) -> WorkProposal:
    """Turn it into unplanned work that counts: only when its item holds, with its coefficient, on the day it was given.

    Raises ``InvalidProposal`` as long as that is not so, saying from when the item holds, if it does at all.
    """
    proposal = _locked(proposal)
    posting = proposal.posting
    require(by is None or gives_to(by, posting) or is_own(by, posting.officer))
    if proposal.state != ProposalState.TAKEN:
        raise WrongState(_("Only what was taken into the catalog's draft can be counted."))
    holding = items_on(posting.agency, proposal.given_on).filter(identity=item_of(proposal)).first()
    if holding is None:
        raise InvalidProposal(why_not_counted(proposal))
    values = WorkValues(
        item=holding, assigned=proposal.quantity, given_on=proposal.given_on, due_on=proposal.due_on,
        is_planned=False, instruction=proposal.name,
    )  # fmt: skip
    # The item was decided upon by others; that its proposer's work now counts follows, and is nobody's grace.
    (proposal.work,) = give_work(by=None, postings=[posting], values=values)
    proposal.state = ProposalState.COUNTED
    proposal.save()
    _record(by, "work_proposal.count", proposal, after={"item": proposal.code, "coefficient": holding.coefficient})
    return proposal


def count_proposals() -> tuple[int, int]:
    """Count all whose item holds by now on the day on which the work was given; return how many, and how many not.

    What cannot be counted, for instance of a month that is locked, stays as it is and is said on the agency's list.
    """
    counted = refused = 0
    for proposal in WorkProposal.objects.countable().order_by("pk").iterator():
        try:
            count_proposal(by=None, proposal=proposal)
            counted += 1
        except DomainError:
            refused += 1
    return counted, refused


def item_of(proposal: WorkProposal) -> uuid.UUID:
    """Return the identity of the item that a proposal was taken as. Raises ``WrongState`` for one that was not."""
    if proposal.item_identity is None:
        raise WrongState(_("Only what was taken into the catalog's draft can be counted."))
    return proposal.item_identity


def why_not_counted(proposal: WorkProposal) -> str:
    """Return why work that was taken does not count yet, in a sentence."""
    words = {"item": proposal.code, "day": format_date_vi(proposal.given_on)}
    found = CatalogItem.objects.filter(identity=item_of(proposal), version__effective_from__isnull=False)
    first = found.order_by("version__effective_from").values_list("version__effective_from", flat=True).first()
    if first is None:
        return _("The version of the catalog with item %(item)s is not decided yet: the work is not counted.") % words
    words["since"] = format_date_vi(first)
    sentence = _("Item %(item)s holds from %(since)s; on %(day)s it had no coefficient: the work is not counted.")
    return sentence % words


def _decidable(by: User, proposal: WorkProposal) -> WorkProposal:
    proposal = _locked(proposal)
    if proposal.made_by_id == by.pk or is_own(by, proposal.posting.officer):
        raise NotAllowed(_("Nobody decides what they proposed, or what is about themselves."))
    require(can_give(by, proposal.posting.agency))
    if proposal.state != ProposalState.MADE:
        raise WrongState(_("The proposal was decided already."))
    return proposal


def _decide(by: User, proposal: WorkProposal, state: str, action: str, **content: Any) -> WorkProposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save()
    _record(by, action, proposal, **content)
    return proposal


def _locked(proposal: WorkProposal) -> WorkProposal:
    rows = WorkProposal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("posting__officer", "posting__agency").get(pk=proposal.pk)


def _record(by: User | None, action: str, proposal: WorkProposal, **content: Any) -> None:
    posting = proposal.posting
    label = f"{posting.officer.code} – {proposal.code or proposal.pk}"
    record(by=by, action=action, subject=proposal, label=label, agency_code=posting.agency.code, **content)

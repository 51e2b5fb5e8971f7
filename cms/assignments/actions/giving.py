"""Writes about work by those who give it: given, changed, withdrawn."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.assignments.actions.writing import changes_between, described, locked, record_work, require_valid
from cms.assignments.enums import OPEN_STATES, WorkSource, WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.models import PlanTask, WorkAssignment
from cms.assignments.permissions import gives_to
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.catalogs.models.items import CatalogItemQuerySet
from cms.core.dates import format_date_vi
from cms.core.errors import WrongState, require_words
from cms.organisations.models import Agency, Posting
from cms.organisations.permissions import require
from cms.users.models import User

# What edit_work changes.
EDITABLE_FIELDS = ("assigned", "due_on", "is_planned", "is_key", "instruction")


@dataclass(frozen=True, kw_only=True)
class WorkValues:
    """What is asked: the item, how much of it (in its units), from which day, by which day."""

    item: CatalogItem
    assigned: Decimal
    given_on: datetime.date
    due_on: datetime.date
    is_planned: bool = True
    is_key: bool = False
    instruction: str = ""
    plan_task: PlanTask | None = None


@transaction.atomic
def give_work(
    *, by: User | None, postings: Sequence[Posting], values: WorkValues, source: str = WorkSource.TYPED
) -> list[WorkAssignment]:
    """Give the same work to officers in these postings: all of them, or, when one cannot have it, none.

    Raises ``InvalidWork``: for days and quantities that cannot be, an item that does not hold at the agency on the day,
    a posting that does not hold then.
    """
    if not postings:
        raise InvalidWork(_("Choose who does the work."))
    return [_give(by, posting, values, source) for posting in postings]


def _give(by: User | None, posting: Posting, values: WorkValues, source: str) -> WorkAssignment:
    require(by is None or gives_to(by, posting))
    item = values.item
    work = WorkAssignment(
        officer=posting.officer, posting=posting, agency=posting.agency, item=item, item_identity=item.identity,
        code=item.code, name=item.name, unit=item.unit, coefficient=item.coefficient, assigned=values.assigned,
        given_on=values.given_on, due_on=values.due_on, is_planned=values.is_planned, is_key=values.is_key,
        instruction=values.instruction.strip(), given_by=by, source=source,
        plan_task=values.plan_task,
    )  # fmt: skip
    require_valid(work, *_misfits(posting, item, values.given_on), *_strange_plan(posting, values.plan_task))
    work.save()
    record_work(by, "work.give", work, after=described(work))
    return work


def _misfits(posting: Posting, item: CatalogItem, day: datetime.date) -> list[Promise | str]:
    """Return why this officer cannot be given this item on the day, in sentences."""
    words = {"officer": posting.officer, "day": format_date_vi(day), "item": item.code, "agency": posting.agency}
    wrong: list[Promise | str] = []
    if not posting.is_on(day):
        wrong.append(_("%(officer)s does not work at %(agency)s on %(day)s.") % words)
    if not items_on(posting.agency, day).filter(pk=item.pk).exists():
        wrong.append(_("Item %(item)s is in no catalog that holds for %(agency)s on %(day)s.") % words)
    return wrong


def _strange_plan(posting: Posting, task: PlanTask | None) -> list[str]:
    """Return why work of this posting cannot carry out the plan task: another agency's, or one that is closed."""
    if task is None:
        return []
    wrong = [] if task.is_open else [_("The plan task is reported, confirmed or withdrawn already.")]
    partners = [task.agency, *task.cooperating.all()]
    if not any(posting.agency.path.startswith(agency.path) for agency in partners):
        wrong.append(_("%(agency)s neither owns the plan task nor cooperates in it.") % {"agency": posting.agency})
    return wrong


def items_on(agency: Agency, day: datetime.date) -> CatalogItemQuerySet:
    """Return the items of the catalogs that hold on a day for an agency: its own, and those of the agencies above."""
    owners = Q(catalog__agency=agency) | Q(catalog__agency__in=Agency.objects.above({agency.path}))
    versions = CatalogVersion.objects.effective_on(day).filter(owners)
    return CatalogItem.objects.filter(version__in=versions)


@transaction.atomic
def edit_work(*, by: User | None, work: WorkAssignment, reason: str = "", **changes: Any) -> WorkAssignment:
    """Change ``EDITABLE_FIELDS`` of work that is open; unchanged values leave no trace. Raises ``InvalidWork``."""
    if unknown := set(changes) - set(EDITABLE_FIELDS):
        raise TypeError(f"not editable in work: {sorted(unknown)}")
    work = locked(work)
    require(by is None or gives_to(by, work.posting))
    _require_open(work)
    before = described(work)
    for name, value in changes.items():
        setattr(work, name, value)
    require_valid(work)
    changed_before, changed_after = changes_between(before, described(work))
    if changed_after:
        work.save()
        record_work(by, "work.edit", work, before=changed_before, after=changed_after, reason=reason)
    return work


@transaction.atomic
def withdraw_work(*, by: User | None, work: WorkAssignment, reason: str) -> WorkAssignment:
    """Take back work that is open, with the reason, which the officer reads: it counts for nothing, and stays."""
    work = locked(work)
    require(by is None or gives_to(by, work.posting))
    _require_open(work)
    reason = require_words(reason, InvalidWork(_("Say why the work is withdrawn.")))
    before, work.state, work.reason = work.state, WorkState.WITHDRAWN, reason
    work.save()
    record_work(by, "work.withdraw", work, before={"state": before}, after={"state": work.state}, reason=work.reason)
    return work


def _require_open(work: WorkAssignment) -> None:
    if work.state not in OPEN_STATES:
        raise WrongState(_("The work is reported as done, confirmed or withdrawn; it can no longer be changed here."))

"""Work that is planned: by a position's template, as last month, for many people at once, and by rule."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.giving import WorkValues, give_work, items_on
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidWork
from cms.assignments.models import Absence, PlanTask, PositionTemplate, RulePiece, TemplateLine, WorkAssignment
from cms.assignments.permissions import can_give, gives_to
from cms.assignments.rules import MAX_QUANTITY
from cms.assignments.working_days import month_span, read_calendar
from cms.audit.actions import record
from cms.catalogs.models import CatalogItem
from cms.organisations.models import Agency, Position, Posting
from cms.organisations.permissions import require
from cms.users.models import User


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody is to be given in a month: the item by its identity, how much, by which day of the month."""

    posting: Posting
    item_identity: uuid.UUID
    code: str
    assigned: Decimal
    day: int
    instruction: str = ""
    plan_task: PlanTask | None = None


@dataclass
class Outcome:
    """What was given, and what was left out: a sentence for each, so that nothing is left out unseen."""

    given: list[WorkAssignment] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def give_planned(*, by: User | None, wishes: Sequence[Wish], month: datetime.date) -> Outcome:
    """Give what is wished for a month: from its first working day, or today, to a working day not after the wish's.

    Left out, with a sentence: an item that no catalog has any more, who no longer works there, who is away all those
    days, and as many pieces of an item as were given in a posting for the month already, so that it can be repeated.
    """
    first, last = month_span(month)
    begin = max(first, timezone.localdate())
    if begin > last:
        raise InvalidWork(_("The month is over; work is planned for this month or a later one."))
    known, there = read_calendar(first, last), _given_in(month, wishes)
    away = _absences(wishes, begin, last)
    outcome = Outcome()
    for wish in wishes:
        key = (wish.posting.pk, wish.item_identity)
        days = [day for day in known.days(begin, last) if day not in away.get(wish.posting.officer_id, ())]
        if there[key] > 0:
            there[key] -= 1
            outcome.left_out.append(_left_out(wish, _("given in this month already")))
        elif not days:
            outcome.left_out.append(_left_out(wish, _("away, or no working day is left")))
        else:
            _give_wish(by, wish, days, outcome)
    return outcome


def _give_wish(by: User | None, wish: Wish, days: Sequence[datetime.date], outcome: Outcome) -> None:
    item = items_on(wish.posting.agency, days[0]).filter(identity=wish.item_identity).first()
    if item is None:
        outcome.left_out.append(_left_out(wish, _("no catalog that holds has the item")))
        return
    due_on = max((day for day in days if day.day <= wish.day), default=days[0])
    values = WorkValues(
        item=item, assigned=wish.assigned, given_on=days[0], due_on=due_on, instruction=wish.instruction,
        plan_task=wish.plan_task,
    )  # fmt: skip
    try:
        with transaction.atomic():
            outcome.given += give_work(by=by, postings=[wish.posting], values=values)
    except InvalidWork as refusal:
        outcome.left_out.append(_left_out(wish, str(refusal)))


def _left_out(wish: Wish, why: str) -> str:
    words = {"officer": wish.posting.officer, "item": wish.code, "why": why}
    return _("%(officer)s, %(item)s: %(why)s.") % words


def _given_in(month: datetime.date, wishes: Iterable[Wish]) -> Counter[tuple[int, uuid.UUID]]:
    """Return how many pieces of an item each posting has in the month, besides those that a rule gives."""
    officers = {wish.posting.officer_id for wish in wishes}
    given = WorkAssignment.objects.of_month(month).filter(officer__in=officers).exclude(state=WorkState.WITHDRAWN)
    given = given.exclude(pk__in=_by_rule(month))
    return Counter(given.order_by().values_list("posting", "item_identity"))


def _by_rule(month: datetime.date) -> Any:
    """Return the keys of what rules gave for weeks and months that may be due in a month."""
    first, last = month_span(month)
    return RulePiece.objects.filter(span__range=(first - datetime.timedelta(days=7), last)).values("work")


def _absences(wishes: Iterable[Wish], first: datetime.date, last: datetime.date) -> dict[int, frozenset[datetime.date]]:
    officers = {wish.posting.officer_id for wish in wishes}
    found: dict[int, frozenset[datetime.date]] = {}
    rows = Absence.objects.overlapping(first, last).filter(officer__in=officers)
    for officer, begin, end in rows.values_list("officer", "first_day", "last_day"):
        days = {begin + datetime.timedelta(days=number) for number in range((end - begin).days + 1)}
        found[officer] = found.get(officer, frozenset()) | days
    return found


@transaction.atomic
def save_template(
    *, by: User | None, agency: Agency, position: Position, lines: Sequence[tuple[CatalogItem, Decimal, int]]
) -> PositionTemplate:
    """Keep what a position of an agency is usually given: items, quantities, the day of the month; the old go."""
    require(by is None or can_give(by, agency))
    if len({item.identity for item, _quantity, _day in lines}) != len(lines):
        raise InvalidWork(_("An item stands twice in the template."))
    if any(not 0 < quantity <= MAX_QUANTITY or not 1 <= day <= 31 for _item, quantity, day in lines):
        raise InvalidWork(_("A quantity is above 0 and at most 1,000,000, and a day of the month 1 to 31."))
    template, _created = PositionTemplate.objects.get_or_create(agency=agency, position=position)
    before = list(template.lines.values_list("code", "assigned", "day"))
    template.lines.all().delete()
    TemplateLine.objects.bulk_create(
        TemplateLine(
            template=template, item_identity=item.identity, code=item.code, name=item.name, assigned=quantity, day=day
        )
        for item, quantity, day in lines
    )
    after = [(item.code, quantity, day) for item, quantity, day in lines]
    record(
        by=by, action="work_template.save", subject=template, label=f"{agency.code} – {position.code}",
        agency_code=agency.code, before={"lines": before}, after={"lines": after},
    )  # fmt: skip
    return template


def apply_template(
    *, by: User | None, template: PositionTemplate, month: datetime.date, postings: Sequence[Posting] | None = None
) -> Outcome:
    """Give a template's work of a month to some who hold the position at the agency, or to all of them."""
    require(_plans(by, template.agency, postings))
    held = Posting.objects.on(max(timezone.localdate(), month.replace(day=1))).within(template.agency)
    holders = held.filter(position=template.position).select_related("officer", "agency")
    people = list(holders if postings is None else postings)
    lines = list(template.lines.all())
    wishes = [
        Wish(
            posting=posting, item_identity=line.item_identity, code=line.code, assigned=line.assigned, day=line.day
        )
        for posting in people
        for line in lines
    ]  # fmt: skip
    return give_planned(by=by, wishes=wishes, month=month)


def _plans(by: User | None, agency: Agency, postings: Sequence[Posting] | None) -> bool:
    """Return whether the person plans for the whole agency, or for each of the people who were named."""
    if by is None or can_give(by, agency):
        return True
    return bool(postings) and all(gives_to(by, posting) for posting in postings or ())


def copy_plan(
    *, by: User | None, agency: Agency, month: datetime.date, postings: Sequence[Posting] | None = None
) -> Outcome:
    """Give people for a month what was planned for them in the month before, by the same days.

    Those of an agency and of what is below it, or of them who hold these postings alone. What a rule gave is left to
    the rule.
    """
    require(_plans(by, agency, postings))
    before = month.replace(day=1) - datetime.timedelta(days=1)
    planned = WorkAssignment.objects.of_month(before).filter(agency__path__startswith=agency.path, is_planned=True)
    if postings is not None:
        planned = planned.filter(posting__in=postings)
    standing = planned.exclude(state=WorkState.WITHDRAWN).exclude(pk__in=_by_rule(before))
    rows = standing.select_related("posting__officer", "posting__agency")
    wishes = [
        Wish(
            posting=work.posting, item_identity=work.item_identity, code=work.code, assigned=work.assigned,
            day=work.due_on.day, instruction=work.instruction,
        )
        for work in rows
    ]  # fmt: skip
    return give_planned(by=by, wishes=wishes, month=month)


@transaction.atomic
def give_to_many(*, by: User | None, lines: Sequence[tuple[Posting, WorkValues]]) -> list[WorkAssignment]:
    """Give many people work, each their own quantity and day: all of it, or, when one cannot have it, none."""
    if not lines:
        raise InvalidWork(_("Say for at least one person how much is given."))
    wrong, given = [], []
    for posting, values in lines:
        try:
            with transaction.atomic():
                given += give_work(by=by, postings=[posting], values=values)
        except InvalidWork as refusal:
            wrong.append(f"{posting.officer}: {refusal}")
    if wrong:
        raise InvalidWork(" ".join(wrong))
    return given

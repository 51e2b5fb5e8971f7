"""Rules of repeated work: made, stopped, and carried out ahead by the timer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.giving import WorkValues, give_work, items_on
from cms.assignments.errors import InvalidWork
from cms.assignments.models import Absence, PlanTask, RulePiece, WorkRule
from cms.assignments.permissions import gives_to
from cms.assignments.planning_enums import Rhythm
from cms.assignments.rules import MAX_QUANTITY
from cms.assignments.working_days import ONE_DAY, WorkCalendar, month_span, read_calendar, warn_of_day_off
from cms.audit.actions import record
from cms.catalogs.models import CatalogItem
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState
from cms.organisations.models import Posting
from cms.organisations.permissions import require
from cms.users.models import User

# A rule stopped for a fortnight of holidays still has its work ahead of it.
AHEAD = datetime.timedelta(days=14)
CHANGEABLE_FIELDS = ("day", "assigned", "last_day", "instruction")
# What the ledger calls a field, where another word is clearer there.
_TOLD = {"day": "due_day"}


@dataclass(frozen=True, kw_only=True)
class RuleValues:
    """What is given again and again, how often, and by which day of the week (1 is Monday) or month."""

    item: CatalogItem
    rhythm: str
    day: int
    assigned: Decimal
    first_day: datetime.date
    last_day: datetime.date | None = None
    instruction: str = ""
    plan_task: PlanTask | None = None


@dataclass(frozen=True)
class Span:
    """A week or month: its days, and the working day by which its work is due."""

    first: datetime.date
    last: datetime.date
    given_on: datetime.date
    due_on: datetime.date
    # The day that the rule names, be it worked or not.
    named: datetime.date


@transaction.atomic
def make_rule(*, by: User | None, posting: Posting, values: RuleValues) -> WorkRule:
    """Keep the rule; the timer gives its work ahead. Raises ``InvalidWork``."""
    require(by is None or gives_to(by, posting))
    wrong = _faults(values)
    if not items_on(posting.agency, values.first_day).filter(identity=values.item.identity).exists():
        words = {"item": values.item.code, "agency": posting.agency, "day": format_date_vi(values.first_day)}
        wrong.append(_("Item %(item)s is in no catalog that holds for %(agency)s on %(day)s.") % words)
    if wrong:
        raise InvalidWork(" ".join(wrong))
    rule = WorkRule.objects.create(
        posting=posting, item_identity=values.item.identity, code=values.item.code, name=values.item.name,
        rhythm=values.rhythm, day=values.day, assigned=values.assigned, instruction=values.instruction.strip(),
        plan_task=values.plan_task, first_day=values.first_day, last_day=values.last_day, made_by=by,
    )  # fmt: skip
    _record(by, "work_rule.make", rule, after={"rhythm": rule.rhythm, "due_day": rule.day, "assigned": rule.assigned})
    return rule


@transaction.atomic
def make_rules(*, by: User | None, lines: Sequence[tuple[Posting, RuleValues]]) -> list[WorkRule]:
    """Keep a rule for each of many people: all of them, or, when one cannot be, none."""
    if not lines:
        raise InvalidWork(_("Say for at least one person how much is given."))
    return [make_rule(by=by, posting=posting, values=values) for posting, values in lines]


@transaction.atomic
def change_rule(*, by: User | None, rule: WorkRule, **changes: Any) -> WorkRule:
    """Change ``CHANGEABLE_FIELDS`` of a running rule, for what it gives from now on; what was given stays as it is."""
    if unknown := set(changes) - set(CHANGEABLE_FIELDS):
        raise TypeError(f"not changeable in a rule: {sorted(unknown)}")
    rule = _locked(rule)
    require(by is None or gives_to(by, rule.posting))
    if rule.stopped_at is not None:
        raise WrongState(_("The rule was ended; make another one."))
    before = {_TOLD.get(name, name): getattr(rule, name) for name in changes}
    for name, value in changes.items():
        setattr(rule, name, value)
    if wrong := _faults(rule):
        raise InvalidWork(" ".join(wrong))
    after = {_TOLD.get(name, name): getattr(rule, name) for name in changes}
    if before != after:
        rule.save(update_fields=list(changes))
        _record(by, "work_rule.edit", rule, before=before, after=after)
    return rule


def _locked(rule: WorkRule) -> WorkRule:
    found = WorkRule.objects.select_for_update(of=("self",)).select_related("posting__officer", "posting__agency")
    return found.get(pk=rule.pk)


def _faults(rule: RuleValues | WorkRule) -> list[str]:
    """Return what is wrong with a rule's day, quantity and end, in sentences."""
    most = 7 if rule.rhythm == Rhythm.WEEKLY else 31
    wrong = []
    if not 1 <= rule.day <= most:
        wrong.append(_("The day is 1 (Monday) to 7 of a week, or 1 to 31 of a month."))
    if not 0 < rule.assigned <= MAX_QUANTITY:
        wrong.append(_("The quantity assigned is above 0 and at most 1,000,000."))
    if rule.last_day is not None and rule.last_day < rule.first_day:
        wrong.append(_("The rule would end before it begins."))
    return wrong


@transaction.atomic
def stop_rule(*, by: User | None, rule: WorkRule) -> WorkRule:
    """Give nothing more by the rule; what was given stays."""
    rule = _locked(rule)
    require(by is None or gives_to(by, rule.posting))
    if rule.stopped_at is None:
        rule.stopped_at = timezone.now()
        rule.save(update_fields=["stopped_at"])
        _record(by, "work_rule.stop", rule)
    return rule


def carry_out_rules(day: datetime.date) -> Iterator[int]:
    """Give the work of every running rule from ``day`` to a fortnight ahead; yield after each rule how many pieces.

    Safe to repeat and to break off: each week or month of a rule is given once. What cannot be given (an item that no
    catalog has, somebody who no longer works there) keeps no other rule from it, and is written into the rule.
    """
    until = day + AHEAD
    known = read_calendar(day - 2 * AHEAD, until + 3 * AHEAD)
    for rule in WorkRule.objects.running().select_related("posting__officer", "posting__agency", "made_by").iterator():
        yield _carry_out(rule, day, until, known)


def _carry_out(rule: WorkRule, day: datetime.date, until: datetime.date, known: WorkCalendar) -> int:
    given, problem = 0, ""
    done = set(rule.pieces.filter(span__gte=day - datetime.timedelta(days=62)).values_list("span", flat=True))
    for span in spans_of(rule, day, until, known):
        if span.first in done or _is_away(rule, span):
            continue
        try:
            with transaction.atomic():
                given += _give_piece(rule, span)
        except DomainError as refusal:
            problem = str(refusal)
    if problem != rule.problem:
        WorkRule.objects.filter(pk=rule.pk).update(problem=problem)
    return given


def _give_piece(rule: WorkRule, span: Span) -> int:
    locked = WorkRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if locked.stopped_at or RulePiece.objects.filter(rule=rule, span=span.first).exists():
        return 0
    posting = rule.posting
    item = items_on(posting.agency, span.given_on).filter(identity=rule.item_identity).first()
    if item is None:
        words = {"item": rule.code, "agency": posting.agency, "day": format_date_vi(span.given_on)}
        raise InvalidWork(_("Item %(item)s is in no catalog that holds for %(agency)s on %(day)s.") % words)
    values = WorkValues(
        item=item, assigned=rule.assigned, given_on=span.given_on, due_on=span.due_on, instruction=rule.instruction,
        plan_task=rule.plan_task,
    )  # fmt: skip
    # By the timer, for whoever made the rule: they may have left since, and the rule still stands.
    (work,) = give_work(by=None, postings=[posting], values=values)
    RulePiece.objects.create(rule=rule, span=span.first, work=work)
    return 1


def spans_of(rule: WorkRule, day: datetime.date, until: datetime.date, known: WorkCalendar) -> Iterator[Span]:
    """Yield the weeks or months of a rule that begin until a day and are due from a day on, with working days.

    The last day moves back to a working day of the same week or month; where nobody works up to it, to the first
    working day after it, and where nobody works in it at all (the week of Tết), nothing is due.
    """
    first = _span_start(rule.rhythm, max(day, rule.first_day))
    while first <= until and (rule.last_day is None or first <= rule.last_day):
        last = first + 6 * ONE_DAY if rule.rhythm == Rhythm.WEEKLY else month_span(first)[1]
        target = min(first + (rule.day - 1) * ONE_DAY, last)
        begin = max(first, rule.first_day)
        worked = known.days(begin, min(last, rule.last_day or last))
        if worked:
            due_on = max((one for one in worked if one <= target), default=worked[0])
            if due_on >= day:
                yield Span(first, last, worked[0], due_on, target)
        first = last + ONE_DAY


def warn_of_rule(rule: WorkRule, day: datetime.date) -> str:
    """Return a sentence where the rule's next last days are days off, with what comes of it; empty where none is."""
    known = read_calendar(day - 2 * AHEAD, day + 5 * AHEAD)
    sentence = warn_of_day_off(*(span.named for span in spans_of(rule, day, day + 2 * AHEAD, known)))
    return f"{sentence} {_('By rule such work is due on the working day before.')}" if sentence else ""


def _span_start(rhythm: str, day: datetime.date) -> datetime.date:
    return day - day.weekday() * ONE_DAY if rhythm == Rhythm.WEEKLY else day.replace(day=1)


def _is_away(rule: WorkRule, span: Span) -> bool:
    """Return whether the officer is away on all days of the work: such a piece would be late before it is begun."""
    away = Absence.objects.overlapping(span.given_on, span.due_on).filter(officer=rule.posting.officer_id)
    return away.filter(first_day__lte=span.given_on, last_day__gte=span.due_on).exists()


def _record(by: User | None, action: str, rule: WorkRule, **content: object) -> None:
    posting = rule.posting
    label = f"{posting.officer.code} – {rule.code}"
    record(by=by, action=action, subject=rule, label=label, agency_code=posting.agency.code, **content)  # type: ignore[arg-type]

"""Writes about figures from outside."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError, NotAllowed, WrongState, require_words
from cms.core.text import clean_text
from cms.evaluations.errors import InvalidFact, OwnEvaluation
from cms.evaluations.models import Figure
from cms.evaluations.models.evaluations import own_organisations
from cms.evaluations.permissions import can_record_figure
from cms.organisations.models import Agency, Officer, Posting
from cms.users.models import User


@dataclass(frozen=True, kw_only=True)
class FigureValues:
    """A figure as somebody sends it; which figure it is say indicator, subject and day."""

    code: str
    subject: Officer | Agency
    value: Decimal
    measured_on: datetime.date
    source: str


@dataclass(frozen=True)
class PutFigure:
    """What came of one figure: the one that now stands, or why it was refused."""

    status: Literal["created", "changed", "unchanged", "refused"]
    figure: Figure | None = None
    refusal: DomainError | None = None


def put_figures(*, by: User, figures: Iterable[FigureValues]) -> list[PutFigure]:
    """Have these figures stand, each by itself, and return what came of each in their order.

    One that is refused stands in nobody's way, and the same sent again changes nothing.
    """
    return [_put_or_refuse(by, each) for each in figures]


def _put_or_refuse(by: User, values: FigureValues) -> PutFigure:
    try:
        return put_figure(by=by, values=values)
    except DomainError as refusal:
        return PutFigure("refused", refusal=refusal)


@transaction.atomic
def put_figure(*, by: User, values: FigureValues) -> PutFigure:
    """Have a figure stand for its indicator, subject and day; another that stood there is withdrawn.

    Raises what ``record_figure`` raises.
    """
    _require_keeper(by, values.subject)
    # Two who send the same at once wait for each other here.
    subjects: Any = Officer.objects if isinstance(values.subject, Officer) else Agency.objects
    subjects.select_for_update(no_key=True).get(pk=values.subject.pk)
    code = values.code.strip()
    before = list(Figure.objects.same_as(code=code, subject=values.subject, measured_on=values.measured_on))
    source = clean_text(values.source).text
    if before and (before[-1].value, before[-1].source) == (values.value, source):
        return PutFigure("unchanged", before[-1])
    for each in before:
        withdraw_figure(by=by, figure=each, reason=_("Replaced by a figure of the same day that was sent later."))
    figure = record_figure(
        by=by, code=code, subject=values.subject, value=values.value, measured_on=values.measured_on, source=source
    )
    return PutFigure("changed" if before else "created", figure)


@transaction.atomic
def record_figure(
    *, by: User, code: str, subject: Officer | Agency, value: Decimal, measured_on: datetime.date, source: str
) -> Figure:
    """Record the figure of an indicator (its code in the framework), with the source and the day of measuring.

    The results of open periods follow when they are calculated anew. Raises ``InvalidFact`` for a figure below 0, a day
    that is still to come, no source or no code; ``OwnEvaluation`` for one's own figure, or that of one's own agency.
    """
    _require_keeper(by, subject)
    code, source = code.strip(), clean_text(source).text
    if not code or not source:
        raise InvalidFact(_("Name the indicator and the source of the figure."))
    if value < 0 or measured_on > timezone.localdate():
        raise InvalidFact(_("A figure is 0 or more, and was measured today at the latest."))
    own = {"officer": subject} if isinstance(subject, Officer) else {"agency": subject}
    figure = Figure.objects.create(
        code=code,
        value=value,
        measured_on=measured_on,
        source=source,
        recorded_by=by,
        recorded_at=timezone.now(),
        **own,
    )
    _record(by, "figure.record", figure)
    return figure


@transaction.atomic
def withdraw_figure(*, by: User, figure: Figure, reason: str) -> Figure:
    """Withdraw a figure that was wrong, with the reason; it stays to be read."""
    figure = Figure.objects.select_for_update(of=("self",)).select_related("agency", "officer").get(pk=figure.pk)
    _require_keeper(by, figure.subject)
    if figure.withdrawn_at:
        raise WrongState(_("This was withdrawn already."))
    reason = require_words(reason, InvalidFact(_("Say why it is withdrawn.")))
    figure.withdrawn_by, figure.withdrawn_at, figure.withdrawn_because = by, timezone.now(), reason
    figure.save()
    _record(by, "figure.withdraw", figure)
    return figure


def _require_keeper(by: User, subject: Officer | Agency) -> None:
    if isinstance(subject, Officer):
        own = subject.account_id == by.pk
        main = Posting.objects.on(timezone.localdate()).filter(officer=subject, is_main=True).first()
        place = main.agency if main else None
    else:
        own, place = own_organisations(by).filter(pk=subject.pk).exists(), subject
    if own:
        raise OwnEvaluation(_("Nobody records their own figures."))
    if place is None or not can_record_figure(by, place, of_officer=isinstance(subject, Officer)):
        raise NotAllowed(_("Figures are recorded by who verifies the evaluation."))


def _record(by: User, action: str, figure: Figure) -> None:
    agency = figure.agency.code if figure.agency else ""
    record(by=by, action=action, subject=figure, label=str(figure), agency_code=agency)

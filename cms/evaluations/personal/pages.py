"""Puts an officer's evaluations, and those that wait for the officer, among the pages that are their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core.personal import PersonalPage, register
from cms.evaluations.models import Evaluation
from cms.evaluations.personal.screens import (
    EvaluateScreen,
    OwnEvaluationScreen,
    OwnEvaluationsScreen,
    WaitingEvaluationsScreen,
)
from cms.organisations.models import Officer


def register_pages() -> None:
    """Put both pages at their addresses, and each evaluation below them."""
    register(
        PersonalPage(
            "evaluations", "danh-gia", gettext_lazy("My evaluation"), 12, OwnEvaluationsScreen.as_view(),
            card=_own_lines, below=(path("<uuid:identity>/", OwnEvaluationScreen.as_view(), name="evaluation"),),
        ),
        PersonalPage(
            "evaluate", "cham-diem", gettext_lazy("To mark and decide"), 14, WaitingEvaluationsScreen.as_view(),
            is_shown=_has_authority, card=_waiting_lines,
            below=(path("<uuid:identity>/", EvaluateScreen.as_view(), name="evaluate_one"),),
        ),
    )  # fmt: skip


def _own_lines(officer: Officer) -> Iterable[str | Promise]:
    """Say what waits for the officer, or what was decided last."""
    asked_first = Evaluation.objects.own(officer).asked_first().select_related("period")
    latest = asked_first.first()
    if latest is None:
        return [_("No period has been opened for you yet.")]
    if latest.asks_self_assessment:
        return [_("Your self-assessment is awaited: %(period)s.") % {"period": latest.period}]
    return [f"{latest.period}: {_('Decided') if latest.is_decided else latest.absence or latest.get_awaits_display()}"]


def _has_authority(officer: Officer) -> bool:
    """Return whether anybody's evaluation is the officer's to mark or decide."""
    return Evaluation.objects.filter(Q(evaluator=officer) | Q(decider=officer)).exists()


def _waiting_lines(officer: Officer) -> Iterable[str | Promise]:
    waiting = Evaluation.objects.for_competent(officer).count()
    if not waiting:
        return [_("No evaluation waits for you.")]
    sentence = ngettext("%(count)d evaluation waits for you.", "%(count)d evaluations wait for you.", waiting)
    return [sentence % {"count": waiting}]

"""Puts an officer's evaluations, and those that wait for the officer, among the pages that are their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core.personal import PersonalPage, register
from cms.evaluations.models import Evaluation, Objection
from cms.evaluations.personal.dossier import OwnDossierAddScreen, OwnDossierFileScreen, OwnDossierWithdrawScreen
from cms.evaluations.personal.marking import MarkTablePersonalScreen
from cms.evaluations.personal.objections import ObjectScreen, ReviewScreen, ReviewsScreen
from cms.evaluations.personal.organisations import (
    OrganisationsScreen,
    OwnOrganisationScreen,
    organisation_lines,
    organisations_of,
)
from cms.evaluations.personal.paper import OwnFormScreen, OwnReceiptScreen, PrintedResultScreen
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
            card=_own_lines, below=(path("<uuid:identity>/", OwnEvaluationScreen.as_view(), name="evaluation"),
                   path("<uuid:identity>/ban-in/", PrintedResultScreen.as_view(), name="evaluation_print"),
                   path("<uuid:identity>/phieu.json", OwnReceiptScreen.as_view(), name="evaluation_receipt"),
                   path("<uuid:identity>/mau-0<int:form>.docx", OwnFormScreen.as_view(), name="evaluation_form"),
                   path("<uuid:identity>/ho-so/them/", OwnDossierAddScreen.as_view(), name="dossier_add"),
                   path("<uuid:identity>/ho-so/<uuid:file>/", OwnDossierFileScreen.as_view(), name="dossier_file"),
                   path("<uuid:identity>/ho-so/<uuid:file>/rut/", OwnDossierWithdrawScreen.as_view(),
                        name="dossier_withdraw"),
                   path("<uuid:identity>/kien-nghi/", ObjectScreen.as_view(), name="object")),
        ),
        PersonalPage(
            "evaluate", "cham-diem", gettext_lazy("To mark and decide"), 14, WaitingEvaluationsScreen.as_view(),
            rows=_under_authority, card=_waiting_lines,
            below=(path("<uuid:identity>/", EvaluateScreen.as_view(), name="evaluate_one"),
                   path("nhieu-nguoi/<int:period>/", MarkTablePersonalScreen.as_view(), name="mark_table")),
        ),
        PersonalPage(
            "organisations", "to-chuc", gettext_lazy("Organisations"), 16, OrganisationsScreen.as_view(),
            rows=organisations_of, card=organisation_lines,
            below=(path("<uuid:identity>/", OwnOrganisationScreen.as_view(), name="organisation"),),
        ),
        PersonalPage(
            "reviews", "xem-xet-kien-nghi", gettext_lazy("Objections to review"), 15, ReviewsScreen.as_view(),
            rows=_reviewed_by, card=_review_lines,
            below=(path("<uuid:objection>/", ReviewScreen.as_view(), name="review"),),
        ),
    )  # fmt: skip


def _reviewed_by(officer: Officer) -> QuerySet[Objection]:
    return Objection.objects.to_review(officer.account_id or 0)


def _review_lines(officer: Officer) -> Iterable[str | Promise]:
    waiting = Objection.objects.to_review(officer.account_id or 0).count()
    sentence = ngettext(
        "%(count)d objection waits for your answer.", "%(count)d objections wait for your answer.", waiting
    )
    return [sentence % {"count": waiting}] if waiting else [_("No objection waits for you.")]


def _own_lines(officer: Officer) -> Iterable[str | Promise]:
    """Say what waits for the officer, or what was decided last."""
    asked_first = Evaluation.objects.own(officer).asked_first().select_related("period")
    latest = asked_first.first()
    if latest is None:
        return [_("No period has been opened for you yet.")]
    if latest.asks_self_assessment:
        return [_("Your self-assessment is awaited: %(period)s.") % {"period": latest.period}]
    return [f"{latest.period}: {_('Decided') if latest.is_readable else latest.absence or latest.awaited_name}"]


def _under_authority(officer: Officer) -> QuerySet[Evaluation]:
    """Return the evaluations that are the officer's to mark or decide."""
    return Evaluation.objects.filter(Q(evaluator=officer) | Q(decider=officer))


def _waiting_lines(officer: Officer) -> Iterable[str | Promise]:
    waiting = Evaluation.objects.for_competent(officer).count()
    if not waiting:
        return [_("No evaluation waits for you.")]
    sentence = ngettext("%(count)d evaluation waits for you.", "%(count)d evaluations wait for you.", waiting)
    return [sentence % {"count": waiting}]

"""Periods, evaluations and results, for those who may read them: the officer's own, the agency's desk and its programs.

What somebody reads of another's is noted for that officer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import InScope
from api.caching import content_etag
from api.clients.models import ApiToken, Scope
from api.events.feed import EventPages
from api.events.presenters import present
from api.events.reading import readable_by
from api.pagination import TOP_KEY, Ordering
from api.v1 import evaluation_rows
from api.v1.filters.evaluations import EvaluationFilters, PeriodFilters, ReceiptFilters, ResultFilters
from api.v1.serializers.evaluations import (
    DecidedResultSerializer,
    EvaluationPeriodSerializer,
    EvaluationSerializer,
    ResultChangeSerializer,
    ResultReceiptSerializer,
)
from api.views import DetailView, ListView, ReadView
from cms.audit.acts import codes_of_types
from cms.audit.models import AuditEventQuerySet
from cms.evaluations.models import Evaluation, EvaluationQuerySet, Period, PeriodQuerySet, Result, ResultQuerySet
from cms.organisations.actions import note_reads
from cms.organisations.enums import OfficerData
from cms.users.models import User

# What happens to the result of one evaluation.
_OF_RESULTS = [
    "evaluation.decided", "evaluation.corrected", "evaluation.returned", "evaluation.reopened", "evaluation.cancelled",
]  # fmt: skip
_BY_KEY = {"id": Ordering(("pk",)), "-id": Ordering(("pk",), top=(TOP_KEY,))}


class SignedIn(BasePermission):
    """Whoever asks is somebody: nothing about evaluations is public."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Refuse strangers; which rows there are says the view."""
        return bool(request.user.is_authenticated)


class OfEvaluations(ReadView):
    """A view of evaluations; ``scope`` says what a token needs."""

    permission_classes = [InScope, SignedIn]
    scope: ClassVar[str] = Scope.EVALUATIONS_READ

    def note(self, evaluations: Iterable[Evaluation]) -> None:
        """Note whose evaluation is read, for those officers; an organisation's is nobody's own."""
        officers = [each.officer for each in evaluations if each.officer]
        note_reads(by=cast(User, self.request.user), officers=officers, what=OfficerData.RESULT)


def readable_periods(user: Any) -> PeriodQuerySet:
    """Return the periods at whose desk somebody is, of a program's agency, and in which they have an evaluation.

    Who is evaluated, marks or decides reads of a period what everybody in it knows: its days and its state.
    """
    desk, programs = Period.objects.visible_to(user), Period.objects.of_programs(user)
    having = Evaluation.objects.readable_by(user).order_by().values("period")
    own = Q(pk__in=desk.order_by().values("pk")) | Q(pk__in=programs.order_by().values("pk"))
    return Period.objects.filter(own | Q(pk__in=having)).select_related("agency")


@extend_schema(tags=["evaluations"])
class PeriodList(OfEvaluations, ListView):
    """Evaluation periods of the agency and its units, or in which the caller has a part."""

    serializer_class = EvaluationPeriodSerializer
    filterset_class = PeriodFilters
    orderings = {
        "-first_day": Ordering(("first_day", "pk"), top=("9999-12-31", TOP_KEY)),
        "first_day": Ordering(("first_day", "pk")),
    }

    def get_queryset(self) -> PeriodQuerySet:
        """Return the periods that the caller reads."""
        return readable_periods(self.request.user)


@extend_schema(tags=["evaluations"])
class PeriodDetail(OfEvaluations, DetailView):
    """One period."""

    serializer_class = EvaluationPeriodSerializer
    lookup_url_kwarg = "period"

    def get_queryset(self) -> PeriodQuerySet:
        """Return the periods that the caller reads."""
        return readable_periods(self.request.user)


class _Evaluations(OfEvaluations):
    serializer_class = EvaluationSerializer

    def get_queryset(self) -> EvaluationQuerySet:
        """Return the evaluations that the caller reads."""
        found = Evaluation.objects.readable_by(self.request.user)
        related = ("period", "officer", "agency", "framework__framework")
        return found.select_related(*related).defer("framework__content")


@extend_schema(tags=["evaluations"])
class EvaluationList(_Evaluations, ListView):
    """Where evaluations stand; marks are nobody's to read here, results once they are decided at `results/`."""

    filterset_class = EvaluationFilters
    orderings = _BY_KEY

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page, and note whose evaluations it shows."""
        page = super().paginate_queryset(queryset) or []
        self.note(page)
        return page


@extend_schema(tags=["evaluations"])
class EvaluationDetail(_Evaluations, DetailView):
    """Where one evaluation stands."""

    lookup_field = "identity"

    def get_object(self) -> Evaluation:
        """Return the evaluation, and note that it was read."""
        one: Evaluation = super().get_object()
        self.note([one])
        return one


class _Results(OfEvaluations):
    scope: ClassVar[str] = Scope.RESULTS_READ

    def readable(self) -> ResultQuerySet:
        """Return the decided results that the caller reads."""
        return Result.objects.readable_by(self.request.user)


@extend_schema(tags=["results"])
class ResultList(_Results, ListView):
    """Results of officers that were decided, with earlier ones that a correction replaced.

    To keep a copy in step, read `results/changes/` by its cursor.
    """

    serializer_class = DecidedResultSerializer
    filterset_class = ResultFilters
    orderings = _BY_KEY

    def get_queryset(self) -> ResultQuerySet:
        """Return the results that the caller reads."""
        return evaluation_rows.with_subjects(self.readable().filter(evaluation__organisation=None))

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page with its decisions, and note whose results it shows."""
        page = super().paginate_queryset(queryset) or []
        self.note(each.evaluation for each in page)
        return evaluation_rows.decided(page, self.request.user)


@extend_schema(tags=["results"])
class OrganisationResultList(ResultList):
    """Results of organisations that were decided, with earlier ones that a correction replaced."""

    def get_queryset(self) -> ResultQuerySet:
        """Return the results of organisations that the caller reads."""
        return evaluation_rows.with_subjects(self.readable().exclude(evaluation__organisation=None))


@extend_schema(tags=["results"])
class ResultDetail(_Results, DetailView):
    """One result by its evaluation and number."""

    serializer_class = DecidedResultSerializer
    queryset = Result.objects.none()

    def get_object(self) -> evaluation_rows.Decided:
        """Return the result with its decision, and note that it was read."""
        found = evaluation_rows.with_subjects(self.readable())
        asked = {"evaluation__identity": self.kwargs["identity"], "number": self.kwargs["number"]}
        result = get_object_or_404(found, **asked)
        self.note([result.evaluation])
        return evaluation_rows.decided([result], self.request.user)[0]


@extend_schema(tags=["results"])
class ResultChanges(_Results, ListView):
    """What happened to results, oldest first, each with the result as it now stands: a feed that misses nothing.

    `next` is always there, as at `events/`: ask for it again to stay in step. An evaluation that was sent back or
    reopened has no result until the next decision.
    """

    serializer_class = ResultChangeSerializer
    pagination_class = EventPages

    def get_queryset(self) -> AuditEventQuerySet:
        """Return the events about results that the caller hears of."""
        token = self.request.auth
        readable = readable_by(self.request.user, token.opens if isinstance(token, ApiToken) else None)
        return readable.filter(action__in=codes_of_types(_OF_RESULTS))

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the events of the page with their results, and note whose results they are."""
        events = present(super().paginate_queryset(queryset) or [])
        rows = evaluation_rows.feed_rows(events, self.readable(), self.request.user)
        self.note(each.decided.result.evaluation for each in rows if each.decided)
        return rows


@extend_schema(tags=["results"])
class ReceiptList(_Results, ListView):
    """Receipts by check code or evaluation: which result a paper in hand is of."""

    serializer_class = ResultReceiptSerializer
    filterset_class = ReceiptFilters
    orderings = _BY_KEY

    def get_queryset(self) -> ResultQuerySet:
        """Return the results whose receipts the caller reads."""
        return _with_receipts(self).select_related("evaluation__officer").defer("receipt_text", "part_text")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page, and note whose receipts it names."""
        page = super().paginate_queryset(queryset) or []
        self.note(each.evaluation for each in page)
        return page


@extend_schema(tags=["results"], responses={200: OpenApiTypes.OBJECT})
class ReceiptDetail(_Results):
    """The receipt of a result: the very bytes that were stored, with all that it was made of.

    Its `inputs`, sent to `scores/preview/` (of a longer period to `scores/periods/`), give the same bytes again.
    """

    has_etag = True

    def get(self, request: Request, identity: Any, number: int) -> Response | HttpResponse:
        """Return the receipt as canonical JSON."""
        found = _with_receipts(self).select_related("evaluation__officer")
        result = get_object_or_404(found, evaluation__identity=identity, number=number)
        self.note([result.evaluation])
        unchanged = self.not_modified(content_etag(result.content_hash))
        return unchanged or HttpResponse(result.receipt_text, content_type="application/json")


def _with_receipts(view: _Results) -> ResultQuerySet:
    """Leave out, for a program, the receipts that name a case that holds a level down."""
    found = view.readable()
    if isinstance(view.request.auth, ApiToken):
        found = found.filter(evaluation__findings=None)
    return found

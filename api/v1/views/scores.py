"""Scoring what another tool sends; nothing is stored.

Strangers send a little at a time, and need a slot for large bodies; programs and people who sign in send more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from api.authentication import ReadingSession, TokenAuthentication
from api.errors import problem
from api.idempotency import HEADER, LONGEST_KEY, read_key
from api.parsers import ExactJSONParser, gather_chunks
from api.throttling import ScoreRateThrottle
from api.v1.serializers.scores import (
    CapAnswerSerializer,
    CapRequestSerializer,
    PeriodAnswerSerializer,
    PeriodRequestSerializer,
    ScoreAnswerSerializer,
    ScoreRequestSerializer,
)
from api.views import ReadView
from cms.core import slots
from cms.core.bodies import declared_bytes
from cms.frameworks.calculation import MOST_OF_STRANGERS, MOST_SUBJECTS, calculate
from cms.frameworks.calculation_longer import (
    MOST_PEOPLE,
    MOST_PEOPLE_OF_STRANGERS,
    calculate_caps,
    calculate_periods,
)
from cms.frameworks.chosen import Refused
from cms.frameworks.messages import render

SMALL_BODY = 64 * 1024
# No answer is kept for anybody, and none is needed: the same body is scored alike.
KEY = OpenApiParameter(
    HEADER, {"type": "string", "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER,
    description="Taken as by every POST, and without effect: nothing is written, and the same body scores alike.",
)  # fmt: skip


class Calculation(ReadView):
    """What is sent is calculated and answered; nothing is stored, and anybody may check a calculation."""

    http_method_names = ["post", "options"]
    parser_classes = [ExactJSONParser]
    # Nothing is read for the caller and nothing is written: who asks decides only how much may be sent.
    authentication_classes = [TokenAuthentication, ReadingSession]
    scope = ""
    throttle_classes: list[type[BaseThrottle]] = [ScoreRateThrottle]
    # How many may be sent by who says who they are, and by everybody else.
    most: ClassVar[tuple[int, int]] = (MOST_SUBJECTS, MOST_OF_STRANGERS)

    def check_throttles(self, request: Request) -> None:
        """Let a body in chunks be read, as some tools send all JSON, so that what it costs can be counted."""
        gather_chunks(request._request)
        super().check_throttles(request)

    def calculated(self, request: Request, calculate: Callable[..., dict[str, Any]]) -> Response:
        """Answer what is calculated, or every problem of what was sent."""
        read_key(request)
        sent, is_known = request.data, request.user.is_authenticated
        is_small = declared_bytes(request._request) <= SMALL_BODY
        try:
            with nullcontext() if is_known or is_small else slots.taken("scores"):
                return Response(calculate(sent, most=self.most[0 if is_known else 1]))
        except Refused as refused:
            errors = [
                {"field": each.path, "code": each.code, "message": render(each, words=False)}
                for each in refused.problems
            ]
            return problem(400, refused.code, str(refused), errors=errors)


@extend_schema(tags=["scores"])
class ScorePreview(Calculation):
    """Scores of what is sent, each with its receipt. Nothing is stored; anybody may check a calculation.

    Up to 1,000 subjects for who is signed in or sends a token, 100 in at most 512 KiB for everybody else.
    """

    serializer_class = ScoreAnswerSerializer

    @extend_schema(
        operation_id="scores_preview",
        parameters=[KEY],
        request=ScoreRequestSerializer,
        responses={200: ScoreAnswerSerializer},
    )
    def post(self, request: Request) -> Response:
        """Score subjects by a published framework, or by the decree's default for the subject's role."""
        return self.calculated(request, calculate)


@extend_schema(tags=["scores"])
class PeriodPreview(Calculation):
    """Totals and levels of longer periods, of a year by default, from those of shorter ones. Nothing is stored.

    Up to 1,000 subjects for who is signed in or sends a token, 100 in at most 512 KiB for everybody else.
    """

    serializer_class = PeriodAnswerSerializer

    @extend_schema(
        operation_id="scores_periods",
        parameters=[KEY],
        request=PeriodRequestSerializer,
        responses={200: PeriodAnswerSerializer},
    )
    def post(self, request: Request) -> Response:
        """Put the periods of subjects together and classify them."""
        return self.calculated(request, calculate_periods)


@extend_schema(tags=["scores"])
class CapPreview(Calculation):
    """How many may hold a level, who has it by points and conditions, and where there are too many. Nothing is stored.

    Nobody is held down: a person decides. Up to 20,000 people for who is signed in or sends a token, 1,000 in at most
    512 KiB for everybody else.
    """

    serializer_class = CapAnswerSerializer
    most = (MOST_PEOPLE, MOST_PEOPLE_OF_STRANGERS)

    @extend_schema(
        operation_id="scores_caps",
        parameters=[KEY],
        request=CapRequestSerializer,
        responses={200: CapAnswerSerializer},
    )
    def post(self, request: Request) -> Response:
        """Hold levels against the caps of a framework, group by group."""
        return self.calculated(request, calculate_caps)

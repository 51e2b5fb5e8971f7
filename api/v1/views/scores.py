"""Scoring what another tool sends; nothing is stored."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from api.errors import problem
from api.idempotency import HEADER, LONGEST_KEY, given_key
from api.parsers import ExactJSONParser, gather_chunks
from api.throttling import ScoreRateThrottle
from api.v1.serializers.scores import ScoreAnswerSerializer, ScoreRequestSerializer
from api.views import ReadView
from cms.frameworks.calculation import Refused, calculate
from cms.frameworks.messages import render

# Nobody is known here to whom a kept answer could belong, and none is needed: the same body is scored alike.
KEY = OpenApiParameter(
    HEADER, {"type": "string", "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER,
    description="Taken as by every POST, and without effect: nothing is written, and the same body scores alike.",
)  # fmt: skip


@extend_schema(tags=["scores"])
class ScorePreview(ReadView):
    """Scores of what is sent, each with its receipt. Nothing is stored; anybody may check a calculation."""

    http_method_names = ["post", "options"]
    parser_classes = [ExactJSONParser]
    # Nothing is read for the caller and nothing is written, so it does not matter who asks.
    authentication_classes = []
    throttle_classes: list[type[BaseThrottle]] = [ScoreRateThrottle]
    serializer_class = ScoreAnswerSerializer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let a body in chunks be read: some tools send all JSON so."""
        super().initial(request, *args, **kwargs)
        gather_chunks(request._request)

    @extend_schema(
        operation_id="scores_preview",
        parameters=[KEY],
        request=ScoreRequestSerializer,
        responses={200: ScoreAnswerSerializer},
    )
    def post(self, request: Request) -> Response:
        """Score up to 1,000 subjects by a published framework, or by the decree's default for the subject's role."""
        given_key(request)
        try:
            return Response(calculate(request.data))
        except Refused as refused:
            errors = [
                {"field": each.path, "code": each.code, "message": render(each, words=False)}
                for each in refused.problems
            ]
            return problem(400, refused.code, str(refused), errors=errors)

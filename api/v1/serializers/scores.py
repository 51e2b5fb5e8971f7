"""What is sent to be scored and what comes back, for the documentation; ``cms.scoring`` reads and writes it."""

from __future__ import annotations

from api.v1.serializers.shapes import AnsweredSerializer, ShapedSerializer
from cms.frameworks.calculation import ScoreRequest
from cms.frameworks.calculation_longer import CapRequest, PeriodRequest
from cms.scoring.answer_shapes import ScoreAnswer
from cms.scoring.longer_shapes import CapAnswer, PeriodAnswer


class ScoreRequestSerializer(ShapedSerializer):
    """Subjects, and the framework by which they are scored."""

    part = ScoreRequest


class ScoreAnswerSerializer(AnsweredSerializer):
    """The scores, in the order in which the subjects were sent."""

    part = ScoreAnswer


class PeriodRequestSerializer(ShapedSerializer):
    """Shorter periods to be put together."""

    part = PeriodRequest


class PeriodAnswerSerializer(AnsweredSerializer):
    """The longer periods."""

    part = PeriodAnswer


class CapRequestSerializer(ShapedSerializer):
    """Who has which level."""

    part = CapRequest


class CapAnswerSerializer(AnsweredSerializer):
    """The caps of a framework."""

    part = CapAnswer

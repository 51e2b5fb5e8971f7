"""What is sent to be scored and what comes back, for the documentation; ``cms.scoring`` reads and writes it."""

from __future__ import annotations

from api.v1.serializers.shapes import AnsweredSerializer, ShapedSerializer
from cms.frameworks.calculation import ScoreRequest
from cms.scoring.answer_shapes import ScoreAnswer


class ScoreRequestSerializer(ShapedSerializer):
    """What is to be scored."""

    part = ScoreRequest


class ScoreAnswerSerializer(AnsweredSerializer):
    """The scores, in the order in which the subjects were sent."""

    part = ScoreAnswer

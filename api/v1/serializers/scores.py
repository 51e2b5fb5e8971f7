"""What is sent to be scored and what comes back, for the documentation; ``cms.scoring`` reads and writes it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cms.scoring.definition.words import LEVELS, ROLES

_NUMBER = "A decimal in text with a point, so that it stays exact; whole numbers may be sent as such."
# Null says no more than leaving out.
_OMISSIBLE: dict[str, Any] = {"required": False, "allow_null": True}
_COUNT = "A whole number, also in text; left out or null is 0."
STATUSES = ("scored", "insufficient_data", "needs_decision", "blocked")


class WorkLineSerializer(serializers.Serializer[Any]):
    """A product or task of the period, in converted units."""

    assigned = serializers.CharField(help_text=_NUMBER)
    completed = serializers.CharField(help_text=_NUMBER)
    coefficient = serializers.CharField(help_text=_NUMBER)
    quality_failures = serializers.IntegerField(**_OMISSIBLE, min_value=0, help_text=_COUNT)
    late_occurrences = serializers.IntegerField(**_OMISSIBLE, min_value=0, help_text=_COUNT)
    quality_exempt = serializers.BooleanField(**_OMISSIBLE, help_text="An objective cause, confirmed.")
    late_exempt = serializers.BooleanField(**_OMISSIBLE, help_text="An objective cause, confirmed.")
    id = serializers.CharField(**_OMISSIBLE)
    title = serializers.CharField(**_OMISSIBLE)
    exemption = serializers.CharField(**_OMISSIBLE, help_text="What confirms the objective cause.")


class SubordinateSerializer(serializers.Serializer[Any]):
    """Somebody whom a leader leads."""

    id = serializers.CharField()
    total = serializers.CharField(allow_null=True, help_text=_NUMBER)
    level = serializers.ChoiceField(
        choices=[(level, level) for level in LEVELS], **_OMISSIBLE,
        help_text="The level that stands; without it only the points are looked at.",
    )  # fmt: skip
    fields = serializers.ListField(child=serializers.CharField(), **_OMISSIBLE)  # type: ignore[assignment]


class SubjectSerializer(serializers.Serializer[Any]):
    """A person or an organisation in one period."""

    id = serializers.CharField(**_OMISSIBLE)
    role = serializers.ChoiceField(choices=[(role, role) for role in ROLES])
    category = serializers.CharField(**_OMISSIBLE)
    position_group = serializers.CharField(**_OMISSIBLE)
    agency = serializers.CharField(**_OMISSIBLE)
    common = serializers.JSONField(**_OMISSIBLE, help_text="Points in text, or an object of criterion and mark.")
    criteria = serializers.JSONField(**_OMISSIBLE, help_text="Marks of criteria of any section, by code.")
    work = WorkLineSerializer(many=True, **_OMISSIBLE)
    indicators = serializers.JSONField(
        **_OMISSIBLE, help_text="Percentages or figures by code; `n/a` where one does not apply. `a`, `b`, `c` may "
        "stand in place of work.",
    )  # fmt: skip
    subordinates = SubordinateSerializer(many=True, **_OMISSIBLE)
    fields = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(), **_OMISSIBLE, help_text="Fields of work that a deputy leads."
    )
    metrics = serializers.JSONField(**_OMISSIBLE, help_text="Figures that conditions of levels ask for.")
    flags = serializers.ListField(child=serializers.CharField(), **_OMISSIBLE, help_text="Codes of disqualifiers.")


class ScoreRequestSerializer(serializers.Serializer[Any]):
    """What is to be scored."""

    framework = serializers.CharField(**_OMISSIBLE, help_text="Code; without it the decree's default for the role.")
    version = serializers.IntegerField(**_OMISSIBLE, help_text="The one that holds today, unless it is named.")
    settings = serializers.DictField(
        child=serializers.CharField(), **_OMISSIBLE, help_text="Only those that the framework leaves open: "
        "`denominator` (assigned, completed), `failure_scope` (unit, line), `over_100` (line, aggregate).",
    )  # fmt: skip
    subjects = SubjectSerializer(many=True, help_text="Up to 1,000.")


class ReasonSerializer(serializers.Serializer[Any]):
    """Why there is no level, or why it is this one."""

    code = serializers.CharField()
    message = serializers.CharField()


class ScoreSerializer(serializers.Serializer[Any]):
    """The score of one subject."""

    id = serializers.JSONField(allow_null=True, help_text="As it was sent.")
    components = serializers.DictField(child=serializers.CharField(allow_null=True), help_text="Percent by indicator.")
    sections = serializers.DictField(child=serializers.CharField(allow_null=True), help_text="Points by section.")
    common = serializers.CharField(allow_null=True)
    result = serializers.CharField(allow_null=True)
    total = serializers.CharField(allow_null=True, help_text="Rounded once, half up; this number decides the level.")
    level = serializers.ChoiceField(choices=[(level, level) for level in LEVELS], allow_null=True)
    status = serializers.ChoiceField(choices=[(status, status) for status in STATUSES])
    reasons = ReasonSerializer(many=True)
    receipt = serializers.JSONField(help_text="Every step with its rule, citation and arithmetic, and a hash over all.")


class ScoreAnswerSerializer(serializers.Serializer[Any]):
    """The scores, in the order in which the subjects were sent."""

    results = ScoreSerializer(many=True)

"""Evaluation periods, evaluations, results and their receipts as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.evaluation_rows import Decided, FeedRow
from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer
from cms.evaluations.enums import PeriodKind, Step
from cms.evaluations.models import Evaluation, Period
from cms.organisations.enums import AuthoritySubject
from cms.scoring.definition.words import LEVELS

_LEVELS = [(each, each) for each in LEVELS]
_STATES = [(each, each) for each in ("open", "lock_proposed", "locked")]
_NOT_THERE = "absent"
_DONE = "decided"
STANDS_AT = [*((each.value, each.value) for each in Step), (_DONE, _DONE), (_NOT_THERE, _NOT_THERE)]


class EvaluationPeriodReferenceSerializer(serializers.Serializer[Any]):
    """An evaluation period as others point to it."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(PeriodKind.choices)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    url = serializers.URLField()


class EvaluationFrameworkSerializer(serializers.Serializer[Any]):
    """The version of a framework that judges."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    url = serializers.URLField()


class EvaluationPeriodSerializer(RowSerializer):
    """A period of a department or commune with all its units."""

    url = serializers.URLField(help_text="Permanent address.")
    id = serializers.IntegerField()
    agency = AgencyReferenceSerializer()
    kind = serializers.ChoiceField(PeriodKind.choices)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    made_of = serializers.ChoiceField(
        PeriodKind.choices, allow_null=True, help_text="Of which shorter periods; null: of work and marks."
    )
    state = serializers.ChoiceField(_STATES, help_text="`locked`: two people made its results final.")
    opened_at = serializers.DateTimeField()
    locked_at = serializers.DateTimeField(allow_null=True)

    def row(self, links: Links, row: Period) -> dict[str, Any]:
        """Return one period with its agency."""
        return {
            "url": links.period(row.pk),
            "id": row.pk,
            "agency": _agency(links, row.agency),
            "kind": row.kind,
            "first_day": row.first_day,
            "last_day": row.last_day,
            "made_of": row.made_of or None,
            "state": "locked" if row.is_locked else "lock_proposed" if row.lock_proposed_at else "open",
            "opened_at": row.opened_at,
            "locked_at": row.locked_at,
        }


class EvaluationSerializer(RowSerializer):
    """Where an evaluation stands; what was decided stands in its results."""

    url = serializers.URLField(help_text="Permanent address.")
    id = serializers.UUIDField()
    period = EvaluationPeriodReferenceSerializer()
    officer = serializers.CharField(
        allow_null=True, help_text="Code of the officer, whose name programs do not read; null: of an organisation."
    )
    agency = AgencyReferenceSerializer(help_text="Where the officer worked at the end; the organisation itself.")
    role = serializers.ChoiceField(AuthoritySubject.choices)
    position_group = serializers.CharField()
    framework = EvaluationFrameworkSerializer(allow_null=True, help_text="Null: none judges the officer.")
    stands_at = serializers.ChoiceField(
        STANDS_AT, help_text="The step that comes next; `decided`: none; `absent`: not in the period, without a result."
    )

    def row(self, links: Links, row: Evaluation) -> dict[str, Any]:
        """Return one evaluation with what it points to."""
        return {
            "url": links.evaluation(row.identity),
            "id": row.identity,
            "period": _period(links, row.period),
            "officer": _officer(row),
            "agency": _agency(links, row.agency),
            "role": row.role,
            "position_group": row.position_group,
            "framework": _framework(links, row),
            "stands_at": _NOT_THERE if row.absence else row.awaits or _DONE,
        }


class DecidedResultSerializer(RowSerializer):
    """A result that was decided. One of a locked period never changes: what corrects it has the next number."""

    url = serializers.URLField(help_text="Permanent address.")
    evaluation = serializers.UUIDField(help_text="Key of the evaluation.")
    number = serializers.IntegerField(help_text="From 1; a correction after the lock has the next one.")
    state = serializers.ChoiceField(
        [(each, each) for each in ("standing", "replaced")], help_text="`replaced`: one with a higher number stands."
    )
    period = EvaluationPeriodReferenceSerializer()
    officer = serializers.CharField(
        allow_null=True, help_text="Code of the officer, whose name programs do not read; null: of an organisation."
    )
    agency = AgencyReferenceSerializer(help_text="Where the officer worked at the end; the organisation itself.")
    framework = EvaluationFrameworkSerializer(allow_null=True)
    total = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    level_by_points = serializers.ChoiceField(
        _LEVELS, allow_null=True, help_text="By total, conditions and cases that hold the level down."
    )
    level = serializers.ChoiceField(_LEVELS, allow_null=True, help_text="What was decided.")
    decided_at = serializers.DateTimeField(allow_null=True)
    final_since = serializers.DateTimeField(allow_null=True, help_text="Null: the period is not locked.")
    hash = serializers.CharField(help_text="Of the receipt: its check code.")
    receipt_url = serializers.URLField(
        allow_null=True, help_text="Null for a program: a case holds the level down, which programs do not read."
    )

    def row(self, links: Links, row: Decided) -> dict[str, Any]:
        """Return one result with what was decided about it."""
        result, one = row.result, row.result.evaluation
        return {
            "url": links.result(one.identity, result.number),
            "evaluation": one.identity,
            "number": result.number,
            "state": "standing" if row.stands else "replaced",
            "period": _period(links, one.period),
            "officer": _officer(one),
            "agency": _agency(links, one.agency),
            "framework": _framework(links, one),
            "total": None if result.total is None else f"{result.total:.3f}",
            "level_by_points": result.level or None,
            "level": row.level or None,
            "decided_at": row.decided_at,
            "final_since": result.frozen_at,
            "hash": result.content_hash,
            "receipt_url": None if row.is_withheld else links.receipt(one.identity, result.number),
        }


class ResultReceiptSerializer(RowSerializer):
    """Where the receipt of a result is, and the check code by which it is known."""

    url = serializers.URLField(help_text="Address of the receipt itself.")
    evaluation = serializers.UUIDField()
    number = serializers.IntegerField()
    hash = serializers.CharField()
    engine = serializers.CharField(help_text="Version of the scoring engine.")

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one receipt's place."""
        return {
            "url": links.receipt(row.evaluation.identity, row.number),
            "evaluation": row.evaluation.identity,
            "number": row.number,
            "hash": row.content_hash,
            "engine": row.engine,
        }


class ResultChangeSerializer(RowSerializer):
    """That something happened to a result, and the result as it now stands."""

    id = serializers.CharField(help_text="The id of the event, as `events/` and webhooks have it.")
    type = serializers.CharField(help_text="The type of the event.")
    timestamp = serializers.DateTimeField()
    evaluation = serializers.UUIDField()
    result = DecidedResultSerializer(allow_null=True, help_text="As it stands now; null: nothing is decided now.")

    def row(self, links: Links, row: FeedRow) -> dict[str, Any]:
        """Return one change."""
        data = row.event.as_json(links)
        written = DecidedResultSerializer().row(links, row.decided) if row.decided else None
        return {
            "id": data["id"], "type": data["type"], "timestamp": data["timestamp"],
            "evaluation": row.event.data["evaluation"], "result": written,
        }  # fmt: skip


def _period(links: Links, period: Period) -> dict[str, Any]:
    return {
        "id": period.pk, "kind": period.kind, "first_day": period.first_day, "last_day": period.last_day,
        "url": links.period(period.pk),
    }  # fmt: skip


def _officer(one: Evaluation) -> str | None:
    return one.officer.code if one.officer else None


def _agency(links: Links, agency: Any) -> dict[str, Any]:
    return {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)}


def _framework(links: Links, one: Evaluation) -> dict[str, Any] | None:
    version = one.framework
    if version is None:
        return None
    code = version.framework.code
    return {"code": code, "version": version.number, "url": links.framework_version(code, version.number)}

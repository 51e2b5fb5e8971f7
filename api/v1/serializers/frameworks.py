"""Published criteria frameworks as JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer
from cms.frameworks.bases import suspended_since
from cms.frameworks.enums import SubjectKind
from cms.scoring import conformity


class FrameworkVersionReferenceSerializer(serializers.Serializer[Any]):
    """A version of a framework as others point to it."""

    number = serializers.IntegerField()
    hash = serializers.CharField()
    url = serializers.URLField()


class FrameworkSerializer(RowSerializer):
    """A criteria framework that has been published; an agency's own names the agency."""

    url = serializers.URLField(help_text="Permanent address.")
    code = serializers.CharField(help_text="How other tools name the framework.")
    name = serializers.CharField()
    subject = serializers.ChoiceField(choices=SubjectKind.choices, help_text="Whom it judges.")
    agency = AgencyReferenceSerializer(allow_null=True, help_text="The agency whose own it is; null: the province's.")
    versions_url = serializers.URLField()
    current_version = FrameworkVersionReferenceSerializer(allow_null=True, help_text="The version that holds today.")
    base = serializers.CharField(
        allow_null=True, help_text="Code of the province's framework that an agency's is made of."
    )
    suspended_since = serializers.DateField(
        allow_null=True,
        help_text="Since when `base` holds instead: it has a later version, which the agency's did not follow in time.",
    )

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one framework; ``current_versions`` and ``suspended_versions`` are prefetched, at most one in both."""
        current = next(iter(row.current_versions), None)
        return {
            "url": links.framework(row.code),
            "code": row.code,
            "name": row.name,
            "subject": row.subject,
            "agency": row.agency and {
                "code": row.agency.code, "name": row.agency.name, "url": links.agency(row.agency.code),
            },
            "versions_url": f"{links.framework(row.code)}versions/",
            "current_version": current and {
                "number": current.number, "hash": current.content_hash,
                "url": links.framework_version(row.code, current.number),
            },
            "base": row.base and row.base.code,
            "suspended_since": next((suspended_since(each) for each in row.suspended_versions), None),
        }  # fmt: skip


class IssuingDecisionSerializer(serializers.Serializer[Any]):
    """The People's Committee's decision by which a version of the province holds; it never changes."""

    number = serializers.CharField()
    signed_on = serializers.DateField()
    signer = serializers.CharField(help_text="Office.")
    effective_from = serializers.DateField()
    recorded_at = serializers.DateTimeField()


class FrameworkVersionSerializer(RowSerializer):
    """A published version: it never changes."""

    url = serializers.URLField(help_text="Permanent address.")
    framework = serializers.CharField(help_text="Code of the framework.")
    number = serializers.IntegerField()
    name = serializers.CharField()
    hash = serializers.CharField(help_text="Of the definition's canonical JSON; receipts name it.")
    effective_from = serializers.DateField()
    effective_to = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField()
    backdating_reason = serializers.CharField(
        help_text="Why it was published for days that were over; empty where it was not."
    )
    waits_for_decision = serializers.BooleanField(
        help_text="Whether it does not hold yet, whatever the day: the decision that issues it is not recorded."
    )
    decision = IssuingDecisionSerializer(
        allow_null=True, help_text="Null: it waits, is an agency's own, or is from before decisions were recorded."
    )
    definition_url = serializers.URLField()

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one version."""
        url = links.framework_version(row.framework.code, row.number)
        return {
            "url": url,
            "framework": row.framework.code,
            "number": row.number,
            "name": row.name,
            "hash": row.content_hash,
            "effective_from": row.effective_from,
            "effective_to": row.effective_to,
            "published_at": row.published_at,
            "backdating_reason": row.backdating_reason,
            "waits_for_decision": row.waits_for_decision,
            "decision": _decision(row.issued_by),
            "definition_url": f"{url}definition/",
        }


def _decision(decision: Any) -> dict[str, Any] | None:
    if decision is None or not decision.number:
        return None
    return {
        "number": decision.number,
        "signed_on": decision.signed_on,
        "signer": decision.signer,
        "effective_from": decision.effective_from,
        "recorded_at": decision.recorded_at,
    }


class DepartureSerializer(serializers.Serializer[Any]):
    """One point in which a framework is not as the decree."""

    code = serializers.CharField(help_text="Which point: lasting, for programs.")
    article = serializers.CharField(help_text="The article of Decree 335/2025/NĐ-CP, or what it is about.")
    decree = serializers.CharField(help_text="What the decree says.")
    framework = serializers.CharField(help_text="What the framework says.")
    path = serializers.CharField(help_text="Where in the definition.")


class ConformitySerializer(RowSerializer):
    """Where a version departs from the decree, stricter or laxer."""

    is_compared = serializers.BooleanField(
        help_text="Whether the decree is about those whom the framework judges: agencies or civil servants."
    )
    departures = DepartureSerializer(many=True)

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return the departures of one version."""
        definition = row.definition
        return {
            "is_compared": conformity.is_bound(definition),
            "departures": [dataclasses.asdict(each) for each in conformity.departures(definition)],
        }

"""Versions of catalogs as JSON."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers
from rest_framework.request import Request

from api.clients.models import ApiToken, Scope
from api.v1.links import Links
from api.v1.serializers.base import (
    AgencyReferenceSerializer,
    RowSerializer,
    VersionReferenceSerializer,
    decimal_field,
    text,
)
from cms.catalogs import permissions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion


class DecisionSerializer(serializers.Serializer[Any]):
    """The Chairman's decision."""

    number = serializers.CharField()
    date = serializers.DateField()


class VersionSerializer(RowSerializer):
    """One edition of an agency's catalog."""

    url = serializers.URLField(help_text="Permanent address.")
    agency = AgencyReferenceSerializer()
    number = serializers.IntegerField()
    year = serializers.IntegerField()
    state = serializers.ChoiceField(VersionState.choices)
    decision = DecisionSerializer(allow_null=True)
    effective_from = serializers.DateField(allow_null=True)
    effective_to = serializers.DateField(allow_null=True, help_text="Last day; null while no later version ends it.")
    published_at = serializers.DateTimeField(allow_null=True)
    item_count = serializers.IntegerField()
    items_url = serializers.URLField()

    def row(self, links: Links, row: CatalogVersion) -> dict[str, Any]:
        """Return one version; its catalog and agency come with the query."""
        agency = row.catalog.agency
        url = links.version(agency.code, row.number)
        return {
            "url": url,
            "agency": {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
            "number": row.number,
            "year": row.year,
            "state": row.state,
            "decision": _decision(row),
            "effective_from": row.effective_from,
            "effective_to": row.effective_to,
            "published_at": row.public_since,
            "item_count": row.item_count,
            "items_url": f"{url}items/",
        }


class FrameSerializer(serializers.Serializer[Any]):
    """A complexity group and the highest score that its items can have."""

    group = serializers.IntegerField()
    highest_score = decimal_field("Highest score of the group's items.")


class FieldCountSerializer(serializers.Serializer[Any]):
    """How many items a field of work has."""

    field = serializers.CharField(allow_blank=True)
    items = serializers.IntegerField()


class GroupCountSerializer(serializers.Serializer[Any]):
    """How many items a complexity group has."""

    group = serializers.IntegerField()
    items = serializers.IntegerField()


class SummarySerializer(serializers.Serializer[Any]):
    """Totals of a version."""

    items = serializers.IntegerField()
    fields_of_work = FieldCountSerializer(many=True)
    groups = GroupCountSerializer(many=True)


class MaySerializer(serializers.Serializer[Any]):
    """What you may do with a version now."""

    edit = serializers.BooleanField(help_text="PATCH its details, and write its items.")
    discard = serializers.BooleanField(help_text="DELETE it.")
    submit = serializers.BooleanField()
    withdraw = serializers.BooleanField()
    accept = serializers.BooleanField()
    opinion = serializers.BooleanField(help_text="Give the opinion that is asked now.")
    decide = serializers.BooleanField()
    remark = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that Python keeps for itself."""
        return super().get_fields() | {"return": serializers.BooleanField()}


class VersionDetailSerializer(VersionSerializer):
    """A version with all its details."""

    catalog_url = serializers.URLField()
    difference_url = serializers.URLField(help_text="What is new, changed and removed against the version before.")
    base = VersionReferenceSerializer(allow_null=True, help_text="The version that this one began as a copy of.")
    standard_unit = serializers.CharField(help_text="The product or work that every other is measured by.")
    standard_score = decimal_field("Score of the standard unit.")
    divisor = decimal_field("An item's score divided by it is its coefficient.")
    frames = FrameSerializer(many=True)
    legal_basis = serializers.CharField(allow_blank=True)
    round = serializers.IntegerField(allow_null=True, help_text="`id` of its round in `rounds/`.")
    return_reason = serializers.CharField(allow_blank=True, help_text="Why it was returned, until it is sent again.")
    summary = SummarySerializer()
    content_hash = serializers.CharField(
        allow_null=True, help_text="SHA-256 over the items, fixed by the decision; null before it."
    )
    may = MaySerializer(allow_null=True, help_text="What you may do with it now; null once it is decided.")

    def row(self, links: Links, row: CatalogVersion) -> dict[str, Any]:
        """Return one version; its base comes with the query."""
        code = row.catalog.agency.code
        base = row.base and {"number": row.base.number, "url": links.version(code, row.base.number)}
        return super().row(links, row) | {
            "catalog_url": links.catalog(code),
            "difference_url": f"{links.version(code, row.number)}difference/",
            "base": base,
            "standard_unit": row.standard_unit,
            "standard_score": text(row.standard_score),
            "divisor": text(row.divisor),
            "frames": [{"group": n, "highest_score": text(score)} for n, score in sorted(row.group_frames.items())],
            "legal_basis": row.legal_basis,
            "round": row.round_id,
            "return_reason": row.return_reason,
            "summary": _summary(row.summary),
            "content_hash": row.content_hash or None,
            # Decided, it says the same to everybody; not decided yet, nobody reads it who has no part in it.
            "may": None if row.is_frozen else _may(self.context["request"], row),
        }


def _may(request: Request, version: CatalogVersion) -> dict[str, bool]:
    """Return what the caller may do, by verb; a token that is only for reading does nothing."""
    user = request.user
    if isinstance(request.auth, ApiToken) and Scope.CATALOGS_WRITE not in request.auth.client.scopes:
        user = AnonymousUser()
    remarks = permissions.can_remark(user, version)
    approves = remarks and not permissions.is_own_work(user, version)
    return {
        "edit": permissions.can_edit(user, version),
        "discard": permissions.can_discard(user, version) and not version.remarks.exists(),
        "submit": permissions.can_submit(user, version),
        "withdraw": permissions.can_withdraw(user, version),
        "return": remarks,
        "accept": approves and permissions.can_appraise(user, version),
        "opinion": approves and permissions.can_give_opinion(user, version),
        "decide": approves and permissions.can_decide(user, version),
        "remark": remarks,
    }


def _decision(version: CatalogVersion) -> dict[str, Any] | None:
    if not version.decision_number:
        return None
    return {"number": version.decision_number, "date": version.decision_date}


def _summary(summary: dict[str, Any]) -> dict[str, Any]:
    fields, groups = (sorted(summary.get(kind, {}).items()) for kind in ("fields", "groups"))
    return {
        "items": summary.get("items", 0),
        "fields_of_work": [{"field": name, "items": count} for name, count in fields],
        "groups": [{"group": int(group), "items": count} for group, count in groups],
    }

"""Change sets and proposals about items as JSON, and what is sent about them."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from functools import cached_property
from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer, StrictSerializer, text
from api.v1.serializers.differences import FieldChangeSerializer
from api.v1.serializers.fields import TextField
from api.v1.serializers.items import API_NAMES
from cms.changesets.contents import ProposalWords, changes_of
from cms.changesets.enums import Answer, Outcome, ProposalKind, SetState
from cms.changesets.models import ChangeSet, Proposal

LONGEST_REASON = 1000
MOST_GATHERED = 500


def proposal_etag(row: Proposal) -> str:
    """Return the ETag of a proposal: it differs after an answer, an outcome, or a step of its set."""
    values = [row.change_set_id, row.change_set.state if row.change_set else "", row.answer, row.answer_words]
    return _etag(row.pk, [*values, row.outcome, row.outcome_reason, row.left_because])


def change_set_etag(row: ChangeSet) -> str:
    """Return the ETag of a set: it differs after a step of it, and when its proposals are others or are judged."""
    values: list[Any] = [row.state, row.decision_id, row.stopped_because]
    return _etag(row.pk, [*values, *row.proposals.order_by("pk").values_list("pk", "outcome")])


def _etag(key: int, values: list[Any]) -> str:
    return f'"{key}.{hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]}"'


class ProposalSerializer(RowSerializer):
    """What somebody proposes of one item of a decided list, what its agency says, and what came of it."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    agency = AgencyReferenceSerializer()
    kind = serializers.ChoiceField(ProposalKind.choices)
    identity = serializers.UUIDField(help_text="Of the item, in every version; of a merge, of the one that stays.")
    merged = serializers.UUIDField(allow_null=True, help_text="Of a merge, the item that goes into the other.")
    code = serializers.CharField()
    name = serializers.CharField()
    changes = FieldChangeSerializer(many=True, help_text="What is to stand there; empty where the item ends.")
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    change_set = serializers.IntegerField(allow_null=True, help_text="Number of the set that it stands in.")
    state = serializers.ChoiceField(SetState.choices, allow_null=True, help_text="Where its set stands.")
    answer = serializers.ChoiceField(Answer.choices, allow_null=True, help_text="Null: nobody answered yet.")
    answer_words = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(Outcome.choices, allow_null=True, help_text="Null: not appraised yet.")
    outcome_reason = serializers.CharField(allow_blank=True)
    left_because = serializers.CharField(
        allow_blank=True, help_text="Why it was left out when its set was released, though it was accepted."
    )

    def row(self, links: Links, row: Proposal) -> dict[str, Any]:
        """Return one proposal; it comes with its agency, set and people."""
        agency, words = row.catalog.agency, self._words
        return {
            "id": row.pk, "url": links.proposal(row.pk),
            "agency": {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
            "kind": row.kind, "identity": row.identity, "merged": row.merged, "code": row.code, "name": row.name,
            "changes": _changes(row, words), "reason": row.reason, "by": str(row.by), "at": row.at,
            "change_set": row.change_set_id, "state": row.change_set.state if row.change_set else None,
            "answer": row.answer or None, "answer_words": row.answer_words, "answered_at": row.answered_at,
            "outcome": row.outcome or None, "outcome_reason": row.outcome_reason, "left_because": row.left_because,
        }  # fmt: skip

    @cached_property
    def _words(self) -> ProposalWords:
        return ProposalWords(self.context["request"].user)


def _changes(row: Proposal, words: ProposalWords) -> list[dict[str, Any]]:
    seen = words.of(row.catalog.agency)
    return [
        {"field": API_NAMES.get(name, name), "before": _plain(was), "after": _plain(now)}
        for name, (was, now) in changes_of(row).items()
        if seen.sees(name)
    ]


def _plain(value: Any) -> Any:
    return text(value) if isinstance(value, Decimal) else value


class ProposalDetailSerializer(ProposalSerializer):
    """A proposal with what stands against it as things are."""

    troubles = serializers.ListField(
        child=serializers.CharField(), help_text="Sentences: why it cannot be carried out as things are; empty: it can."
    )

    def row(self, links: Links, row: Proposal) -> dict[str, Any]:
        """Return one proposal; its view has put ``troubles`` beside it."""
        return super().row(links, row) | {"troubles": vars(row)["troubles"]}


class ChangeSetSerializer(RowSerializer):
    """Proposals about items of many lists, on their way to one decision."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    name = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(SetState.choices)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    closed_by = serializers.CharField(allow_null=True)
    appraised_by = serializers.CharField(allow_null=True)
    decision_number = serializers.CharField(allow_null=True)
    decision_date = serializers.DateField(allow_null=True)
    effective_from = serializers.DateField(allow_null=True)
    released_at = serializers.DateTimeField(allow_null=True)
    stopped_because = serializers.CharField(allow_blank=True, help_text="Why it came back or could not be released.")
    proposals = serializers.URLField(help_text="Those of its proposals that you may read.")

    def row(self, links: Links, row: ChangeSet) -> dict[str, Any]:
        """Return one set; it comes with its people and its decision."""
        decision = row.decision
        return {
            "id": row.pk, "url": links.change_set(row.pk), "name": row.name, "note": row.note, "state": row.state,
            "by": str(row.by), "at": row.at, "closed_by": _name(row.closed_by), "appraised_by": _name(row.appraised_by),
            "decision_number": decision.number if decision else None,
            "decision_date": decision.decision_date if decision else None,
            "effective_from": decision.effective_from if decision else None, "released_at": row.released_at,
            "stopped_because": row.stopped_because, "proposals": links.proposals_of(row.pk),
        }  # fmt: skip


def _name(person: Any) -> str | None:
    return str(person) if person else None


class ImpactSerializer(serializers.Serializer[Any]):
    """What the proposals of a set touch that were not refused, counted now."""

    catalogs = serializers.IntegerField()
    items = serializers.IntegerField()
    work = serializers.IntegerField(help_text="Pieces of running work.")
    evaluations = serializers.IntegerField(help_text="Evaluations of periods that are not locked.")


class ChangeSetDetailSerializer(ChangeSetSerializer):
    """A set with what it touches."""

    impact = ImpactSerializer()

    def row(self, links: Links, row: ChangeSet) -> dict[str, Any]:
        """Return one set; its view has put ``impact`` beside it."""
        return super().row(links, row) | {"impact": vars(vars(row)["impact"])}


class OpenSetSerializer(StrictSerializer):
    """A new set."""

    name = TextField(max_length=200)
    note = TextField(required=False, allow_blank=True, default="", max_length=LONGEST_REASON)


class ProposeSerializer(StrictSerializer):
    """What is to become of an item of the agency's last decided list, which stays as it is until a decision."""

    agency = serializers.CharField(max_length=32, help_text="Code of the agency whose list it is.")
    kind = serializers.ChoiceField(ProposalKind.choices)
    identity = serializers.UUIDField(required=False, help_text="Of the item; of a merge, of the one that stays.")
    merged = serializers.UUIDField(required=False, help_text="Of a merge: the item that goes into the other.")
    values = serializers.DictField(
        required=False, help_text="As for a single item, with `extra`: of a new item all, of another what changes."
    )
    reason = TextField(max_length=LONGEST_REASON, help_text="The agency and the appraisers read it.")


class AnswerSerializer(StrictSerializer):
    """What the agency says."""

    answer = serializers.ChoiceField(Answer.choices)
    words = TextField(
        required=False, allow_blank=True, default="", max_length=LONGEST_REASON,
        help_text="Needed where the agency disagrees.",
    )  # fmt: skip


class OutcomeSerializer(StrictSerializer):
    """What an appraiser says."""

    outcome = serializers.ChoiceField(Outcome.choices)
    reason = TextField(
        required=False, allow_blank=True, default="", max_length=LONGEST_REASON, help_text="Needed where it is refused."
    )


class WhySerializer(StrictSerializer):
    """Why it is done."""

    reason = TextField(max_length=LONGEST_REASON)


class GatherSerializer(StrictSerializer):
    """Proposals that stand in no set."""

    proposals = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=MOST_GATHERED
    )


class ReleaseAskedSerializer(StrictSerializer):
    """Whether what cannot be carried out is left out with its reason."""

    is_partial = serializers.BooleanField(required=False, default=False)

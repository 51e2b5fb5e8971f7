"""Alike works as JSON: what given texts are like, clusters, judgements, and what is sent about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import (
    AgencyReferenceSerializer,
    RowSerializer,
    StrictSerializer,
    VersionReferenceSerializer,
    decimal_field,
    text,
)
from api.v1.serializers.fields import TextField
from cms.curation.common import CommonItem
from cms.curation.enums import Verdict
from cms.curation.models import Cluster, WorkUse
from cms.curation.queue import ShownCluster, ShownText, reason_sentences
from cms.dedupe.likeness import Likeness

MOST_WORKS = 100
MOST_ALIKE = 20
LONGEST_NAME = 2000
LONGEST_REASON = 500
MOST_TEXTS = 1000
LISTS = ("own", "common", "other")


class ListedWorkSerializer(RowSerializer):
    """An item of a list in effect, or of one that is being appraised, and what it weighs."""

    identity = serializers.UUIDField(help_text="The same in every version that carries the item.")
    url = serializers.URLField()
    agency = AgencyReferenceSerializer()
    version = VersionReferenceSerializer()
    code = serializers.CharField()
    name = serializers.CharField()
    output = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    group = serializers.IntegerField()
    coefficient = decimal_field("Standard units in one unit of the item.")
    hours = decimal_field("Standard hours.", null=True)

    def row(self, links: Links, row: WorkUse) -> dict[str, Any]:
        """Return one item, from its use of a text."""
        return listed_work(links, row)


def listed_work(links: Links, use: WorkUse) -> dict[str, Any]:
    """Return the item that says a text."""
    item, agency, number = use.item, use.catalog.agency, use.version.number
    return {
        "identity": use.identity, "url": links.item(agency.code, number, use.identity),
        "agency": {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
        "version": {"number": number, "url": links.version(agency.code, number)},
        "code": item.code, "name": item.name, "output": item.output, "unit": item.unit, "group": item.group,
        "coefficient": text(item.coefficient), "hours": text(item.hours),
    }  # fmt: skip


class WorkSerializer(StrictSerializer):
    """A work that is asked about: the more is said of it, the surer the answer."""

    id = serializers.CharField(required=False, max_length=100, help_text="A text of your own; the result repeats it.")
    name = TextField(max_length=LONGEST_NAME)
    output = TextField(required=False, allow_blank=True, default="", max_length=LONGEST_NAME)
    unit = TextField(required=False, allow_blank=True, default="", max_length=500)
    group = serializers.IntegerField(required=False, min_value=1, max_value=100, help_text="Complexity group.")


class LikenessAskedSerializer(StrictSerializer):
    """Works that are asked about."""

    agency = serializers.CharField(
        required=False, max_length=32, help_text="Code of the agency whose list is told as `own`."
    )
    works = serializers.ListField(child=WorkSerializer(), min_length=1, max_length=MOST_WORKS)


class AlikeItemSerializer(ListedWorkSerializer):
    """An item in effect that is the same work."""

    list = serializers.ChoiceField(
        [(each, each) for each in LISTS], help_text="Whose: the named agency's own, the common list, others'."
    )  # fmt: skip
    score = decimal_field("How alike, from 0.8 to 1.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why, in sentences for people.")


class LikenessSerializer(serializers.Serializer[Any]):
    """What one work is like, the most alike first."""

    id = serializers.CharField(allow_null=True, help_text="As it was sent.")
    name = serializers.CharField()
    alike = AlikeItemSerializer(many=True, help_text=f"At most {MOST_ALIKE}.")
    more = serializers.IntegerField(help_text="How many more there are.")


class LikenessAnswerSerializer(serializers.Serializer[Any]):
    """What all works are like, in the order in which they were sent."""

    results = LikenessSerializer(many=True)


def likeness_of(links: Links, sent: dict[str, Any], found: list[tuple[WorkUse, Likeness]], own: str) -> dict[str, Any]:
    """Return what one work is like; ``own`` is the code of the agency whose list is its own."""
    alike = [
        {
            "list": _list_of(use, own), **listed_work(links, use), "score": f"{likeness.score:.4f}",
            "reasons": reason_sentences(likeness.reasons),
        }
        for use, likeness in found[:MOST_ALIKE]
    ]  # fmt: skip
    return {"id": sent.get("id"), "name": sent["name"], "alike": alike, "more": max(0, len(found) - MOST_ALIKE)}


def _list_of(use: WorkUse, own: str) -> str:
    if use.catalog.agency.code == own:
        return "own"
    return "common" if use.catalog.agency.is_root() else "other"


class ClusterSerializer(RowSerializer):
    """Works that are alike, to be judged together."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    names = serializers.ListField(child=serializers.CharField(), help_text="The first two.")
    texts = serializers.IntegerField(help_text="How many different texts there are.")
    agencies = serializers.IntegerField()
    pairs = serializers.IntegerField()
    open_pairs = serializers.IntegerField(help_text="Pairs that wait for a judgement; 0: nothing does.")
    score = decimal_field("Likeness of the most alike pair that waits.")
    edition = serializers.IntegerField(help_text="Send it with a judgement: what changed since is judged by nobody.")
    taken_by = serializers.CharField(allow_null=True, help_text="Who has it at the moment.")
    taken_at = serializers.DateTimeField(allow_null=True)

    def row(self, links: Links, row: Cluster) -> dict[str, Any]:
        """Return one cluster; its view has put ``names`` beside it."""
        held = row.is_held
        return {
            "id": row.pk, "url": links.cluster(row.pk), "names": vars(row)["names"], "texts": row.texts,
            "agencies": row.catalogs, "pairs": row.pairs, "open_pairs": row.open_pairs, "score": text(row.score),
            "edition": row.edition, "taken_by": str(row.taken_by) if held else None,
            "taken_at": row.taken_at if held else None,
        }  # fmt: skip


class JudgementSerializer(RowSerializer):
    """What somebody judged of alike works; it never changes, and is undone at most."""

    id = serializers.IntegerField()
    verdict = serializers.ChoiceField(Verdict.choices)
    reason = serializers.CharField(allow_blank=True)
    common = serializers.UUIDField(allow_null=True, help_text="Identity of the item of the common list.")
    names = serializers.ListField(child=serializers.CharField(), help_text="Of the first pair; one where both agree.")
    pairs = serializers.IntegerField(help_text="How many pairs were judged.")
    by = serializers.CharField()
    at = serializers.DateTimeField()
    undone_by = serializers.CharField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True, help_text="Null while it stands.")

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one judgement; its view has put ``names`` and ``pairs`` beside it."""
        return {
            "id": row.pk, "verdict": row.verdict, "reason": row.reason, "common": row.common,
            "names": vars(row)["names"], "pairs": row.pairs, "by": str(row.by), "at": row.at,
            "undone_by": str(row.undone_by) if row.undone_by else None, "undone_at": row.undone_at,
        }  # fmt: skip


class FormerJudgementSerializer(serializers.Serializer[Any]):
    """What was judged of what an item said before."""

    id = serializers.IntegerField()
    verdict = serializers.ChoiceField(Verdict.choices)
    reason = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()


class ClusterTextSerializer(serializers.Serializer[Any]):
    """One text of a cluster, and the items that say it now."""

    id = serializers.IntegerField(help_text="For `texts` of a judgement.")
    name = serializers.CharField()
    output = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    items = ListedWorkSerializer(many=True)
    more = serializers.IntegerField(help_text="How many more items say it.")
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text="Why it is like the earliest text that it is like."
    )
    judged_before = FormerJudgementSerializer(many=True)


class CommonChoiceSerializer(serializers.Serializer[Any]):
    """An item of the common list that the works may be."""

    identity = serializers.UUIDField(help_text="For `common` of a judgement.")
    code = serializers.CharField()
    name = serializers.CharField()
    coefficient = decimal_field("Standard units in one unit of the item.")
    is_in_force = serializers.BooleanField(help_text="Whether it holds today.")


class ClusterDetailSerializer(ClusterSerializer):
    """A cluster with a page of its texts side by side."""

    differ = serializers.ListField(
        child=serializers.ChoiceField([(each, each) for each in ("coefficient", "group", "hours")]),
        help_text="What is not the same in all items of the page.",
    )  # fmt: skip
    common_items = CommonChoiceSerializer(many=True, help_text="Items of the common list that are in the cluster.")
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    members = ClusterTextSerializer(many=True)

    def row(self, links: Links, row: Cluster) -> dict[str, Any]:
        """Return one cluster; its view has put ``names`` and ``shown`` beside it."""
        shown: ShownCluster = vars(row)["shown"]
        return super().row(links, row) | {
            "differ": sorted(shown.differ),
            "common_items": [_common(each) for each in shown.common],
            "page": shown.page.number, "pages": shown.page.paginator.num_pages,
            "members": [_member(links, each) for each in shown.texts],
        }  # fmt: skip


def _common(common: CommonItem) -> dict[str, Any]:
    item = common.item
    return {
        "identity": item.identity, "code": item.code, "name": item.name, "coefficient": text(item.coefficient),
        "is_in_force": common.is_in_force,
    }  # fmt: skip


def _member(links: Links, shown: ShownText) -> dict[str, Any]:
    row = shown.text
    former = [
        {"id": each.pk, "verdict": each.verdict, "reason": each.reason, "by": str(each.by), "at": each.at}
        for each in shown.former
    ]
    return {
        "id": row.pk, "name": row.name, "output": row.output, "unit": row.unit, "group": row.group,
        "items": [listed_work(links, use) for use in shown.uses], "more": shown.more, "reasons": shown.reasons,
        "judged_before": former,
    }  # fmt: skip


class TakeSerializer(StrictSerializer):
    """Who takes a cluster from somebody who has it says why."""

    because = TextField(
        required=False, allow_blank=True, default="", max_length=300, help_text="Needed where another editor has it."
    )


class JudgeSerializer(StrictSerializer):
    """A judgement over a cluster, or over some of its texts."""

    verdict = serializers.ChoiceField(Verdict.choices)
    edition = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="Of the cluster, as you read it.")
    texts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, max_length=MOST_TEXTS,
        help_text="Keys of the texts that are meant; left out or empty: the whole cluster. `different` of some means "
        "different from the others.",
    )  # fmt: skip
    common = serializers.UUIDField(
        required=False, help_text="For `common`: identity of the item of the common list, as in `common_items`."
    )
    reason = TextField(required=False, allow_blank=True, default="", max_length=LONGEST_REASON)

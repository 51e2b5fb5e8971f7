"""What stands on the screen of a cluster: its works side by side, with what was judged of them before."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.curation.common import CommonItem, common_list, in_common_list
from cms.curation.models import Cluster, CommonLink, JudgedPair, Judgement, LikePair, WorkText, WorkUse
from cms.curation.reach import reaches_province
from cms.dedupe.likeness import REASONS

TEXTS_A_PAGE = 50
# Of one text the lists of so many agencies are shown, and how many more there are.
MOST_USES = 12
MOST_COMMON = 5
_WORD = re.compile(r"(\w+)")


@dataclass(frozen=True)
class ShownText:
    """A text of a cluster as it is shown: its name with the words marked that the others have not, and who says it."""

    text: WorkText
    name: SafeString
    output: SafeString
    uses: list[WorkUse]
    more: int
    reasons: list[str]
    former: list[Judgement]


@dataclass(frozen=True)
class ShownCluster:
    """A page of a cluster; ``differ`` names what of coefficient, group and hours is not the same everywhere."""

    page: Page[WorkText]
    texts: list[ShownText]
    differ: frozenset[str]
    waiting: int
    # Items of the common list in the cluster, or found by words, to one of which the others may be linked.
    common: list[CommonItem]


def show_cluster(cluster: Cluster, user: Any, number: Any = 1, words: str = "") -> ShownCluster:
    """Return a page of what the person may see of a cluster: texts in the order in which they became known.

    ``words`` are those by which items of the common list are looked for outside the cluster.
    """
    pairs = LikePair.objects.within_reach(user).filter(one__cluster=cluster, other__cluster=cluster)
    page = Paginator(_texts(cluster, user), TEXTS_A_PAGE).get_page(number)
    texts = list(page.object_list)
    keys = [text.pk for text in texts]
    uses, counts = _uses(keys, user)
    common = common_offered(cluster, words)
    on_page = pairs.filter(Q(one__in=keys) | Q(other__in=keys), judgement=None, is_current=True).order_by(
        "one", "other"
    )
    reasons = _reasons(on_page[: TEXTS_A_PAGE * 10])
    former = former_judgements(keys)
    names, outputs = mark_apart([text.name for text in texts]), mark_apart([text.output for text in texts])
    shown = [
        ShownText(
            text, name, output, uses.get(text.pk, []), counts[text.pk] - len(uses.get(text.pk, [])),
            reasons.get(text.pk, []), _judgements_about(text.pk, former),
        )
        for text, name, output in zip(texts, names, outputs, strict=True)
    ]  # fmt: skip
    return ShownCluster(page, shown, _differing(uses.values()), pairs.waiting().count(), common)


def common_offered(cluster: Cluster, words: str = "") -> list[CommonItem]:
    """Return items of the common list that the works may be: those in the cluster, and those that hold the words."""
    said = WorkUse.objects.filter(text__cluster=cluster, catalog__agency__depth=1).values("identity")
    items = common_list().filter(identity__in=said).in_order()[:MOST_COMMON]
    found = common_list().search(words).in_order()[:MOST_COMMON] if words else []
    offered = {item.identity: item for item in (*items, *found)}
    return in_common_list(offered.values())


def members_of(commons: Collection[uuid.UUID], user: Any) -> dict[uuid.UUID, list[WorkUse]]:
    """Return the items that are linked to items of the common list, within the person's reach, as they stand now."""
    links = CommonLink.objects.standing().filter(common__in=commons)
    linked = {(link.catalog_id, link.identity): link.common for link in links}
    uses = WorkUse.objects.within_reach(user).filter(identity__in=[identity for _catalog, identity in linked])
    found: dict[uuid.UUID, dict[tuple[int, uuid.UUID], WorkUse]] = {}
    for use in uses.in_order():
        key = (use.catalog_id, use.identity)
        if key in linked:
            found.setdefault(linked[key], {}).setdefault(key, use)
    return {common: list(members.values()) for common, members in found.items()}


def first_names(clusters: Collection[int], user: Any) -> dict[int, list[str]]:
    """Return the first two names within the person's reach of each of these clusters."""
    place = Window(RowNumber(), partition_by="cluster", order_by="pk")
    names: dict[int, list[str]] = {}
    texts = _within_reach(WorkText.objects.filter(cluster__in=clusters), user)
    first = texts.annotate(place=place).filter(place__lte=2)
    for cluster, name in first.order_by("pk").values_list("cluster", "name"):
        names.setdefault(cluster or 0, []).append(name)
    return names


def names_judged(judgements: Collection[int], user: Any) -> dict[int, tuple[str, str]]:
    """Return the names of the first pair within reach that each of these judgements judged; one where both agree."""
    judged = JudgedPair.objects.filter(judgement__in=judgements)
    if not reaches_province(user):
        judged = judged.filter(pair__in=LikePair.objects.within_reach(user))
    first = judged.order_by().values("judgement").annotate(first=Min("pk"))
    pairs = JudgedPair.objects.filter(pk__in=[row["first"] for row in first])
    rows = pairs.values_list("judgement", "pair__one__name", "pair__other__name")
    return {judgement: (one, "" if one == other else other) for judgement, one, other in rows}


def _texts(cluster: Cluster, user: Any) -> QuerySet[WorkText]:
    return _within_reach(cluster.members.order_by("pk"), user)


def _within_reach(texts: QuerySet[WorkText], user: Any) -> QuerySet[WorkText]:
    if reaches_province(user):
        return texts
    return texts.filter(pk__in=WorkUse.objects.within_reach(user).values("text"))


def _uses(texts: Collection[int], user: Any) -> tuple[dict[int, list[WorkUse]], Counter[int]]:
    """Return the first uses of texts within the person's reach, and how many there are of each."""
    reach = WorkUse.objects.within_reach(user).filter(text__in=texts)
    counts = Counter(reach.order_by().values_list("text", flat=True))
    place = Window(RowNumber(), partition_by="text", order_by=["catalog__agency__path", "pk"])
    first = reach.annotate(place=place).filter(place__lte=MOST_USES).in_order()
    uses: dict[int, list[WorkUse]] = {}
    for use in first:
        uses.setdefault(use.text_id, []).append(use)
    return uses, counts


def _differing(uses: Iterable[list[WorkUse]]) -> frozenset[str]:
    """Return which of coefficient, group and hours are not the same in all that is shown."""
    items = [use.item for some in uses for use in some]
    return frozenset(
        name for name in ("coefficient", "group", "hours") if len({getattr(item, name) for item in items}) > 1
    )  # fmt: skip


def reason_sentences(reasons: Iterable[Sequence[str]]) -> list[str]:
    """Return the reasons of a likeness, [code, words], as sentences in the reader's language."""
    return [_(REASONS[code]) % {"words": said} if said else _(REASONS[code]) for code, said in reasons]


def _reasons(pairs: Iterable[LikePair]) -> dict[int, list[str]]:
    """Return, by the later text of each pair, why it is like the earliest that it is like."""
    found: dict[int, list[str]] = {}
    for pair in pairs:
        found.setdefault(pair.other_id, reason_sentences(pair.reasons))
    return found


def _judgements_about(text: int, former: dict[tuple[int, int], Judgement]) -> list[Judgement]:
    return list({judgement.pk: judgement for pair, judgement in former.items() if text in pair}.values())


def mark_apart(texts: Sequence[str]) -> list[SafeString]:
    """Return texts as HTML with the words marked that the first has not; in the first, those that another has not."""
    said = [{word.casefold() for word in _WORD.findall(text)} for text in texts]
    if not said:
        return []
    common = set.intersection(*said)
    return [_marked(texts[0], common), *(_marked(text, said[0]) for text in texts[1:])]


def _marked(text: str, known: set[str]) -> SafeString:
    return mark_safe("".join(_piece(piece, known) for piece in _WORD.split(text)))  # noqa: S308 - each piece is escaped


def _piece(piece: str, known: set[str]) -> SafeString:
    is_known = not _WORD.fullmatch(piece) or piece.casefold() in known
    return escape(piece) if is_known else format_html("<mark>{}</mark>", piece)


def former_judgements(texts: Collection[int]) -> dict[tuple[int, int], Judgement]:
    """Return what was judged of what items said before they said these texts, by the pair of texts said now."""
    formerly: dict[int, set[int]] = {}
    for now, before in WorkUse.objects.filter(text__in=texts, former__isnull=False).values_list("text", "former"):
        formerly.setdefault(before or 0, set()).add(now)
    either = [*formerly, *texts]
    known = LikePair.objects.filter(Q(one__in=formerly) | Q(other__in=formerly), one__in=either, other__in=either)
    found: dict[tuple[int, int], Judgement] = {}
    for pair in known.filter(judgement__isnull=False).select_related("judgement__by"):
        for one in formerly.get(pair.one_id, {pair.one_id}):
            for other in formerly.get(pair.other_id, {pair.other_id}):
                if pair.judgement is not None and (one, other) != (pair.one_id, pair.other_id):
                    found[min(one, other), max(one, other)] = pair.judgement
    return found

"""Judging alike works: once for ever, as far as the texts hold, and undone one by one."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.bulk import chunks
from cms.core.errors import DomainError, WrongState
from cms.curation import permissions
from cms.curation.actions.linking import end_links, link_items, require_common
from cms.curation.actions.regrouping import regroup
from cms.curation.actions.taking import held_by_other, locked
from cms.curation.enums import Verdict
from cms.curation.errors import ClusterChanged
from cms.curation.models import Cluster, JudgedPair, Judgement, LikePair, Vocabulary, WorkText
from cms.users.models import User

# So many names stand in the ledger's line.
_MOST_NAMES = 20


@transaction.atomic
def judge(
    *,
    by: User,
    cluster: Cluster,
    verdict: Verdict,
    edition: int,
    texts: Collection[int] = (),
    reason: str = "",
    common: uuid.UUID | None = None,
) -> Judgement:
    """Judge the works of a cluster, or of some of its texts (their keys), as far as they wait within one's reach.

    ``edition`` is the cluster's when it was looked at: ClusterChanged is raised if it was judged or changed since,
    HeldByOther while another editor has it. "Different" of some texts means different from the others of the cluster,
    of all texts each from each.
    """
    Vocabulary.locked()
    cluster = locked(by, cluster)
    if cluster.is_held_by_other(by):
        raise held_by_other(cluster)
    if cluster.edition != edition:
        raise ClusterChanged(_("This cluster was judged or changed while you looked at it. Look at it again."))
    if verdict == Verdict.COMMON:
        require_common(common)
    pairs = list(_pairs_meant(by, cluster, verdict, set(texts)))
    if not pairs:
        raise DomainError(_("Nothing here waits for a judgement. Choose at least two works."), code="nothing_waits")
    judgement = Judgement.objects.create(verdict=verdict, reason=reason.strip(), common=common, by=by)
    JudgedPair.objects.bulk_create([JudgedPair(judgement=judgement, pair=pair) for pair in pairs], batch_size=400)
    for some in chunks(pair.pk for pair in pairs):
        LikePair.objects.filter(pk__in=some).update(judgement=judgement)
    members = {text for pair in pairs for text in (pair.one_id, pair.other_id)}
    linked = link_items(by, judgement, members) if judgement.common else 0
    names = WorkText.objects.filter(pk__in=sorted(members)[:_MOST_NAMES]).order_by("pk").values_list("name", flat=True)
    record(
        by=by, action="cluster.judge", subject=judgement, label=str(cluster), reason=judgement.reason,
        after={"verdict": str(verdict), "pairs": len(pairs), "linked": linked, "names": list(names)},
    )  # fmt: skip
    regroup(members)
    return judgement


def _pairs_meant(by: User, cluster: Cluster, verdict: Verdict, texts: set[int]) -> Collection[LikePair]:
    pairs = LikePair.objects.within_reach(by).waiting().filter(one__cluster=cluster, other__cluster=cluster)
    found = list(pairs.only("pk", "one_id", "other_id"))
    if not texts or all({pair.one_id, pair.other_id} <= texts for pair in found):
        return found
    if verdict == Verdict.DIFFERENT:
        return [pair for pair in found if (pair.one_id in texts) != (pair.other_id in texts)]
    return [pair for pair in found if pair.one_id in texts and pair.other_id in texts]


@transaction.atomic
def undo(*, by: User, judgement: Judgement) -> Judgement:
    """Take a judgement back: what it judged waits again. Those made later stand as they are."""
    Vocabulary.locked()
    judgement = Judgement.objects.select_for_update().get(pk=judgement.pk)
    permissions.require(Judgement.objects.visible_to(by).filter(pk=judgement.pk).exists())
    if judgement.undone_at is not None:
        raise WrongState(_("This judgement has already been undone."))
    pairs = LikePair.objects.filter(judgement=judgement)
    members = {text for pair in pairs.values_list("one", "other") for text in pair}
    pairs.update(judgement=None)
    end_links(judgement)
    judgement.undone_at, judgement.undone_by = timezone.now(), by
    judgement.save(update_fields=["undone_at", "undone_by"])
    record(
        by=by, action="cluster.undo", subject=judgement,
        after={"verdict": judgement.verdict, "pairs": judgement.judged.count()},
    )  # fmt: skip
    regroup(members)
    return judgement

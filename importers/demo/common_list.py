"""The demo's common list: works that many lists have, promoted into it and decided with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from catalog_pages import actions as pages
from catalog_pages.models import AgencyCatalogPage
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation import actions
from cms.curation.enums import Verdict
from cms.curation.models import Cluster, LikePair, WorkUse
from cms.curation.offering import copied_values, usual_for
from cms.curation.promotion import free_code, province_version
from cms.users.models import User
from importers.demo.clock import Act

# Every other work that many lists have in words that leave no doubt; the others wait in the editors' queue.
_LEAST_CATALOGS, _MOST_TEXTS, _LEAST_SCORE = 10, 12, "0.94"
_REASON = "Cùng một công việc, chỉ khác cách viết; đưa vào Danh mục chung."
# Who writes, promotes, accepts and decides.
_CLERK, _EDITOR, _APPROVER, _CHAIRMAN = "can-bo-nhap", "tham-dinh", "tham-dinh-2", "chu-tich"
# An agency that is still writing, and takes over what others of its kind have.
_TAKES_OVER = "xa-088"


def acts(numbers: Iterator[int]) -> list[Act]:
    """Return what is done once the agencies' lists are decided; ``numbers`` are those of the decisions to come."""
    return [Act(5, 17, _promote_all), Act(4, 7, partial(_decide_list, numbers)), Act(4, 8, _take_over)]


def _promote_all() -> None:
    """Promote works that many lists have, each with all that is the same work."""
    for _catalog in actions.read_waiting():
        pass
    clusters = Cluster.objects.filter(catalogs__gte=_LEAST_CATALOGS, texts__lte=_MOST_TEXTS, open_pairs__gt=0)
    unclear = LikePair.objects.waiting().filter(score__lt=_LEAST_SCORE).values("one__cluster")
    editor = User.objects.get(username=_EDITOR)
    for cluster in list(clusters.exclude(pk__in=unclear).order_by("-catalogs", "pk"))[::2]:
        _promote(editor, cluster)


def _promote(editor: User, cluster: Cluster) -> None:
    """Make a common item of what most lists say; where the common list has the work, only link the others to it."""
    uses = list(
        WorkUse.objects.filter(text__cluster=cluster).select_related("item__version__catalog__agency").order_by("pk")
    )
    texts = {use.text_id for use in uses}
    common = next((use.item for use in uses if use.item.version.catalog.agency.is_root()), None)
    if common is not None:
        actions.judge(
            by=editor, cluster=cluster, verdict=Verdict.COMMON, edition=cluster.edition, texts=texts, reason=_REASON,
            common=common.identity,
        )  # fmt: skip
        return
    today = timezone.localdate()
    item = _usual([use.item for use in uses if use.item.version.holds_on(today)])
    version = province_version()
    values = copied_values(item, version) if version else item.content
    actions.promote(
        by=editor, item=item, values=values | {"code": free_code(version)}, reason=_REASON,
        alike=actions.AlikeTexts(cluster, cluster.edition, texts),
    )  # fmt: skip


def _usual(items: list[CatalogItem]) -> CatalogItem:
    """Return an item that is called and weighed as most of them are."""
    contents = Counter((item.name, item.coefficient) for item in items)
    usual = contents.most_common(1)[0][0]
    return next(item for item in items if (item.name, item.coefficient) == usual)


def _decide_list(numbers: Iterator[int]) -> None:
    """Have the province's version submitted, accepted by who promoted nothing, and decided with effect at once."""
    page = AgencyCatalogPage.objects.select_related("catalog__agency").get(catalog__agency__depth=1)
    pages.submit(by=User.objects.get(username=_CLERK), page=page)
    pages.accept(by=User.objects.get(username=_APPROVER), page=page)
    today = timezone.localdate()
    pages.decide(
        by=User.objects.get(username=_CHAIRMAN), page=page, decision_number=f"{next(numbers)}/QĐ-UBND",
        decision_date=today, effective_from=today,
    )  # fmt: skip


def _take_over() -> None:
    """Let an agency begin what it still writes with what others of its kind have."""
    version = CatalogVersion.objects.open().select_related("catalog__agency").get(catalog__agency__code=_TAKES_OVER)
    usual = usual_for(version.catalog.agency)
    actions.take_over(by=User.objects.get(username=_CLERK), version=version, commons=sorted(usual)[:5])

"""The demo's changes of coefficients: proposed to agencies, answered, and gathered into sets in every state."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.utils import timezone

from catalog_pages.change_sets.releasing import decide_set, release_set
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.changesets import actions
from cms.changesets.enums import Answer, Outcome
from cms.changesets.models import ChangeSet, Proposal
from cms.curation.common import members_in_force
from cms.organisations.enums import Block
from cms.users.models import User
from importers.demo.clock import Act
from importers.demo.evidence import PDF

_REASON = "Cùng một công việc thì cùng một hệ số theo Danh mục chung."
_REFUSAL = "Việc ở địa bàn rộng hơn, cần thêm thời gian đi lại; đề nghị giữ hệ số hiện hành."
_CLERK, _EDITOR, _APPROVER, _CHAIRMAN = "can-bo-nhap", "tham-dinh", "tham-dinh-2", "chu-tich"
# How many lists weigh a work otherwise that is taken for a conflict; what is released takes the smallest.
_FEWEST, _MOST = 2, 6
_DAYS_TO_COME = 30
# Its officers' work of the month is given by the list that it has had since the pilot.
_WORKS_BY_ITS_LIST = "so-tai-chinh"


def acts(numbers: Iterator[int]) -> list[Act]:
    """Return what is done once the common list is decided; ``numbers`` are those of the decisions to come."""
    return [Act(4, 9, partial(_propose_and_decide, numbers))]


def _propose_and_decide(numbers: Iterator[int]) -> None:
    conflicts = _conflicts()
    released = _decided("Thống nhất hệ số, đợt 1", next(conflicts), number=next(numbers), days=0)
    release_set(change_set=released)
    _decided("Thống nhất hệ số, đợt 2", next(conflicts), number=next(numbers), days=_DAYS_TO_COME)
    _appraised("Thống nhất hệ số, đợt 3", next(conflicts))
    _closed("Thống nhất hệ số, đợt 4", next(conflicts))
    proposals = _proposed(next(conflicts))
    _answer(proposals[0], Answer.AGREES)
    _answer(proposals[1], Answer.DISAGREES, _REFUSAL)
    _gathered("Thống nhất hệ số, đợt 5", proposals)
    _proposed(next(conflicts))


# A common item, and the items of agencies that weigh it otherwise.
Conflict = tuple[CatalogItem, list[CatalogItem]]


def _conflicts() -> Iterator[Conflict]:
    """Yield works of the common list that some lists weigh otherwise, those with the fewest of them first."""
    common = CatalogItem.objects.filter(
        version__in=CatalogVersion.objects.effective_on().filter(catalog__agency__depth=1)
    )
    by_identity = {item.identity: item for item in common}
    open_catalogs = set(CatalogVersion.objects.open().values_list("catalog", flat=True))
    found = []
    for identity, members in members_in_force(by_identity).items():
        item = by_identity[identity]
        others = [each for each in members if each.coefficient != item.coefficient and _can_change(each, open_catalogs)]
        if _FEWEST <= len(others) <= _MOST:
            found.append((item, others))
    yield from sorted(found, key=lambda conflict: (len(conflict[1]), conflict[0].position))


def _can_change(item: CatalogItem, open_catalogs: set[int]) -> bool:
    agency = item.version.catalog.agency
    is_free = agency.code != _WORKS_BY_ITS_LIST and item.version.catalog_id not in open_catalogs
    return is_free and agency.block == Block.GOVERNMENT


def _proposed(conflict: Conflict) -> list[Proposal]:
    item, others = conflict
    return actions.propose_one_coefficient(
        by=_user(_EDITOR), items=others, coefficient=item.coefficient, reason=_REASON
    )  # fmt: skip


def _answer(proposal: Proposal, answer: Answer, words: str = "") -> None:
    actions.answer_proposal(by=_user(_CLERK), proposal=proposal, answer=answer, words=words)


def _gathered(name: str, proposals: list[Proposal]) -> ChangeSet:
    editor = _user(_EDITOR)
    change_set = actions.open_set(by=editor, name=name)
    actions.gather(by=editor, change_set=change_set, proposals=proposals)
    return change_set


def _closed(name: str, conflict: Conflict) -> ChangeSet:
    return actions.close_set(by=_user(_EDITOR), change_set=_gathered(name, _proposed(conflict)))


def _appraised(name: str, conflict: Conflict) -> ChangeSet:
    change_set, approver = _closed(name, conflict), _user(_APPROVER)
    for proposal in change_set.proposals.all():
        actions.judge_proposal(by=approver, proposal=proposal, outcome=Outcome.ACCEPTED)
    return actions.finish_appraisal(by=approver, change_set=change_set)


def _decided(name: str, conflict: Conflict, *, number: int, days: int) -> ChangeSet:
    today = timezone.localdate()
    return decide_set(
        by=_user(_CHAIRMAN), change_set=_appraised(name, conflict),
        file=ContentFile(PDF, name=f"Quyết định {number}.pdf"), number=f"{number}/QĐ-UBND", decision_date=today,
        signer="Chủ tịch UBND tỉnh", effective_from=today + datetime.timedelta(days=days),
    )  # fmt: skip


def _user(username: str) -> User:
    """Return an account afresh: what it may do is read once an object."""
    return User.objects.get(username=username)

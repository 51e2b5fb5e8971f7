"""Change sets for the browser to look at: one that takes proposals, one that is being appraised."""

from __future__ import annotations

import uuid

from cms.catalogs.models import CatalogVersion
from cms.changesets import actions
from cms.changesets.enums import ProposalKind, SetState
from cms.changesets.models import ChangeSet, Proposal
from cms.users.models import User

_SETS = "/admin/change-sets/"


def _proposal(version: CatalogVersion, by: User, change_set: ChangeSet | None = None) -> Proposal:
    key = uuid.uuid4()
    return Proposal.objects.create(
        catalog=version.catalog, kind=ProposalKind.NEW, identity=key, code=f"M.{key.hex[:4]}", name="Trực tổng đài",
        reason="Việc mới phát sinh", contents={"name": "Trực tổng đài", "coefficient": "1.5"}, by=by,
        change_set=change_set,
    )  # fmt: skip


def of_gatherers(version: CatalogVersion, by: User) -> list[str]:
    """Return the screens of an open set, with a proposal in it and one that may be put in."""
    change_set = actions.open_set(by=by, name="Bộ thay đổi quý I", note="Thống nhất hệ số")
    _proposal(version, by)
    taken = _proposal(version, by, change_set)
    one = f"{_SETS}{change_set.pk}/"
    return [_SETS, f"{_SETS}add/", one, f"{one}gather/", f"{_SETS}proposals/{taken.pk}/take-out/"]


def of_appraisers(version: CatalogVersion, by: User) -> list[str]:
    """Return the screens of a closed set of somebody, in which one proposal was refused."""
    change_set = ChangeSet.objects.create(name="Bộ thay đổi quý II", by=by, closed_by=by, state=SetState.CLOSED)
    waiting, refused = (_proposal(version, by, change_set) for _number in range(2))
    Proposal.objects.filter(pk=refused.pk).update(outcome="refused", outcome_reason="Trùng việc", judged_by=by)
    one, proposals = f"{_SETS}{change_set.pk}/", f"{_SETS}proposals/"
    return [
        f"{_SETS}conflicts/", proposals, f"{proposals}?agency=khong-co", _SETS, f"{proposals}add/", one,
        f"{one}reopen/", f"{proposals}{waiting.pk}/", f"{proposals}{waiting.pk}/appraise/",
        f"{proposals}{refused.pk}/again/",
    ]  # fmt: skip

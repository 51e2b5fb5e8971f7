"""The demo's authority tables: the shipped ones, issued by each block's body since before its officers were posted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone

from cms.organisations.actions import DelegationValues, delegate, issue_authority_table, load_shipped_authority
from cms.organisations.enums import Block, DelegationKind, PostingRole
from cms.organisations.models import Delegation, Officer

# The number of each block's decision.
_DECISIONS = {
    Block.GOVERNMENT: "15/QĐ-UBND",
    Block.PARTY: "28-QĐ/TU",
    Block.FRONT: "06/QĐ-MTTQ-BTT",
    Block.MASS: "07/QĐ-MTTQ-BTT",
}
# Whose head is managed by whose, and by which decision.
_NAMED = (("tinh-doan", "mttq", "Quyết định 31-QĐ/TU"), ("vp-tinh-uy", "ban-to-chuc", "Quyết định 32-QĐ/TU"))


def load() -> Iterator[str]:
    """Load and issue the shipped table of each block that has none; yield a line for each."""
    first = datetime.date(timezone.localdate().year - 1, 7, 1)
    for block, number in _DECISIONS.items():
        table = load_shipped_authority(by=None, block=block)
        if table is not None:
            issue_authority_table(by=None, table=table, effective_from=first, decision_number=number)
            yield f"Bảng thẩm quyền: {table}"
    for agency, manager, reason in _NAMED:
        _name_manager(agency, manager, reason)


def _name_manager(agency: str, manager: str, reason: str) -> None:
    """Name the head of one agency as manager of another's, whom no agency of their own block stands above.

    The heads of the Party's organisation board and of the Front are left: holes, listed to be mended by a decision.
    """
    head = _head(agency)
    if not Delegation.objects.filter(from_officer=head).exists():
        values = DelegationValues(
            kind=DelegationKind.NAMED, valid_from=timezone.localdate(), reason=reason, from_officer=head,
            to_officer=_head(manager),
        )  # fmt: skip
        delegate(by=None, values=values)


def _head(agency: str) -> Officer:
    return Officer.objects.get(postings__agency__code=agency, postings__role=PostingRole.HEAD)

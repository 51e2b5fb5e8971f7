"""Who may do what with a catalog version: the one place where the matrix of roles becomes code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.catalogs.enums import AGENCY_EDITABLE, VersionState
from cms.catalogs.errors import OwnWork
from cms.catalogs.models import Catalog, CatalogVersion, ExtraColumn
from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.organisations.enums import Block
from cms.users.enums import APPRAISING_ROLES, SENDING_AGENCY_ROLES, WRITING_AGENCY_ROLES, Role


def can_write(user: Any, catalog: Catalog) -> bool:
    """Return whether the person writes this catalog's drafts: the agency's own, or an editor on its behalf."""
    access = access_for(user)
    return access.over(catalog.agency, Role.EDITOR) or access.acts_for(catalog.agency, *SENDING_AGENCY_ROLES)


def can_edit(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person may change the items now: the agency before it submits, the editor while appraising."""
    if version.state in AGENCY_EDITABLE:
        return can_write(user, version.catalog)
    return version.state == VersionState.SUBMITTED and access_for(user).over(version.catalog.agency, Role.EDITOR)


def can_submit(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person may submit: the agency's own people, never an editor for them."""
    acts = access_for(user).acts_for(version.catalog.agency, *WRITING_AGENCY_ROLES)
    return version.state in AGENCY_EDITABLE and acts


def can_submit_changes(user: Any, version: CatalogVersion) -> bool:
    """Return whether an editor hands on, for the agency, the draft of a decided change set that nobody else started."""
    is_own_draft = version.state == VersionState.DRAFT and version.created_by_id == user.pk
    return is_own_draft and access_for(user).over(version.catalog.agency, Role.EDITOR)


def can_appraise(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person may leave notes, return or accept the version now."""
    appraises = access_for(user).over(version.catalog.agency, *APPRAISING_ROLES)
    return version.state == VersionState.SUBMITTED and appraises


def can_decide(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person may enter the Chairman's decision, or send the version back, now."""
    decides = access_for(user).over(version.catalog.agency, Role.PROVINCIAL_APPROVER)
    return version.state == VersionState.APPRAISED and decides and not version.opinions.pending().exists()


def can_give_opinion(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person holds the role whose opinion the version waits for now."""
    return version.state == VersionState.APPRAISED and version.opinions.asked_of(user).exists()


def can_keep_steps(user: Any) -> bool:
    """Return whether the person keeps the steps of blocks before the decision."""
    return access_for(user).has(Role.TECHNICAL_ADMIN)


def can_withdraw(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person submitted the version and may still take it back."""
    return version.state == VersionState.SUBMITTED and version.submitted_by_id == user.pk


def can_remark(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person may leave notes on the version, or send it back, now."""
    return can_appraise(user, version) or can_decide(user, version) or can_give_opinion(user, version)


def can_read_at_desk(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person reads the version at the desk of those who appraise and decide, whatever its state."""
    return access_for(user).over(version.catalog.agency, *APPRAISING_ROLES, Role.PROVINCIAL_APPROVER)


def can_share_out(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person appraises the version's agency, and so gives and takes who reads its lists."""
    return access_for(user).over(version.catalog.agency, *APPRAISING_ROLES)


def can_see_board(user: Any) -> bool:
    """Return whether the person follows agencies of others at all."""
    return access_for(user).holds(*APPRAISING_ROLES, Role.PROVINCIAL_APPROVER)


def can_enter_decisions(user: Any) -> bool:
    """Return whether the person enters decisions for the lists of any agency."""
    return access_for(user).holds(Role.PROVINCIAL_APPROVER)


def can_discard(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person may take the draft away: nobody but its writers has ever had to look at it."""
    untouched = version.state == VersionState.DRAFT and version.submitted_at is None
    return untouched and can_write(user, version.catalog)


def can_keep_round(user: Any, block: str) -> bool:
    """Return whether the person adds and changes rounds of a block, or without a block those of the province."""
    return access_for(user).covers("", block, Role.EDITOR)


def blocks_with_rounds_kept_by(user: Any) -> list[str]:
    """Return the blocks whose rounds the person keeps; the empty text stands for rounds that are of no block."""
    return [block for block in ("", *Block.values) if can_keep_round(user, block)]


def may_confirm_columns(user: Any) -> bool:
    """Return whether changes of added columns that wait are confirmed by this person: an approver of Sở Nội vụ."""
    return access_for(user).has(Role.APPROVER)


def can_confirm_column(user: Any, column: ExtraColumn) -> bool:
    """Return whether the person may be the second one for what is proposed of a column."""
    return may_confirm_columns(user) and column.proposed_by_id != user.pk


def can_drop_proposal(user: Any, column: ExtraColumn) -> bool:
    """Return whether the person may refuse what is proposed of a column, or take their own proposal back."""
    return may_confirm_columns(user) or column.proposed_by_id == user.pk


def is_own_work(user: Any, version: CatalogVersion) -> bool:
    """Return whether the person submitted the version or wrote any of it."""
    return version.submitted_by_id == user.pk or version.writers.filter(pk=user.pk).exists()


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(
            _("Your role does not allow this, or the version is no longer in a state in which it can be done.")
        )


def require_round(user: Any, block: str) -> None:
    """Refuse to let a person add or change a round for whose agencies they keep none."""
    if not can_keep_round(user, block):
        raise NotAllowed(_("Your role does not allow keeping rounds for these agencies."))


def require_not_own_work(user: Any, version: CatalogVersion) -> None:
    """Refuse to let a person approve what they submitted or edited (security rule 2)."""
    if is_own_work(user, version):
        raise OwnWork(_("You submitted or edited this version, so somebody else has to approve it."))

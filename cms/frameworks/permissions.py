"""Who may do what with a framework (security matrix: snippets of own groups; the approver's task)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, Role


def can_enter(user: Any) -> bool:
    """Return whether the person has any framework to work on: Sở Nội vụ, or the head of an agency."""
    return access_for(user).has(*APPRAISING_ROLES, Role.AGENCY_HEAD)


def can_add(user: Any) -> bool:
    """Return whether the person may add a framework of the province."""
    return access_for(user).has(Role.EDITOR)


def can_specialise(user: Any, agency: Agency) -> bool:
    """Return whether the person may make an agency's own framework: its head, or an editor on its behalf."""
    access = access_for(user)
    return access.has(Role.EDITOR) or access.acts_for(agency, Role.AGENCY_HEAD)


def can_read(user: Any, framework: CriteriaFramework) -> bool:
    """Return whether the person may open the draft."""
    access = access_for(user)
    if access.reads_province:
        return True
    return framework.agency is not None and access.acts_for(framework.agency, Role.AGENCY_HEAD)


def can_change(user: Any, framework: CriteriaFramework) -> bool:
    """Return whether the person may write the draft: an editor, or the head of the agency whose framework it is."""
    if framework.agency is None:
        return can_add(user)
    return can_specialise(user, framework.agency)


def can_choose_contract_staff(user: Any, agency: Agency) -> bool:
    """Return whether the person may say whether the agency's contract staff are judged: its head."""
    return access_for(user).acts_for(agency, Role.AGENCY_HEAD)


def can_issue(user: Any) -> bool:
    """Return whether the person records the People's Committee's decisions."""
    return access_for(user).has(Role.PROVINCIAL_APPROVER)


def can_see_issuing(user: Any) -> bool:
    """Return whether the person reads which versions wait for a decision."""
    return can_issue(user) or access_for(user).reads_province


def require_uninvolved(user: Any, version: FrameworkVersion) -> None:
    """Refuse whoever wrote or published the version: a second person issues it."""
    if user.pk == version.published_by_id or user.pk in _writers_of_version(version):
        raise NotAllowed(_("You wrote or published this version, so somebody else records its decision."))


def can_review(user: Any) -> bool:
    """Return whether drafts that wait for approval wait for this person."""
    return access_for(user).has(Role.APPROVER)


def can_publish(user: Any, framework: CriteriaFramework) -> bool:
    """Return whether the person may approve the draft: an approver of Sở Nội vụ who wrote none of it."""
    return can_review(user) and not is_own_work(user, framework)


def can_confirm(user: Any, version: FrameworkVersion) -> bool:
    """Return whether the person may say that an agency's version goes on beside a later base: who wrote none of it."""
    return can_review(user) and user.pk not in _writers_of_version(version)


def is_own_work(user: Any, framework: CriteriaFramework) -> bool:
    """Return whether the person wrote any of the draft since the last version (security rule 2)."""
    return user.pk in framework.writers()


def _writers_of_version(version: FrameworkVersion) -> set[int]:
    """Return the keys of those who wrote the framework between the version before and this one."""
    framework = version.framework
    written = framework.revisions.filter(user__isnull=False, created_at__lte=version.published_at)
    before = framework.versions.filter(number__lt=version.number).order_by("-number").first()
    return set(
        (written.filter(created_at__gt=before.published_at) if before else written).values_list("user", flat=True)
    )


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow this."))

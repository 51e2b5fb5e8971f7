"""Who asks, reads and answers questions, and who keeps their topics."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import NotAllowed
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Membership
from cms.questions.models import Question
from cms.users.enums import APPRAISING_ROLES, CONTENT_ROLES, WRITING_AGENCY_ROLES


def can_see_questions(user: Any) -> bool:
    """Return whether the person may have questions to read: everybody with a part in catalogs and evaluation."""
    return access_for(user).holds(*CONTENT_ROLES)


def can_ask_any(user: Any) -> bool:
    """Return whether the person asks for some agency."""
    return access_for(user).has(*WRITING_AGENCY_ROLES)


def agencies_asked_for(user: Any) -> AgencyQuerySet:
    """Return the agencies for which the person asks."""
    access = access_for(user)
    own = (access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES)
    return Agency.objects.within(frozenset().union(*own)).active()


def can_ask_for(user: Any, agency: Agency) -> bool:
    """Return whether the person asks for this agency."""
    return access_for(user).acts_for(agency, *WRITING_AGENCY_ROLES)


def can_answer_any(user: Any) -> bool:
    """Return whether the person answers questions of any agency."""
    return access_for(user).holds(*APPRAISING_ROLES)


def can_answer(user: Any, question: Question) -> bool:
    """Return whether the person appraises the agency that asks, and so answers it."""
    return access_for(user).over(question.agency, *APPRAISING_ROLES)


def can_keep_topics(user: Any) -> bool:
    """Return whether the person keeps the topics: who appraises the whole province."""
    return access_for(user).has(*APPRAISING_ROLES)


def answering(agency: Agency) -> set[int]:
    """Return the accounts (keys) of those who answer an agency."""
    held = Membership.objects.active().over(agency).filter(role__in=APPRAISING_ROLES, user__is_active=True)
    return set(held.values_list("user", flat=True))


def require(allowed: bool) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allowed:
        raise NotAllowed(_("Your role does not allow this."))

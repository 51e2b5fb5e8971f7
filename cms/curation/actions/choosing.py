"""The province's choice: a common list, or lists of each agency alone."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError, WrongState
from cms.curation import permissions
from cms.curation.models import Vocabulary
from cms.users.models import User


@transaction.atomic
def choose_lists(*, by: User, per_agency: bool, reason: str) -> None:
    """Keep lists of each agency alone, or a common list again; links stay as they are and serve comparison."""
    permissions.require(permissions.can_choose_lists(by))
    vocabulary = Vocabulary.locked()
    if vocabulary.per_agency == per_agency:
        raise WrongState(_("This is what the province does already."))
    if not reason.strip():
        raise DomainError(_("Write by which plan or decision."), code="reason_required")
    vocabulary.per_agency = per_agency
    vocabulary.save(update_fields=["per_agency"])
    record(
        by=by, action="common.choose", subject=vocabulary, label=str(_("Common list")), reason=reason.strip(),
        before={"per_agency": not per_agency}, after={"per_agency": per_agency},
    )  # fmt: skip

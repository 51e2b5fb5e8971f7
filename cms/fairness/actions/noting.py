"""A finding becomes a note of the appraisal."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import ItemRemark
from cms.core.errors import WrongState
from cms.fairness.models import FairnessFinding
from cms.users.models import User


def leave_finding_note(*, by: User, finding: FairnessFinding) -> ItemRemark:
    """Leave what was found as a note on its item, or on the version where it is about the whole list.

    Raises what leaving a note raises, and WrongState where the same was noted already and is still open.
    """
    words = finding.sentence
    open_notes = finding.version.remarks.open_notes().filter(item_id=finding.item_id, text=words)
    if open_notes.exists():
        raise WrongState(_("This was noted already."))
    return catalog_actions.leave_note(by=by, version=finding.version, item=finding.item, text=words)

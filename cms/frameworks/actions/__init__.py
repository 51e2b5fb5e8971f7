"""Every write to frameworks."""

from cms.frameworks.actions.contract_staff import choose_contract_staff
from cms.frameworks.actions.drafting import copy, import_definition, load_shipped, note_brought_back, specialise
from cms.frameworks.actions.following import confirm_beside_base, follow_base, set_confirm_by
from cms.frameworks.actions.issuing import issue_version
from cms.frameworks.actions.publishing import (
    confirm_backdating,
    freeze,
    give_up_schedule,
    problems_of,
    publish_revision,
    require_confirmed,
    require_publishable,
    require_winners,
)
from cms.frameworks.actions.sources import confirm_sources

__all__ = [
    "choose_contract_staff",
    "confirm_backdating",
    "confirm_beside_base",
    "confirm_sources",
    "copy",
    "follow_base",
    "freeze",
    "give_up_schedule",
    "import_definition",
    "issue_version",
    "load_shipped",
    "note_brought_back",
    "problems_of",
    "publish_revision",
    "require_confirmed",
    "require_publishable",
    "require_winners",
    "set_confirm_by",
    "specialise",
]

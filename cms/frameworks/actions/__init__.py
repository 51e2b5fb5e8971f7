"""Every write to frameworks."""

from cms.frameworks.actions.drafting import copy, import_definition, load_shipped, note_brought_back, specialise
from cms.frameworks.actions.publishing import (
    confirm_backdating,
    freeze,
    give_up_schedule,
    problems_of,
    require_confirmed,
    require_publishable,
)
from cms.frameworks.actions.sources import confirm_sources

__all__ = [
    "confirm_backdating",
    "confirm_sources",
    "copy",
    "freeze",
    "give_up_schedule",
    "import_definition",
    "load_shipped",
    "note_brought_back",
    "problems_of",
    "require_confirmed",
    "require_publishable",
    "specialise",
]

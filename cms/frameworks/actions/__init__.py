"""Every write to frameworks."""

from cms.frameworks.actions.drafting import copy, import_definition, load_shipped, note_brought_back, specialise
from cms.frameworks.actions.publishing import freeze, give_up_schedule, problems_of, require_publishable

__all__ = [
    "copy",
    "freeze",
    "give_up_schedule",
    "import_definition",
    "load_shipped",
    "note_brought_back",
    "problems_of",
    "require_publishable",
    "specialise",
]

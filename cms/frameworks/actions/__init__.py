"""Every write to frameworks."""

from cms.frameworks.actions.drafting import copy, import_definition, load_shipped, specialise
from cms.frameworks.actions.publishing import freeze, problems_of, require_publishable

__all__ = ["copy", "freeze", "import_definition", "load_shipped", "problems_of", "require_publishable", "specialise"]

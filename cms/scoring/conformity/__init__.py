"""Where a framework departs from the decree: meant or not, it is said, with the article and both sides.

The decree is what the shipped definitions say (``nd335``, for organisations ``nd335-to-chuc``), as data, and only where
the decree itself says something: what it leaves open is a choice and no departure. Stricter is told as much as laxer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cms.scoring import shipped
from cms.scoring.conformity.classification import caps, disqualifiers, levels
from cms.scoring.conformity.departure import Departure
from cms.scoring.conformity.formula import formula, marks
from cms.scoring.conformity.sections import groups, sections
from cms.scoring.conformity.settings import own_work_rules, procedure, work, year
from cms.scoring.conformity.words import ARTICLES
from cms.scoring.definition import Definition
from cms.scoring.definition.words import ORGANISATION, STAFF

__all__ = ["Departure", "departures", "is_bound"]

_Check = Callable[[Definition, Definition], Iterator[Departure]]
_OFFICERS: tuple[_Check, ...] = (
    sections, groups, work, own_work_rules, marks, formula, year, procedure, levels, disqualifiers, caps,
)  # fmt: skip
# The decree leaves the rest of an organisation's framework to the provinces.
_ORGANISATIONS: tuple[_Check, ...] = (sections, procedure, levels, disqualifiers)


def is_bound(definition: Definition) -> bool:
    """Say whether the decree is about those whom the framework judges: agencies, or civil servants among others."""
    categories = definition.applies_to.categories
    return definition.subject == ORGANISATION or not categories or "civil_servant" in categories


def departures(definition: Definition) -> list[Departure]:
    """Return where a definition departs from the decree, in the order of the articles; nothing where it is not bound.

    The definition need not make sense: it may be a draft.
    """
    if not is_bound(definition):
        return []
    is_organisation = definition.subject == ORGANISATION
    decree = shipped.load(shipped.default_for(ORGANISATION if is_organisation else STAFF))
    checks = _ORGANISATIONS if is_organisation else _OFFICERS
    found = (each for check in checks for each in check(definition, decree))
    return sorted(found, key=lambda each: ARTICLES.index(each.article))

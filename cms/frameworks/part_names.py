"""What the scores are called that conditions may ask for: of sections and criteria, in points or percent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.scoring.definition import Definition
from cms.scoring.definition.scores import CRITERION, PERCENT, POINTS, SECTION


def score_names(definition: Definition) -> dict[str, str]:
    """Return the names of scores by the name of their figure; parts of a draft that cannot be read are left out."""
    names = {}
    for kind, part in _parts(definition):
        points = _("Points of “%(title)s”") % {"title": part.title or part.code}
        names[f"{kind}:{part.code}:{POINTS}"] = points
        names[f"{kind}:{part.code}:{PERCENT}"] = _("%(points)s (%% of the maximum)") % {"points": points}
    return names


def _parts(definition: Definition) -> Iterator[tuple[str, Any]]:
    for section in definition.sections or ():
        if section:
            yield SECTION, section
            yield from ((CRITERION, each) for each in _criteria(section.criteria))


def _criteria(criteria: Any) -> Iterator[Any]:
    for each in criteria or ():
        if each:
            yield each
            yield from _criteria(each.criteria)

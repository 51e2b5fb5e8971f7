"""Criteria frameworks, as the search over everything finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.frameworks import permissions
from cms.frameworks.models import CriteriaFramework, FrameworkQuerySet
from cms.organisations.finder import Hit, SearchKind
from cms.organisations.models import Agency


def _find(user: Any, text: str, agency: Agency | None) -> FrameworkQuerySet:
    found = CriteriaFramework.objects.worked_on_by(user).search(text).order_by("name", "code")
    return found.filter(agency__path__startswith=agency.path) if agency else found


def _show(frameworks: FrameworkQuerySet) -> Iterator[tuple[CriteriaFramework, Hit]]:
    """Lead to the versions, which everybody may read who may open the draft at all."""
    for framework in frameworks.select_related("agency").only("name", "code", "agency__name"):
        agency = framework.agency.name if framework.agency else ""
        yield (
            framework,
            Hit(framework.name, reverse("frameworks:versions", args=[framework.pk]), framework.code, agency),
        )


def frameworks() -> SearchKind:
    """Return the frameworks whose drafts the person may open."""
    return SearchKind("frameworks", _("Criteria frameworks"), 400, permissions.can_enter, _find, _show)

"""Published frameworks for tests, made the short way: what publishing itself does is tested where it lives."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms.frameworks import conversion
from cms.frameworks.actions import freeze
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.scoring import shipped
from cms.scoring.definition import read_definition, write_definition


def draft_of(shipped_code: str = "nd335", /, **changes: Any) -> CriteriaFramework:
    """Return a saved draft that says what a shipped framework says; changes are keys of the definition."""
    data = write_definition(shipped.load(shipped_code)) | {"effective_from": "2026-01-01"} | changes
    framework = CriteriaFramework(live=False, has_unpublished_changes=True)
    conversion.fill(framework, data)
    framework.save()
    framework.save_revision()
    return framework


def version_of(framework: CriteriaFramework, **changes: Any) -> FrameworkVersion:
    """Freeze what the draft says, past the gate that publishing is."""
    definition, problems = read_definition(conversion.definition_data(framework) | changes)
    assert definition is not None, problems
    version = freeze(framework, definition, by=None)
    CriteriaFramework.objects.filter(pk=framework.pk).update(live=True, first_published_at=timezone.now())
    return version


def published(shipped_code: str = "nd335", /, **changes: Any) -> FrameworkVersion:
    """Return the first version of a framework that says what a shipped one says."""
    return version_of(draft_of(shipped_code, **changes))

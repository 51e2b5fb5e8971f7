"""Published frameworks for tests, made the short way: what publishing itself does is tested where it lives."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms.frameworks import conversion
from cms.frameworks.actions import freeze, issuing, trying
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, SourceConfirmation, Trial
from cms.frameworks.sources import digest_of, sources_of
from cms.frameworks.trials.coverage import groups_named
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.definition import Definition, read_definition, write_definition

# Rules of work that take points off by days late.
BY_DAYS = {
    "late_counted": {"value": "days", "citation": "Kế hoạch của tỉnh, mục II"},
    "late_bands": [
        {"from_days": "1", "points_off": "5"},
        {"from_days": "4", "points_off": "10"},
        {"from_days": "8", "points_off": "25"},
    ],
}


def draft_of(shipped_code: str = "nd335", /, **changes: Any) -> CriteriaFramework:
    """Return a saved draft that says what a shipped framework says, from today; changes are keys of the definition."""
    today = timezone.localdate().isoformat()
    data = write_definition(shipped.load(shipped_code)) | {"effective_from": today} | changes
    framework = CriteriaFramework(live=False, has_unpublished_changes=True)
    conversion.fill(framework, data)
    framework.save()
    framework.save_revision()
    confirm_sources(data)
    return framework


def confirm_sources(data: dict[str, Any]) -> None:
    """Confirm every source of a definition, as if editors had compared them all."""
    SourceConfirmation.objects.bulk_create(
        SourceConfirmation(text=each.text, digest=digest_of(each.text), compared_with="Bản đã ban hành")
        for each in sources_of(data).waiting
    )


def version_of(framework: CriteriaFramework, **changes: Any) -> FrameworkVersion:
    """Freeze what the draft says, past the gate that publishing is."""
    definition, problems = read_definition(conversion.definition_data(framework) | changes)
    assert definition is not None, problems
    version = freeze(framework, definition, by=None)
    issued(version)
    CriteriaFramework.objects.filter(pk=framework.pk).update(live=True, first_published_at=timezone.now())
    return version


def issued(version: FrameworkVersion) -> None:
    """Record a decision that issues the version, unless it is an agency's own or has one."""
    if version.framework.agency_id is None and not hasattr(version, "decision"):
        day = version.effective_from
        issuing.write_decision(
            by=None, version=version, number="12/QĐ-UBND", signed_on=day, signer="Chủ tịch", effective_from=day
        )


def published(shipped_code: str = "nd335", /, **changes: Any) -> FrameworkVersion:
    """Return the first version of a framework that says what a shipped one says, in effect from the start of 2026."""
    return version_of(draft_of(shipped_code, **{"effective_from": "2026-01-01"} | changes))


def written(framework: CriteriaFramework, by: Any, **changes: Any) -> CriteriaFramework:
    """Save a next draft as this person's, with other keys of the definition."""
    draft = framework.get_latest_revision_as_object()
    conversion.fill(draft, conversion.definition_data(draft) | changes)
    draft.save_revision(user=by)
    return CriteriaFramework.objects.get(pk=framework.pk)


def tried(framework: CriteriaFramework, by: Any, *, comment: str = "") -> Trial:
    """Try the draft as it stands now on a few made-up subjects: somebody of each role and position group.

    ``comment`` stands beside the first mark of each.
    """
    definition = trying.readable_draft(framework)
    subjects = few_subjects(definition)
    if comment:
        subjects = [each | {"comments": {next(iter(each["criteria"])): comment}} for each in subjects]
    inputs = trying.add_inputs(by=by, name="Thử", subjects=subjects, subject=definition.subject, made_up=True)
    return trying.run_trial(trying.start_trial(by=by, framework=framework, inputs_=inputs))


def few_subjects(definition: Definition) -> list[dict[str, Any]]:
    """Return the first made-up subject of each role and position group that the framework names."""
    named = groups_named(definition)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in sample_subjects(definition):
        found.setdefault((each["role"], each.get("position_group", "") if named else ""), each)
    return list(found.values())


def submitted(framework: CriteriaFramework, by: Any) -> CriteriaFramework:
    """Let the draft wait for approval, past the questions that the editor asks first."""
    framework.get_workflow().start(framework, by)
    return CriteriaFramework.objects.get(pk=framework.pk)

"""Sets of inputs and trials: what a draft would do to people, seen before anybody is judged by it."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.audit.actions import record
from cms.core.errors import DomainError, WrongState
from cms.frameworks import conversion, permissions
from cms.frameworks.enums import TrialState
from cms.frameworks.errors import NotPublishable, NotReadable
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, InputSet, Trial
from cms.frameworks.trials.comparison import compare
from cms.frameworks.trials.running import score_pairs
from cms.frameworks.trials.sample import sample_subjects
from cms.organisations.access import access_for
from cms.scoring import inputs, shipped, validation
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.definition import Definition, read_definition, write_definition

logger = logging.getLogger(__name__)


@transaction.atomic
def add_inputs(
    *, by: Any, name: str, subjects: list[dict[str, Any]], subject: str, note: str = "", made_up: bool = False
) -> InputSet:
    """Keep a set of inputs for trials; the same inputs again are the same set. They never change.

    Real subjects are added by those who read the whole province; made-up ones by anybody who drafts.
    """
    permissions.require(permissions.can_enter(by) if made_up else access_for(by).reads_province)
    if not subjects:
        raise DomainError(_("There is nobody in this set of inputs."), code="no_subjects")
    digest = content_hash(subjects)
    existing = InputSet.objects.filter(content_hash=digest).first()
    if existing is not None:
        return existing
    added = InputSet.objects.create(
        name=name, note=note, subject=subject, size=len(subjects), made_up=made_up, created_by=by,
        content=canonical_bytes(subjects).decode("utf-8"), content_hash=digest,
    )  # fmt: skip
    record(by=by, action="framework_inputs.add", subject=added, after={"size": added.size, "hash": digest})
    return added


def add_sample_inputs(*, by: Any, framework: CriteriaFramework) -> InputSet:
    """Keep made-up inputs that fill everything the framework's draft asks for, for a province without a past period."""
    definition = readable_draft(framework)
    return add_inputs(
        by=by, name=_("Sample inputs: %(name)s") % {"name": definition.name}, subject=definition.subject,
        note=_("Made-up, numbered subjects; nobody in it exists."), subjects=sample_subjects(definition), made_up=True,
    )  # fmt: skip


def start_trial(
    *, by: Any, framework: CriteriaFramework, inputs_: InputSet, beside: FrameworkVersion | None = None
) -> Trial:
    """Try the framework's draft as it stands now; beside a version, or beside the decree's default without one.

    Raises NotPublishable with the draft's problems, and WrongState for inputs of another kind of subject.
    """
    permissions.require(permissions.can_read(by, framework))
    permissions.require(inputs_.made_up or access_for(by).reads_province)
    definition = readable_draft(framework)
    if inputs_.subject != definition.subject:
        raise WrongState(_("These inputs are of another kind of subject than the framework judges."))
    data = write_definition(definition)
    with transaction.atomic():
        trial = Trial.objects.create(
            framework=framework, inputs=inputs_, beside=beside, created_by=by,
            beside_shipped="" if beside else shipped.default_for(definition.roles[0]),
            content=canonical_bytes(data).decode("utf-8"), content_hash=content_hash(data),
        )  # fmt: skip
        record(by=by, action="framework.try", subject=framework, after={"inputs": inputs_.content_hash})
        transaction.on_commit(lambda: run_trial_task.enqueue(trial.pk))
    return trial


@task()
def run_trial_task(trial_id: int) -> None:
    """Run one trial in the background: at once or by a worker, as the settings say."""
    run_trial(Trial.objects.select_related("inputs", "beside").get(pk=trial_id))


def run_trial(trial: Trial) -> Trial:
    """Score the inputs under both frameworks and keep the comparison; always ends done or failed, safe to repeat."""
    if trial.state == TrialState.DONE:
        return trial
    Trial.objects.filter(pk=trial.pk).update(state=TrialState.RUNNING, done=0)
    before, after = definitions_of(trial)
    try:
        subjects = json.loads(trial.inputs.content)
        pairs = score_pairs(subjects, before, after, lambda done: _progress(trial, done))
        trial.result = canonical_bytes(compare(pairs, before, after)).decode("utf-8")
        trial.state = TrialState.DONE
    except Exception:
        logger.exception("trial %s broke off", trial.pk)
        trial.state, trial.failure = TrialState.FAILED, "broke_off"
    trial.done, trial.finished_at = trial.inputs.size, timezone.now()
    trial.save(update_fields=["state", "failure", "result", "done", "finished_at"])
    return trial


def definitions_of(trial: Trial) -> tuple[Definition, Definition]:
    """Return the definition that the draft was tried beside, and the draft's."""
    after, problems = read_definition(json.loads(trial.content))
    if after is None:
        raise NotReadable(problems)
    before = trial.beside.definition if trial.beside else shipped.load(trial.beside_shipped)
    return before, after


def readable_draft(framework: CriteriaFramework) -> Definition:
    """Return the definition of the latest draft, or refuse with what has to be mended first."""
    data = conversion.definition_data(framework.get_latest_revision_as_object())
    definition, problems = read_definition(data)
    problems = problems if definition is None else validation.check(definition)
    if definition is None or problems:
        raise NotPublishable(problems)
    return definition


def read_uploaded(data: Any, definition: Definition) -> list[dict[str, Any]]:
    """Return the subjects of an uploaded set, or refuse with every problem: ``{"subjects": […]}`` or a plain list."""
    subjects = data.get("subjects") if isinstance(data, dict) else data
    if not isinstance(subjects, list):
        raise DomainError(_("A list of subjects is expected."), code="no_subjects")
    _read, problems = inputs.read_subjects(subjects, definition)
    if problems:
        raise NotReadable(problems)
    return subjects


def _progress(trial: Trial, done: int) -> None:
    Trial.objects.filter(pk=trial.pk).update(done=done)

"""Sets of inputs and trials: what a draft would do to people, seen before anybody is judged by it."""

from __future__ import annotations

import datetime
import json
import logging
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.audit.actions import record
from cms.core.bulk import chunks
from cms.core.errors import DomainError, WrongState
from cms.frameworks import conversion, permissions
from cms.frameworks.enums import SubjectKind, TrialState
from cms.frameworks.errors import NotPublishable, NotReadable
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, InputSet, Trial, TrialChange
from cms.frameworks.trials.comparison import compare
from cms.frameworks.trials.coverage import is_complete
from cms.frameworks.trials.pairs import Pair
from cms.frameworks.trials.running import CHUNK, Side, Sides, score_pairs, subjects_in
from cms.frameworks.trials.sample import sample_subjects
from cms.organisations.access import access_for
from cms.scoring import inputs, shipped, validation
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.definition import Definition, read_definition, write_definition
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem

logger = logging.getLogger(__name__)

# What a trial puts beside: a version, the draft of a framework, a shipped framework by its code, or the default.
Beside = FrameworkVersion | CriteriaFramework | str | None

# Tens of thousands of people take minutes; a trial that is older was left behind by a worker that stopped.
TAKES_AT_MOST = datetime.timedelta(minutes=30)


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


def add_sample_inputs(*, by: Any, framework: CriteriaFramework, version: FrameworkVersion | None = None) -> InputSet:
    """Keep made-up inputs that fill everything the draft (or version) asks for: for want of a past period."""
    definition = version.definition if version else readable_draft(framework)
    subjects = sample_subjects(definition)
    return add_inputs(
        by=by, name=_sample_name(definition, len({each["agency"] for each in subjects})), subject=definition.subject,
        made_up=True, note=_("Made-up, numbered subjects; nobody in it exists."), subjects=subjects,
    )  # fmt: skip


def start_trial(
    *,
    by: Any,
    framework: CriteriaFramework,
    inputs_: InputSet,
    beside: Beside = None,
    version: FrameworkVersion | None = None,
) -> Trial:
    """Try the framework's draft as it stands now, or one of its versions.

    Beside: a version of any framework, another framework's draft as it stands, a shipped framework by its code, or the
    decree's default without any. Raises NotPublishable with a draft's problems, and WrongState for inputs, or a
    framework beside, of another kind of subject.
    """
    permissions.require(permissions.can_read(by, framework))
    permissions.require(inputs_.made_up or access_for(by).reads_province)
    definition = version.definition if version else readable_draft(framework)
    if inputs_.subject != definition.subject:
        raise WrongState(_("These inputs are of another kind of subject than the framework judges."))
    data = write_definition(definition)
    with transaction.atomic():
        trial = Trial.objects.create(
            framework=framework, version=version, inputs=inputs_, created_by=by,
            content=canonical_bytes(data).decode("utf-8"), content_hash=content_hash(data),
            **_beside(by, beside, definition),
        )  # fmt: skip
        record(by=by, action="framework.try", subject=framework, after={"inputs": inputs_.content_hash})
        transaction.on_commit(lambda: run_trial_task.enqueue(trial.pk))
    return trial


def _beside(by: Any, beside: Beside, definition: Definition) -> dict[str, Any]:
    """Return the fields of a trial that say what stands beside, which must judge the same kind of subject."""
    fields: dict[str, Any]
    if isinstance(beside, FrameworkVersion):
        other, fields = beside.definition, {"beside": beside}
    elif isinstance(beside, CriteriaFramework):
        permissions.require(permissions.can_read(by, beside))
        try:
            other = readable_draft(beside)
        except NotPublishable as refusal:
            raise WrongState(_("The draft beside cannot be computed yet: mend it first.")) from refusal
        content = canonical_bytes(write_definition(other)).decode("utf-8")
        fields = {"beside_draft": beside, "beside_content": content}
    else:
        code = beside or shipped.default_for(definition.roles[0])
        other, fields = shipped.load(code), {"beside_shipped": code}
    if other.subject != definition.subject:
        raise WrongState(_("One of the two judges people and the other organisations: they cannot be compared."))
    return fields


@task(backend="background")
def run_trial_task(trial_id: int) -> None:
    """Run one trial in the background: at once or by a worker, as the settings say."""
    run_trial(Trial.objects.select_related("inputs", "beside", "version").get(pk=trial_id))


def run_trial(trial: Trial) -> Trial:
    """Score the inputs under both frameworks and keep the comparison; always ends done or failed, safe to repeat."""
    if trial.state == TrialState.DONE:
        return trial
    Trial.objects.filter(pk=trial.pk).update(state=TrialState.RUNNING, done=0)
    try:
        sides = sides_of(trial)
        pairs = score_pairs(subjects_in(trial.inputs.content), sides, lambda done: _progress(trial, done))
        _keep(trial, pairs, compare(pairs, *(side.definition for side in sides)))
    except Exception:
        logger.exception("trial %s broke off", trial.pk)
        trial.state, trial.failure = TrialState.FAILED, "broke_off"
        trial.finished_at = timezone.now()
        trial.save(update_fields=["state", "failure", "finished_at"])
    return trial


@transaction.atomic
def _keep(trial: Trial, pairs: list[Pair], compared: dict[str, Any]) -> None:
    """Keep the comparison and everybody who changes level, in the place of what an earlier run left."""
    trial.changed.all().delete()
    changes = (_change(trial, pair) for pair in pairs if pair.cause)
    for some in chunks(changes, CHUNK):
        TrialChange.objects.bulk_create(some)
    trial.result, trial.failure = canonical_bytes(compared).decode("utf-8"), ""
    trial.is_complete = is_complete(compared["missing"])
    trial.state, trial.done, trial.finished_at = TrialState.DONE, trial.inputs.size, timezone.now()
    trial.save(update_fields=["state", "failure", "result", "is_complete", "done", "finished_at"])


def _change(trial: Trial, pair: Pair) -> TrialChange:
    totals = {
        f"{side}_total": None if each.total is None else Decimal(to_text(each.total))
        for side, each in (("before", pair.before), ("after", pair.after))
    }
    return TrialChange(
        trial=trial, place=pair.place, subject_id=pair.id, agency=pair.agency, role=pair.role, category=pair.category,
        position_group=pair.position_group, before_level=pair.before.level or "", after_level=pair.after.level or "",
        cause=pair.cause, **totals,
    )  # fmt: skip


def run_again(*, by: Any, trial: Trial) -> Trial:
    """Run a trial again that broke off, or that nothing has been heard of for long; what was tried stays the same."""
    permissions.require(permissions.can_read(by, trial.framework))
    permissions.require(trial.inputs.made_up or access_for(by).reads_province)
    with transaction.atomic():
        locked = Trial.objects.select_for_update().get(pk=trial.pk)
        if not is_stuck(locked):
            raise WrongState(_("This trial is done, or still running."))
        locked.state, locked.failure, locked.created_at = TrialState.WAITING, "", timezone.now()
        locked.save(update_fields=["state", "failure", "created_at"])
        record(by=by, action="framework.try", subject=trial.framework, after={"inputs": trial.inputs.content_hash})
        transaction.on_commit(lambda: run_trial_task.enqueue(trial.pk))
    return locked


def is_stuck(trial: Trial) -> bool:
    """Return whether a trial broke off, or should have ended long ago (its worker was stopped)."""
    if trial.state in (TrialState.WAITING, TrialState.RUNNING):
        return trial.created_at + TAKES_AT_MOST < timezone.now()
    return trial.state == TrialState.FAILED


def sides_of(trial: Trial) -> Sides:
    """Return what was tried beside, and the draft or version as it was tried."""
    after = _read(trial.content)
    number = trial.version.number if trial.version else None
    tried = Side(after, number, trial.content_hash if trial.version else None)
    if trial.beside is not None:
        return Side(trial.beside.definition, trial.beside.number, trial.beside.content_hash), tried
    if trial.beside_draft_id:
        return Side(_read(trial.beside_content)), tried
    return Side(shipped.load(trial.beside_shipped)), tried


def _read(content: str) -> Definition:
    definition, problems = read_definition(json.loads(content))
    if definition is None:
        raise NotReadable(problems)
    return definition


def draft_hash(framework: CriteriaFramework) -> str | None:
    """Return the hash of the draft as it stands now, by which a trial is known to be still true; None: unreadable."""
    definition, _problems = read_definition(conversion.definition_data(framework.get_latest_revision_as_object()))
    return None if definition is None else content_hash(write_definition(definition))


def readable_draft(framework: CriteriaFramework) -> Definition:
    """Return the definition of the latest draft, or refuse with what has to be mended first."""
    data = conversion.definition_data(framework.get_latest_revision_as_object())
    definition, problems = read_definition(data)
    problems = problems if definition is None else validation.check(definition)
    if definition is None or problems:
        raise NotPublishable(problems)
    return definition


def read_uploaded(data: Any, definition: Definition) -> list[dict[str, Any]]:
    """Return the subjects of an uploaded set as they are kept, or refuse with every problem.

    Takes ``{"subjects": […]}`` or a plain list. Each subject needs an identifier: trials name people by it.
    """
    subjects = data.get("subjects") if isinstance(data, dict) else data
    if not isinstance(subjects, list):
        raise DomainError(_("A list of subjects is expected."), code="no_subjects")
    read, problems = inputs.read_subjects(subjects, definition)
    problems += [
        Problem(f"subjects[{index}].id", "missing")
        for index, each in enumerate(subjects)
        if isinstance(each, dict) and each.get("id") is None
    ]
    if problems:
        raise NotReadable(problems)
    return [inputs.write_subject(each) for each in read]


def _sample_name(definition: Definition, agencies: int) -> str:
    # The same sample serves every framework that asks for the same, so it is not called by the name of one.
    if definition.subject == SubjectKind.ORGANISATION:
        return _("Sample inputs: made-up organisations")
    return _("Sample inputs: made-up officers of %(count)s agencies") % {"count": agencies}


def _progress(trial: Trial, done: int) -> None:
    Trial.objects.filter(pk=trial.pk).update(done=done)

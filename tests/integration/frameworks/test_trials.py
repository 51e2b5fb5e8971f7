"""Trials of drafts: sets of inputs, running, repeating, breaking off, and what publishing asks of them."""

import json
from itertools import islice

import pytest
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.frameworks.actions import require_publishable, trying
from cms.frameworks.enums import TrialState
from cms.frameworks.errors import NotCovered, NotPublishable, NotReadable, NotTried
from cms.frameworks.models import InputSet, Trial
from cms.frameworks.trials import running
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes, content_hash
from tests.factories.frameworks import draft_of, version_of, written

PERSON = {"id": "Công chức 0001", "role": "staff", "common": "28", "indicators": {"a": "100", "b": "100", "c": "100"}}


@pytest.fixture
def draft(people):
    return draft_of("lao-cai")


@pytest.fixture
def editor(people):
    return people["editor"]


def few(editor, framework, count: int = 4, **given) -> InputSet:
    """Keep a few made-up people as inputs."""
    definition = trying.readable_draft(framework)
    subjects = sample_subjects(definition)[:count]
    given = {"made_up": True, "subject": definition.subject} | given
    return trying.add_inputs(by=editor, name="Ít người", subjects=subjects, **given)


def started(editor, framework, **given) -> Trial:
    return trying.start_trial(by=editor, framework=framework, inputs_=few(editor, framework), **given)


def test_a_trial_keeps_what_was_tried_beside_what_and_what_came_of_it(editor, draft):
    trial = trying.run_trial(started(editor, draft))

    trial.refresh_from_db()
    assert (trial.state, trial.done, trial.beside_shipped) == (TrialState.DONE, 4, "nd335")
    assert trial.content_hash == trying.draft_hash(draft)
    assert json.loads(trial.result)["size"] == 4
    assert AuditEvent.objects.get(action="framework.try").after == {"inputs": trial.inputs.content_hash}


def test_a_trial_runs_by_itself_once_it_is_committed(editor, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        trial = started(editor, draft)

    trial.refresh_from_db()
    assert trial.state == TrialState.DONE


def test_beside_a_version_the_receipts_name_it(editor, draft):
    version = version_of(draft)

    before, after = trying.sides_of(started(editor, draft, beside=version))

    assert (before.version, before.definition_hash, after.version) == (1, version.content_hash, None)


def test_running_twice_changes_nothing(editor, draft, monkeypatch):
    trial = trying.run_trial(started(editor, draft))
    result, finished = trial.result, trial.finished_at

    monkeypatch.setattr(trying, "compare", lambda *args: pytest.fail("scored again"))
    trying.run_trial_task.func(trial.pk)

    trial.refresh_from_db()
    assert (trial.result, trial.finished_at) == (result, finished)


def test_a_trial_that_breaks_off_says_so_and_can_be_run_again(
    editor, draft, monkeypatch, django_capture_on_commit_callbacks
):
    trial = started(editor, draft)
    with monkeypatch.context() as broken:
        broken.setattr(trying, "sides_of", lambda trial: 1 / 0)
        trying.run_trial(trial)
    trial.refresh_from_db()
    assert (trial.state, trial.failure, trial.result) == (TrialState.FAILED, "broke_off", "")

    with django_capture_on_commit_callbacks(execute=True):
        trying.run_again(by=editor, trial=trial)

    trial.refresh_from_db()
    assert (trial.state, trial.failure) == (TrialState.DONE, "")


def test_only_what_broke_off_or_was_left_behind_is_run_again(editor, draft):
    trial = started(editor, draft)
    with pytest.raises(WrongState):
        trying.run_again(by=editor, trial=trial)

    Trial.objects.filter(pk=trial.pk).update(created_at=timezone.now() - 2 * trying.TAKES_AT_MOST)

    assert trying.run_again(by=editor, trial=trial).state == TrialState.WAITING


def test_progress_is_stored_while_a_trial_runs(editor, draft, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    trial, seen = started(editor, draft), []
    store = trying._progress

    def watch(trial, done):
        store(trial, done)
        seen.append(Trial.objects.values_list("state", "done").get(pk=trial.pk))

    monkeypatch.setattr(trying, "_progress", watch)
    trying.run_trial(trial)

    assert seen == [("running", 2), ("running", 4)]


def test_publishing_needs_a_trial_of_the_draft_as_it_stands(editor, draft, people):
    with pytest.raises(NotTried):
        require_publishable(draft)
    trying.run_trial(started(editor, draft))
    assert require_publishable(draft).code == "lao-cai"

    changed = written(draft, editor, name="Tên khác")

    with pytest.raises(NotTried):
        require_publishable(changed.get_latest_revision_as_object())


def test_a_trial_that_broke_off_does_not_count(editor, draft, monkeypatch):
    trial = started(editor, draft)
    monkeypatch.setattr(trying, "sides_of", lambda trial: 1 / 0)
    trying.run_trial(trial)

    with pytest.raises(NotTried):
        require_publishable(draft)


def test_a_draft_that_makes_no_sense_is_not_tried(editor, draft):
    levels = shipped.load("lao-cai").classification.levels
    data = {"levels": [{"level": levels[0].level, "title": "Một mức", "from": "50"}]}
    broken = written(draft, editor, classification=data)

    with pytest.raises(NotPublishable) as refusal:
        trying.add_sample_inputs(by=editor, framework=broken)

    assert refusal.value.problems
    assert not InputSet.objects.exists()


def test_inputs_of_organisations_do_not_fit_a_framework_of_officers(editor, draft):
    inputs = few(editor, draft_of("gia-lai-to-chuc"))

    with pytest.raises(WrongState):
        trying.start_trial(by=editor, framework=draft, inputs_=inputs)


def test_the_same_inputs_are_kept_once(editor, draft):
    first = trying.add_sample_inputs(by=editor, framework=draft)

    assert trying.add_sample_inputs(by=editor, framework=draft) == first
    assert (first.size, first.made_up) == (600, True)
    assert first.content_hash == content_hash(json.loads(first.content))
    assert AuditEvent.objects.filter(action="framework_inputs.add").count() == 1


def test_nobody_is_no_set_of_inputs(editor):
    with pytest.raises(DomainError) as refusal:
        trying.add_inputs(by=editor, name="Trống", subjects=[], subject="officer")

    assert refusal.value.code == "no_subjects"


def test_an_agencys_head_tries_on_made_up_people_only(editor, draft, people, province):
    draft.agency = province.statistics
    draft.save()
    head = people["agency_head"]
    with pytest.raises(NotAllowed):
        trying.add_inputs(by=head, name="Thật", subjects=[PERSON], subject="officer")
    real, made_up = few(editor, draft, 2, made_up=False), few(editor, draft)

    with pytest.raises(NotAllowed):
        trying.start_trial(by=head, framework=draft, inputs_=real)

    trial = trying.start_trial(by=head, framework=draft, inputs_=made_up)
    on_real = trying.start_trial(by=editor, framework=draft, inputs_=real)
    assert list(InputSet.objects.usable_by(head)) == [made_up]
    assert list(Trial.objects.readable_by(head)) == [trial]
    assert set(Trial.objects.readable_by(editor)) == {trial, on_real}
    with pytest.raises(NotAllowed):
        trying.start_trial(by=people["other_agency_head"], framework=draft, inputs_=made_up)


def test_an_uploaded_set_is_kept_in_one_way_of_writing(draft):
    definition = trying.readable_draft(draft)

    kept = trying.read_uploaded({"subjects": [PERSON | {"flags": [], "agency": "Sở A"}]}, definition)

    assert kept == [PERSON | {"agency": "Sở A"}]
    assert trying.read_uploaded([PERSON], definition) == [PERSON]


def test_every_problem_of_an_uploaded_set_is_told_at_once(draft):
    line = {"assigned": "1", "completed": "x", "coefficient": "0"}
    subjects = [{"role": "staff", "common": "31"}, PERSON, PERSON | {"id": "2", "work": [line], "indicators": {}}]

    with pytest.raises(NotReadable) as refusal:
        trying.read_uploaded(subjects, trying.readable_draft(draft))

    assert {(each.path, each.code) for each in refusal.value.problems} == {
        ("subjects[0].common", "over_max"), ("subjects[0].id", "missing"),
        ("subjects[2].work[0].completed", "not_a_number"), ("subjects[2].work[0].coefficient", "not_above_zero"),
    }  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"subjects": "abc"}, "abc", None, 5])
def test_what_is_no_list_of_subjects_is_refused_in_a_sentence(draft, data):
    with pytest.raises(DomainError) as refusal:
        trying.read_uploaded(data, trying.readable_draft(draft))

    assert refusal.value.code == "no_subjects"


def test_the_inputs_of_a_trial_are_read_one_by_one(editor, draft, monkeypatch):
    trial, held = started(editor, draft), []

    def watch(content):
        for subject in running.subjects_in(content):
            held.append(subject["id"])
            yield subject

    monkeypatch.setattr(trying, "subjects_in", watch)
    monkeypatch.setattr(trying, "score_pairs", lambda subjects, sides, progress: list(islice(subjects, 1))[:0])
    trying.run_trial(trial)

    assert held == [json.loads(trial.inputs.content)[0]["id"]]
    assert canonical_bytes(json.loads(trial.inputs.content)).decode() == trial.inputs.content


def test_publishing_stays_shut_for_whom_the_trial_did_not_meet_and_names_them(editor, draft):
    staff = [each for each in sample_subjects(trying.readable_draft(draft)) if each["role"] == "staff"][:5]
    on_staff = trying.add_inputs(by=editor, name="Chuyên viên", subjects=staff, subject="officer", made_up=True)
    trial = trying.run_trial(trying.start_trial(by=editor, framework=draft, inputs_=on_staff))

    with pytest.raises(NotCovered) as refusal:
        require_publishable(draft)

    assert not trial.is_complete
    assert "Người đứng đầu" in str(refusal.value) and "Cấp phó" in str(refusal.value)
    trying.run_trial(started(editor, draft))
    assert require_publishable(draft).code == "lao-cai"


def test_somebody_without_a_total_stands_for_nobody(editor, draft):
    subjects = sample_subjects(trying.readable_draft(draft))[:4]
    subjects[0] = subjects[0] | {"work": [], "indicators": {}}
    inputs = trying.add_inputs(by=editor, name="Thiếu số liệu", subjects=subjects, subject="officer", made_up=True)
    trial = trying.run_trial(trying.start_trial(by=editor, framework=draft, inputs_=inputs))

    assert json.loads(trial.result)["missing"]["roles"] == ["head"]


def test_a_trial_from_before_coverage_was_noted_opens_nothing(editor, draft):
    trial = trying.run_trial(started(editor, draft))
    result = json.loads(trial.result)
    del result["missing"]
    Trial.objects.filter(pk=trial.pk).update(is_complete=False, result=json.dumps(result))

    with pytest.raises(NotCovered):
        require_publishable(draft)


def test_everybody_who_changes_level_is_kept_with_exact_totals_and_the_cause(editor, people):
    draft = draft_of("truong-hoc")
    inputs = trying.add_sample_inputs(by=editor, framework=draft)

    trial = trying.run_trial(trying.start_trial(by=editor, framework=draft, inputs_=inputs, beside="nd335"))

    counted = json.loads(trial.result)["directions"]
    kept = list(trial.changed.all())
    assert len(kept) == counted["up"] + counted["down"] + counted["other"] > 100
    before, after = trying.sides_of(trial)
    subjects = json.loads(inputs.content)
    for change in kept[:10]:
        subject = subjects[change.place - 1]
        scores = running.scores_of(subject, (before, after))
        assert (change.subject_id, change.role) == (subject["id"], subject["role"])
        assert (change.before_level, change.after_level) == tuple(each.level or "" for each in scores)
        assert (change.before_total, change.after_total) == tuple(each.total for each in scores)
    trying.run_trial(Trial.objects.get(pk=trial.pk))
    assert trial.changed.count() == len(kept)


def test_a_trial_that_runs_again_keeps_nobody_twice(editor, draft, monkeypatch):
    trial = trying.run_trial(trying.start_trial(by=editor, framework=draft, inputs_=few(editor, draft, 60)))
    kept = trial.changed.count()
    Trial.objects.filter(pk=trial.pk).update(state=TrialState.FAILED)

    trying.run_trial(Trial.objects.get(pk=trial.pk))

    assert trial.changed.count() == kept


def test_any_two_frameworks_are_compared_on_the_same_inputs(editor, draft):
    ours, theirs = version_of(draft), version_of(draft_of("truong-hoc"))
    inputs = few(editor, draft, 40)

    trial = trying.run_trial(
        trying.start_trial(by=editor, framework=draft, inputs_=inputs, version=ours, beside=theirs)
    )

    before, after = trying.sides_of(trial)
    assert (before.definition.code, after.definition.code) == ("truong-hoc", "lao-cai")
    assert (before.version, after.version, after.definition_hash) == (1, 1, ours.content_hash)
    apart = json.loads(trial.result)["apart"]
    assert apart["before"]["asked"] and apart["after"]["asked"]


def test_a_draft_stands_beside_as_it_was_then(editor, draft):
    other = draft_of("tay-ninh")
    trial = started(editor, draft, beside=other)

    written(other, editor, name="Tên khác về sau")

    assert trying.sides_of(trial)[0].definition.name == shipped.load("tay-ninh").name


def test_frameworks_of_people_and_of_organisations_are_not_compared(editor, draft):
    with pytest.raises(WrongState) as refusal:
        started(editor, draft, beside="nd335-to-chuc")

    assert "không thể so sánh" in str(refusal.value)
    assert not Trial.objects.exists()


def test_nobody_sees_a_draft_of_others_through_a_trial(editor, draft, people, province):
    own, others = draft, draft_of("tay-ninh")
    own.agency = province.statistics
    own.save()
    head, inputs = people["agency_head"], few(editor, draft)

    with pytest.raises(NotAllowed):
        trying.start_trial(by=head, framework=own, inputs_=inputs, beside=others)
    trying.start_trial(by=editor, framework=own, inputs_=inputs, beside=others)

    assert not Trial.objects.readable_by(head).exists()
    assert Trial.objects.readable_by(editor).count() == 1

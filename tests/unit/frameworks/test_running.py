"""A set of inputs under two frameworks: read piece by piece, fitted, scored, with progress."""

import pytest

from cms.frameworks.example import example_score
from cms.frameworks.trials import running
from cms.frameworks.trials.running import Side, score_pairs, scores_of, subjects_in
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.problems import Problem
from tests.factories.frameworks import BY_DAYS


def side(code: str) -> Side:
    return Side(shipped.load(code))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_subjects_are_read_from_the_kept_text_one_by_one(count):
    subjects = [{"id": f"Người {number}", "work": [{"assigned": "1"}], "flags": []} for number in range(count)]

    assert list(subjects_in(canonical_bytes(subjects).decode())) == subjects


def test_progress_is_told_after_each_chunk(monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    reported = []

    pairs = score_pairs(sample_subjects(shipped.load("nd335"))[:5], (side("nd335"), side("lao-cai")), reported.append)

    assert reported == [2, 4]
    assert [pair.place for pair in pairs] == [1, 2, 3, 4, 5]


def test_a_framework_with_other_common_criteria_takes_their_points_over():
    school = shipped.load("truong-hoc")
    subject = next(each for each in sample_subjects(school) if each["work"])

    before, after = scores_of(subject, (side("nd335"), side("truong-hoc")))

    assert before.status == after.status == "scored"
    assert before.sections[0].points == after.sections[0].points
    assert score_pairs([subject], (side("nd335"), side("truong-hoc")), print)[0].lent


def test_marks_that_both_frameworks_know_are_not_taken_over():
    subject = sample_subjects(shipped.load("nd335"))[0]

    assert not score_pairs([subject], (side("nd335"), side("lao-cai")), print)[0].lent


def test_inputs_that_a_framework_cannot_read_are_told_with_their_problem():
    subject = {"id": "1", "role": "staff", "common": "31", "work": []}

    pair = score_pairs([subject], (side("nd335"), side("lao-cai")), print)[0]

    assert pair.after.status == running.UNREADABLE
    assert pair.after.problem == Problem("subjects[0].common", "over_max", {"limit": "30"})


def test_days_late_and_times_late_are_scored_side_by_side_and_inputs_without_days_are_blocked():
    data = write_definition(shipped.load("nd335"))
    by_days = Side(read_definition(data | {"work": BY_DAYS})[0])
    with_days = sample_subjects(by_days.definition)[:60]
    without = [each | {"work": [{**line, "days_late": None} for line in each["work"]]} for each in with_days]

    pairs = score_pairs(with_days, (side("nd335"), by_days), print)
    blind = score_pairs(without, (side("nd335"), by_days), print)

    assert {each.status for pair in pairs for each in (pair.before, pair.after)} <= {"scored", "insufficient_data"}
    assert any(pair.before.total < pair.after.total for pair in pairs if pair.after.total is not None)
    blocked = [pair for pair in blind if pair.after.status == "blocked"]
    assert blocked and all(pair.before == pairs[pair.place - 1].before for pair in blind)
    assert blocked[0].after.why.startswith("Chưa có số ngày chậm của dòng công việc")


def test_a_score_carries_the_version_that_it_was_made_with():
    subject = sample_subjects(shipped.load("nd335"))[0]

    score = Side(shipped.load("nd335"), 3, "sha256:abc").score(subject)

    assert (score.version, score.definition_hash) == (3, "sha256:abc")


@pytest.mark.parametrize("asked", ["comment", "evidence", "both"])
def test_a_trial_of_a_framework_that_asks_comes_to_the_same_totals(asked):
    plain = shipped.load("nghe-an")
    marks = {"marks": {"asks_when_cut": {"value": asked, "citation": "Kế hoạch"}}}
    asking = read_definition(write_definition(plain) | marks)[0]
    subjects = sample_subjects(asking)[:40] + [
        {"id": "1", "role": "staff", "common": "20", "indicators": {}, "work": []}
    ]

    pairs = score_pairs(subjects, (Side(plain), Side(asking)), print)

    assert [pair.after.total for pair in pairs] == [pair.before.total for pair in pairs]
    assert {pair.after.status for pair in pairs[:-1]} <= {"scored", "needs_decision"}


def test_an_example_of_a_framework_that_asks_is_scored():
    marks = {"marks": {"asks_when_cut": {"value": "both", "citation": "Kế hoạch"}}}
    asking = read_definition(write_definition(shipped.load("nghe-an")) | marks)[0]

    assert example_score(asking, "staff").status == "scored"

"""Made-up inputs fit every shipped framework, and show what it does to different people."""

from collections import Counter
from fractions import Fraction

import pytest

from cms.frameworks.example import example_score
from cms.frameworks.trials.sample import AGENCIES, ORGANISATIONS, PER_AGENCY, sample_subjects
from cms.scoring import engine, inputs, shipped
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.definition.words import LEVELS
from cms.scoring.lateness import spans
from tests.factories.frameworks import BY_DAYS


@pytest.mark.parametrize("code", shipped.codes())
def test_sample_subjects_are_read_without_a_problem_and_meet_every_level(code):
    definition = shipped.load(code)

    subjects, problems = inputs.read_subjects(sample_subjects(definition), definition)

    assert problems == []
    levels = Counter(engine.score(definition, each).level for each in subjects)
    assert set(levels) == {*LEVELS, None}


def test_the_sample_is_the_same_every_time_and_another_with_another_seed():
    definition = shipped.load("nd335")

    assert sample_subjects(definition) == sample_subjects(definition)
    assert sample_subjects(definition) != sample_subjects(definition, seed=1)


def test_officers_come_by_agency_each_with_a_head_and_two_deputies():
    subjects = sample_subjects(shipped.load("nd335"))

    assert len({each["id"] for each in subjects}) == len(subjects) == AGENCIES * PER_AGENCY
    roles = Counter((each["agency"], each["role"]) for each in subjects)
    assert {roles[agency, "head"] for agency, _role in roles} == {1}
    assert {roles[agency, "deputy"] for agency, _role in roles} == {2}


def test_organisations_come_one_by_one():
    subjects = sample_subjects(shipped.load("nd335-to-chuc"))

    assert len({each["agency"] for each in subjects}) == ORGANISATIONS
    assert all("work" not in each for each in subjects)


def test_some_did_more_than_they_were_assigned_and_some_had_nothing_assigned():
    subjects = sample_subjects(shipped.load("nd335"))
    lines = [line for each in subjects for line in each["work"]]

    assert any(Fraction(line["completed"]) > Fraction(line["assigned"]) for line in lines)
    assert any(not each["work"] for each in subjects)


def test_late_lines_have_their_days_in_every_band_where_days_are_counted():
    definition, problems = read_definition(write_definition(shipped.load("nd335")) | {"work": BY_DAYS})
    assert definition and not problems

    subjects, problems = inputs.read_subjects(sample_subjects(definition), definition)

    assert problems == []
    scores = [engine.score(definition, each) for each in subjects]
    assert "blocked" not in {each.status for each in scores if each.subject.work}
    taken = spans(definition.work.late_bands)
    met = {first for each in subjects for line in each.work for first, last, _off in taken
           if first <= line.days_late <= (last or 99)}  # fmt: skip
    assert met == {1, 4, 8}
    assert all("days_late" not in line for each in sample_subjects(shipped.load("nd335")) for line in each["work"])


def test_the_example_of_a_preview_is_scored_where_days_are_counted():
    definition, _problems = read_definition(write_definition(shipped.load("nd335")) | {"work": BY_DAYS})

    score = example_score(definition, "staff")

    assert score.status == "scored"
    assert [line.days_late for line in score.subject.work] == [None, 2, None]

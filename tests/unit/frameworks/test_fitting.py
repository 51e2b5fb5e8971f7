"""Inputs of one framework under another: what is not asked for is left out, nothing is made up."""

import pytest

from cms.frameworks.trials.fitting import Fitting
from cms.scoring import inputs, shipped


@pytest.fixture(scope="module")
def fitting():
    return Fitting(shipped.load("nd335"))


def test_what_the_framework_does_not_know_is_left_out(fitting):
    subject = {
        "id": "1", "role": "head", "common": "27", "indicators": {"d": "100", "hai-long": "90"},
        "criteria": {"C.1": "1"}, "metrics": {"tasks_done_pct": 100, "rieng": 1}, "flags": ["disciplined", "khac"],
    }  # fmt: skip

    assert fitting.fit(subject) == {
        "id": "1", "role": "head", "common": "27", "indicators": {"d": "100"},
        "criteria": {}, "metrics": {"tasks_done_pct": 100}, "flags": ["disciplined"],
    }  # fmt: skip


def test_the_subject_itself_stays_as_it_was(fitting):
    subject = {"id": "1", "role": "staff", "indicators": {"x": "1"}, "flags": ["khac"]}

    fitting.fit(subject)

    assert subject == {"id": "1", "role": "staff", "indicators": {"x": "1"}, "flags": ["khac"]}


def test_lines_of_work_go_before_percentages_of_the_same(fitting):
    line = {"assigned": "1", "completed": "1", "coefficient": "1"}

    with_lines = fitting.fit({"role": "staff", "work": [line], "indicators": {"a": "90"}})
    without = fitting.fit({"role": "staff", "indicators": {"a": "90"}})

    assert (with_lines["indicators"], without["indicators"]) == ({}, {"a": "90"})


def test_a_category_that_the_framework_is_not_for_does_not_keep_a_person_out(fitting):
    fitted = fitting.fit({"id": "1", "role": "staff", "category": "public_employee", "common": "20", "work": []})

    assert "category" not in fitted
    assert inputs.read_subjects([fitted], shipped.load("nd335"))[1] == []


@pytest.mark.parametrize(
    ("subject", "lacks"),
    [
        ({"criteria": {"II.9": "1"}}, True),
        ({}, True),
        ({"common": "20"}, False),
        ({"criteria": {"III.a": "2"}}, False),
    ],
)
def test_whether_a_subject_has_any_mark_of_the_common_criteria(subject, lacks):
    assert Fitting(shipped.load("mau-01")).lacks_common(subject) is lacks


def test_what_was_said_of_marks_follows_them(fitting):
    said = {"comments": {"C.1": "x", "common": "y", "I": "z"}}

    assert "common" in fitting.fit({"role": "staff", "common": "27", **said})["comments"]
    assert "common" not in fitting.fit({"role": "staff", **said})["comments"]
    assert "C.1" not in fitting.fit({"role": "staff", **said})["comments"]

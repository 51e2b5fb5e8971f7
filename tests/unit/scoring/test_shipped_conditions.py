"""Every word of a condition is tested by a figure or asked of a person: a table names for each phrase which one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cms.scoring import shipped
from cms.scoring.classification import classify
from cms.scoring.definition.classification import Condition
from cms.scoring.definition.words import FIGURES_OF_WORK
from cms.scoring.engine import Score, score
from cms.scoring.exact import to_text
from cms.scoring.inputs import read_subjects
from cms.scoring.receipt import receipt
from cms.scoring.vocabulary import vocabulary_of

ORGANISATIONS = ("gia-lai-to-chuc", "nd335-to-chuc")
# A phrase of a condition, and what it asks.
PHRASES = {
    "Hoàn thành 100% các nhiệm vụ được giao": "tasks_done_pct = 100",
    "Hoàn thành 100% nhiệm vụ được giao": "tasks_done_pct = 100",
    "100% nhiệm vụ đúng thời hạn": "on_time_pct = 100",
    "100% nhiệm vụ đúng tiến độ": "on_time_pct = 100",
    "100% nhiệm vụ bảo đảm chất lượng": "quality_pct = 100",
    "Các nhiệm vụ được giao bảo đảm hiệu quả": "tasks_effective = 1",
    "Ít nhất 30% nhiệm vụ hoàn thành vượt mức yêu cầu": "exceeded_pct >= 30",
    "Nhiệm vụ chưa bảo đảm tiến độ không quá 20% (đúng hạn từ 80% trở lên)": "on_time_pct >= 80",
    "Nhiệm vụ chậm tiến độ không quá 20% (đúng tiến độ từ 80% trở lên)": "on_time_pct >= 80",
    "Không có đơn vị cấp dưới trực tiếp bị xếp loại Không hoàn thành nhiệm vụ": "subordinate_not_completed = 0",
    "Đã khắc phục toàn bộ hạn chế, khuyết điểm được chỉ ra từ kỳ trước hoặc từ kết luận thanh tra, kiểm tra": (
        "shortcomings_remedied = 1"
    ),
    "Cơ quan, đơn vị phụ trách hoàn thành 100% nhiệm vụ": "unit_tasks_done_pct = 100",
    "Cơ quan, đơn vị phụ trách có 100% nhiệm vụ đúng tiến độ": "unit_on_time_pct = 100",
    "Cơ quan, đơn vị phụ trách có 100% nhiệm vụ bảo đảm chất lượng": "unit_quality_pct = 100",
    "Cơ quan, đơn vị phụ trách có ít nhất 30% nhiệm vụ vượt mức yêu cầu": "unit_exceeded_pct >= 30",
    "Hoàn thành dưới 70% nhiệm vụ": "tasks_done_pct < 70",
    "Hoàn thành dưới 70% nhiệm vụ theo chương trình, kế hoạch trong năm": "tasks_done_pct < 70",
    "Tập thể phụ trách hoàn thành dưới 70% nhiệm vụ": "unit_tasks_done_pct < 70",
    "Tập thể phụ trách hoàn thành dưới 70% nhiệm vụ trong kỳ": "unit_tasks_done_pct < 70",
    "Tập thể hoàn thành dưới 70% nhiệm vụ": "unit_tasks_done_pct < 70",
    "Tập thể hoàn thành dưới 70% nhiệm vụ trong kỳ (áp dụng với cấp phó, thành viên tập thể lãnh đạo)": (
        "unit_tasks_done_pct < 70"
    ),
}
# What a person concludes, and the document that a person names for it.
CONCLUDED = {
    "disciplined": "Quyết định kỷ luật của cấp có thẩm quyền",
    "degradation": "Kết luận của cấp có thẩm quyền",
    "unit_corruption": "Kết luận hoặc quyết định xử lý của cơ quan có thẩm quyền",
    "personnel_violation": "Kết luận của cấp có thẩm quyền",
    "not_completed_quarter": "Kết quả đánh giá các quý trong năm",
    "under_100_no_reason": "Kết luận của cấp có thẩm quyền theo dõi, đánh giá",
}
# The sentences of the plan of Gia Lai, III.3, each taken apart; where one ends, the next begins.
SENTENCES = {
    "excellent": {
        "Hoàn thành 100% các nhiệm vụ được giao": "tasks_done_pct",
        ", đúng thời hạn": "on_time_pct",
        ", bảo đảm chất lượng": "quality_pct",
        ", hiệu quả": "tasks_effective",
        "; trong đó có ít nhất 30% nhiệm vụ hoàn thành vượt mức yêu cầu": "exceeded_pct",
        "; Không có đơn vị cấp dưới trực tiếp (nếu có) bị xếp loại chất lượng ở mức không hoàn thành nhiệm vụ": (
            "subordinate_not_completed"
        ),
        "; Đã khắc phục toàn bộ hạn chế, khuyết điểm được chỉ ra từ kỳ đánh giá trước hoặc từ kết luận thanh tra, "
        "kiểm tra của cơ quan có thẩm quyền (nếu có).": "shortcomings_remedied",
    },
    "good": {
        "hoàn thành 100% các nhiệm vụ được giao": "tasks_done_pct",
        ", đúng thời hạn": "on_time_pct",
        ", bảo đảm chất lượng": "quality_pct",
        ", hiệu quả.": "tasks_effective",
    },
    "completed": {
        "hoàn thành 100% các nhiệm vụ được giao": "tasks_done_pct",
        ", số nhiệm vụ chưa bảo đảm tiến độ không vượt quá 20%.": "on_time_pct",
    },
}
LINE = {"assigned": "1", "completed": "1", "coefficient": "1"}
BEST = {
    "tasks_effective": True, "exceeded_pct": "30", "subordinate_not_completed": 0, "shortcomings_remedied": True,
}  # fmt: skip


def asked(condition: Condition) -> str:
    return " or ".join(f"{each.metric} {each.operator} {to_text(each.value)}" for each in condition.any)


def conditions(code: str) -> Iterator[Condition]:
    own = shipped.load(code).classification
    for part in (*own.levels, *own.disqualifiers):
        yield from part.conditions if hasattr(part, "conditions") else part.when


def agency(code: str, *lines: dict[str, Any], subordinates: Sequence[Any] = (), **metrics: Any) -> Score:
    """Score an agency that is as good as can be but for what is given."""
    subject = {
        "role": "organisation", "common": "30", "work": [*lines], "indicators": {"ql": "100", "tthc": "100"},
        "subordinates": [*subordinates],
        "metrics": {name: value for name, value in (BEST | metrics).items() if value is not None},
    }  # fmt: skip
    definition = shipped.load(code)
    subjects, problems = read_subjects([subject], definition)
    assert problems == []
    return score(definition, subjects[0])


@pytest.mark.parametrize("code", shipped.codes())
def test_every_condition_is_tested_by_the_figure_that_its_words_ask_for(code: str):
    assert [(each.title, asked(each)) for each in conditions(code) if PHRASES.get(each.title) != asked(each)] == []


@pytest.mark.parametrize("code", shipped.codes())
def test_what_holds_a_level_down_is_tested_or_concluded_by_a_document(code: str):
    rules = shipped.load(code).classification.disqualifiers

    for rule in rules:
        if rule.when:
            assert [asked(each) for each in rule.when] == [PHRASES[rule.title]]
        else:
            assert CONCLUDED[rule.code] == rule.document


@pytest.mark.parametrize("code", shipped.codes())
def test_a_higher_share_of_the_highest_level_rests_on_a_decision_that_a_person_names(code: str):
    needed = [cap.exception_needs for cap in shipped.load(code).classification.caps]

    assert set(needed) <= {"Số và ngày quyết định công nhận thành tích nổi trội của tập thể"}


@pytest.mark.parametrize("code", ORGANISATIONS)
@pytest.mark.parametrize("level", SENTENCES)
def test_nothing_that_the_plan_asks_of_an_agency_is_left_out(code: str, level: str):
    rule = next(each for each in shipped.load(code).classification.levels if each.level == level)

    tested = [comparison.metric for condition in rule.conditions for comparison in condition.any]

    assert tested == list(SENTENCES[level].values())


@pytest.mark.parametrize("level", SENTENCES)
def test_the_sentences_taken_apart_are_those_of_the_plan(level: str):
    plan = (Path(__file__).parents[3] / "docs/plans/gia-lai.txt").read_text(encoding="utf-8")

    assert "".join(SENTENCES[level]) in re.sub(r"\s+", " ", re.sub(r"(?<=;)\s+-", "", plan))


def test_an_agency_with_a_failure_of_quality_is_not_excellent_and_the_receipt_says_why():
    result = agency("gia-lai-to-chuc", *[LINE] * 9, {**LINE, "quality_failures": 1}, exceeded_pct="40")

    reported = {each["title"]: each["held"] for each in receipt(result)["classification"]["conditions"]}
    assert (result.level, result.outcome.points_level, result.outcome.flagged) == ("completed", "excellent", True)
    assert (reported["100% nhiệm vụ đúng thời hạn"], reported["100% nhiệm vụ bảo đảm chất lượng"]) == (True, False)


@pytest.mark.parametrize("code", ORGANISATIONS)
@pytest.mark.parametrize("unsaid", ["tasks_effective", "exceeded_pct", "shortcomings_remedied"])
def test_what_nobody_said_is_named_and_gives_no_level(code: str, unsaid: str):
    result = agency(code, LINE, **{unsaid: None})

    assert (result.level, result.status) == (None, "needs_decision")
    assert [each["code"] for each in result.explanation["reasons"]] == ["metric_unknown"]
    assert agency(code, LINE).level == "excellent"


@pytest.mark.parametrize(
    ("levels", "level"),
    [(["good", "completed"], "excellent"), (["good", "not_completed"], "good"), (["good", None], None)],
)
def test_parts_that_failed_are_counted_from_their_levels(levels: list[str | None], level: str | None):
    parts = [{"id": number, "total": "80", "level": each} for number, each in enumerate(levels)]

    result = agency("gia-lai-to-chuc", LINE, subordinates=parts, subordinate_not_completed=None)

    assert result.level == level


def test_parts_that_failed_are_not_counted_and_given():
    subject = {
        "role": "organisation", "subordinates": [{"id": 1, "total": "80", "level": "good"}],
        "metrics": {"subordinate_not_completed": 0},
    }  # fmt: skip

    _subjects, problems = read_subjects([subject], shipped.load("gia-lai-to-chuc"))

    assert [(each.path, each.code) for each in problems] == [
        ("subjects[0].metrics.subordinate_not_completed", "given_twice")
    ]


def test_more_than_was_assigned_is_not_more_than_was_required():
    beyond = {"assigned": "0", "completed": "1", "coefficient": "1"}

    result = agency("gia-lai-to-chuc", LINE, LINE, beyond, exceeded_pct=None)

    assert result.level is None
    assert "exceeded_pct" not in FIGURES_OF_WORK


def test_the_levels_of_officers_by_the_decree_ask_for_points_only():
    known = vocabulary_of(shipped.load("nd335")).metrics

    assert not list(conditions("nd335"))
    assert classify(shipped.load("nd335"), Fraction(90), {}, (), "staff").level == "excellent"
    assert "exceeded_pct" in known

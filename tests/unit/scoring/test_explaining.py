"""A receipt for people: nothing that it says is lost on the way to the screen or the terminal, and nothing is added."""

import re

import pytest

from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.document import document
from cms.scoring.engine import score
from cms.scoring.explaining import WIDTH, explain
from cms.scoring.inputs import read_subjects
from cms.scoring.receipt import receipt

DECREE = {
    "id": "Công chức 0001",
    "role": "head",
    "agency": "Cơ quan 01",
    "common": "27.75",
    "work": [
        {"assigned": "10", "completed": "8", "coefficient": "1", "quality_failures": 1, "late_occurrences": 2,
         "late_exempt": True, "title": "Báo cáo tháng"},
        {"assigned": "4", "completed": "6", "coefficient": "1.5"},
    ],
    "indicators": {"d": "100", "đ": "50", "e": "100"},
    "flags": ["disciplined"],
}  # fmt: skip


def receipt_of(data: dict, code: str = "nd335", version: int | None = None) -> dict:
    definition = shipped.load(code)
    subjects, problems = read_subjects([data], definition)
    assert problems == []
    return receipt(score(definition, subjects[0], version=version))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def words_of(found: dict) -> list[str]:
    """Return every text of a receipt that is meant for people."""
    texts = [found["summary"], found["rounding"]["text"], found["framework"]["name"], found["hash"]]
    texts += [step[key] for step in found["steps"] for key in ("title", "rule", "citation")]
    texts += [step.get(key, "") for step in found["steps"] for key in ("arithmetic", "note")]
    texts += [cell for step in found["steps"] for row in step.get("rows", ()) for cell in row]
    texts += [cell for step in found["steps"] for cell in step.get("totals", ())]
    texts += [text for each in found["left_out"] for text in (each["what"], each["why"])]
    texts += [each[key] for each in found["settings"] for key in ("title", "text", "citation")]
    decided = found["classification"]
    reported = [*decided.get("conditions", ()), *decided.get("disqualifiers", ())]
    texts += [each[key] for each in reported for key in ("sentence", "citation")]
    return texts


@pytest.mark.parametrize("code", shipped.codes())
def test_everything_a_receipt_says_is_explained_within_the_width(code):
    for data in sample_subjects(shipped.load(code))[:25:8]:
        found = receipt_of(data, code)

        text = explain(found)

        assert [line for line in text.splitlines() if len(line) > WIDTH] == []
        assert [each for each in words_of(found) if one_line(each) not in one_line(text)] == []


def test_total_and_level_stand_at_the_top_before_any_step():
    lines = explain(receipt_of(DECREE, version=2)).splitlines()

    assert lines[0] == "PHIẾU TÍNH ĐIỂM"
    assert "Phiên bản của khung: Phiên bản 2" in lines
    top = lines.index("Tổng điểm: 87,36 · Mức xếp loại: Không hoàn thành nhiệm vụ")
    assert top < lines.index("CÁCH TÍNH TỪNG BƯỚC")


def test_who_has_no_total_is_told_why_and_not_given_a_number():
    reported = document(receipt_of(DECREE | {"work": []}))

    assert (reported.total, reported.level, reported.is_scored) == ("–", "Chưa đủ dữ liệu", False)
    assert "không có việc nào được giao" in reported.summary


def test_a_document_numbers_its_steps_and_sets_numbers_from_the_right():
    reported = document(receipt_of(DECREE), period="Quý III/2026")

    assert [step.number for step in reported.steps] == list(range(1, 11))
    assert [step.value for step in reported.steps[:3]] == ["27,75 điểm", "", "87,50%"]
    lines = reported.steps[1].table
    assert [cell.text for cell in lines.headings if not cell.is_number] == [
        "Công việc", "Chất lượng quy đổi", "Tiến độ quy đổi", "Ghi chú",
    ]  # fmt: skip
    assert [cell.text for cell in lines.totals if cell.text] == ["Cộng", "16", "14", "13,75", "14"]
    assert ("Kỳ đánh giá", ("Quý III/2026",)) in [(fact.label, fact.texts) for fact in reported.facts]


def test_conditions_carry_their_verdict_and_disqualifiers_their_document():
    reported = document(receipt_of(DECREE))
    failing = document(receipt_of(DECREE | {"flags": [], "common": "30"}, "nd335-qd366"))

    assert "Văn bản xác định:" in reported.disqualifiers[0].text
    assert reported.disqualifiers[0].mark == "Có"
    assert {each.mark for each in failing.conditions} >= {"Không đạt"}

"""The receipt: every step can be followed and worked out again from its own text, and its bytes never change."""

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

from cms.scoring import shipped
from cms.scoring.answer import answer
from cms.scoring.answer_shapes import Result
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.exact import half_up, to_text
from cms.scoring.inputs import read_subjects
from cms.scoring.marks import WORK_MEASURES
from cms.scoring.receipt import receipt
from cms.scoring.shape import read_part
from cms.scoring.vocabulary import vocabulary_of
from tests.unit.scoring import recompute
from tests.unit.scoring.cases import random_framework, random_person, random_settings
from tests.unit.scoring.definitions import COMMON, GOLDEN, RESULT, decree, decree_data, define
from tests.unit.scoring.scored import LINE, criteria, indicators, scored

DECREE = decree()
STORED = Path(__file__).parents[2] / "golden" / "receipt.json"
MARKS = dict.fromkeys("abc", "100")


def reported(definition, settings=None, **data):
    return receipt(scored(definition, settings, **data))


def steps(document):
    return {step["code"]: step for step in document["steps"]}


def check(document):
    """Work every step of a receipt out again from its text, and the total from its own."""
    for step in document["steps"]:
        if step["kind"] == "lines":
            check_lines(step)
        elif step["value"] is not None and step["arithmetic"]:
            check_step(step)
    total = document["result"]["total"]
    assert (total is None) == (steps(document)["total"]["arithmetic"] == "")


def check_step(step):
    outcome = recompute.outcome(step["arithmetic"])
    if step["unit"] == "percent" and "counted" in step:
        assert step["arithmetic"].count("→") <= 2
        return
    places = len(step["value"].partition(".")[2])
    scale = 100 if step["unit"] == "percent" else 1
    assert half_up(outcome * scale, places) == Fraction(step["value"]), step


def check_lines(step):
    """Add the columns of the table up again and check the arithmetic of every cell."""
    codes = [each["code"] for each in step["columns"]]
    assert all(len(row) == len(codes) for row in [*step["rows"], step["totals"]])
    for code in ("converted_assigned", "converted_counted", "quality", "progress"):
        place = codes.index(code)
        cells = [row[place] for row in step["rows"]]
        assert sum(cell_value(cell) for cell in cells) == recompute.number(step["totals"][place]), code
    for row in step["rows"]:
        cell = dict(zip(codes, row, strict=True))
        coefficient = recompute.number(cell["coefficient"])
        for own, converted in (("assigned", "converted_assigned"), ("counted", "converted_counted")):
            assert coefficient * recompute.number(cell[own]) == recompute.number(cell[converted])


def cell_value(cell):
    return recompute.outcome(cell)


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
def test_golden_receipts_are_recomputed_from_their_own_text(case):
    document = reported(DECREE, case["settings"], **case["subject"])
    check(document)
    total = half_up(recompute.outcome(steps(document)["total"]["arithmetic"]), 2)
    assert total == Fraction(case["expect"]["total"])


@pytest.mark.parametrize("seed", range(60))
def test_receipts_of_any_framework_are_recomputed_from_their_own_text(seed):
    chance = random.Random(seed)
    framework = random_framework(chance)
    definition = define(framework)
    for _ in range(3):
        subject = random_person(chance, framework)
        document = reported(definition, random_settings(chance), **subject)
        check(document)
        assert document["hash"] == content_hash({key: document[key] for key in document if key != "hash"})


def test_the_bytes_of_a_receipt_never_change():
    """A change of this file is a change of documents of record: raise ENGINE_VERSION with it."""
    (case,) = (each for each in GOLDEN["individual"] if each["id"] == "G03")
    assert canonical_bytes(reported(DECREE, case["settings"], **case["subject"])).decode() == STORED.read_text().strip()


def test_neither_the_order_of_keys_nor_of_flags_or_subordinates_matters():
    data = {
        "role": "head",
        "id": "x",
        "common": {"I": "9", "II": "8", "III": "7"},
        "work": [LINE],
        "indicators": {"đ": "100", "e": "50"},
        "subordinates": [{"id": 1, "total": "60"}, {"id": 2, "total": "70"}],
        "flags": ["disciplined"],
    }
    turned = {key: data[key] for key in reversed(data)}
    turned |= {"common": {"III": "7", "II": "8", "I": "9"}, "indicators": {"e": "50", "đ": "100"}}
    turned |= {"subordinates": data["subordinates"][::-1], "flags": ["disciplined", "disciplined"]}
    assert canonical_bytes(reported(DECREE, **data)) == canonical_bytes(reported(decree(), **turned))


def test_the_inputs_of_a_receipt_can_be_sent_again_and_give_the_same_receipt():
    document = reported(DECREE, common="27.5", work=[{**LINE, "late_occurrences": 1, "late_exempt": True, "id": 7}])
    subjects, problems = read_subjects([document["inputs"]], DECREE)
    assert not problems
    assert reported(DECREE, **document["inputs"]) == document


def test_numbers_are_written_as_a_person_would():
    lines = [{**LINE, "assigned": "1250", "completed": "1000", "coefficient": "1.25"}, LINE]
    document = steps(reported(DECREE, common="27.5", work=lines))
    assert document["a"]["arithmetic"] == ("(1,25 × 1.000 + 1 × 8) : (1,25 × 1.250 + 1 × 10) = 1.258 : 1.572,5 = 80%")
    assert document["result"]["arithmetic"] == "70 × (1.258/1.572,5 + 1.258/1.572,5 + 1.258/1.572,5) : 3 = 56"
    assert document["total"]["arithmetic"].endswith("= 83,50")


def test_many_lines_are_told_by_the_totals_of_their_table():
    document = steps(reported(DECREE, common="27.5", work=[{**LINE, "title": f"Việc {n}"} for n in range(30)]))
    assert document["b"]["arithmetic"] == "240 : 300 = 80%"
    assert document["b"]["table"] == "lines"
    assert len(document["lines"]["rows"]) == 30
    assert document["lines"]["totals"][6:10] == ["300", "240", "240", "240"]


def test_a_line_says_what_was_taken_off_and_what_was_not_and_why():
    line = {**LINE, "completed": "12", "quality_failures": 1, "late_occurrences": 2, "late_exempt": True}
    document = reported(DECREE, common="27.5", work=[{**line, "exemption": "Công văn 12/UBND"}])
    (row,) = steps(document)["lines"]["rows"]
    assert row[8] == "1 × (10 − 1 × 25%) = 9,75"
    assert row[9] == "10"
    why = "nguyên nhân khách quan đã được xác nhận (Công văn 12/UBND), không trừ"
    assert row[10].startswith("Không đạt chất lượng 1 lần; chậm 2 lần: " + why)
    assert document["left_out"] == [
        {"what": "Dòng 1: chậm 2 lần", "why": why},
        {"what": "Dòng 1: hoàn thành vượt 2", "why": "ở mỗi dòng chỉ tính bằng số được giao"},
    ]


def test_a_floor_that_holds_is_told():
    line = {"assigned": "1", "completed": "1", "coefficient": "2", "late_occurrences": 5}
    (row,) = steps(reported(DECREE, common="27.5", work=[line]))["lines"]["rows"]
    assert row[9] == "2 × (1 − 5 × 25%) → 0"
    assert row[10] == "Chậm 5 lần; đã trừ đến mức thấp nhất"


def test_indicators_that_count_lines_otherwise_have_tables_of_their_own():
    own = {"failure_scope": "line"}
    form = indicators({"code": "b", "measure": "work_quality", "work": own}, {"code": "c", "measure": "work_progress"})
    document = reported(form, work=[{**LINE, "quality_failures": 1}])
    assert {step["code"]: step.get("table") for step in document["steps"]} == {
        "lines-1": None,
        "lines-2": None,
        "b": "lines-1",
        "c": "lines-2",
        "all": None,
        "total": None,
    }
    assert "b.failure_scope" in {each["code"] for each in document["settings"]}


def test_settings_name_their_source_or_that_the_call_chose():
    document = reported(DECREE, {"failure_scope": "line"}, common="27.5", work=[LINE])
    settings = {each["code"]: each for each in document["settings"]}
    assert settings["denominator"]["citation"] == "Nghị định 335/2025/NĐ-CP, Điều 14"
    assert settings["failure_scope"]["text"] == "cả dòng công việc"
    assert settings["failure_scope"]["citation"] == "Chọn cho lần tính này; khung tiêu chí cho phép"


def test_a_denominator_that_the_call_chose_is_told_where_its_source_has_another():
    own, chosen = (steps(reported(DECREE, {"denominator": each}, work=[LINE])) for each in ("assigned", "completed"))
    assert own["b"]["rule"] == "Tổng chất lượng quy đổi chia cho tổng được giao quy đổi, không quá 100%."
    assert "hoàn thành quy đổi (chọn cho lần tính này, khác mẫu số nêu ở căn cứ)" in chosen["b"]["rule"]
    assert chosen["a"]["rule"] == own["a"]["rule"]
    assert chosen["lines"]["citation"] == "Nghị định 335/2025/NĐ-CP, Điều 14"


def test_criteria_are_told_one_by_one_and_group_by_group():
    marking = {"kind": "levels", "levels": [{"code": "T", "label": "Tốt", "percent": "80"}]}
    off = {"kind": "points_off", "each": "2.5"}
    parts = [
        {"code": "I.1", "title": "Một", "max": "40", "marking": marking},
        {"code": "I.2", "title": "Hai", "max": "40", "marking": off},
    ]
    form = criteria({"code": "I", "max": "80", "criteria": parts}, {"code": "II", "max": "20", "may_not_apply": True})
    document = reported(form, common={"I.1": "T", "I.2": 3, "II": "n/a"})
    step = steps(document)["all"]
    assert [row[2:5] for row in step["rows"]] == [
        ["Tốt", "40 × 80% = 32", "32"],
        ["3 lần", "40 − 3 × 2,5 = 32,5", "32,5"],
        ["", "32 + 32,5 = 64,5", "64,5"],
        ["Không áp dụng", "", ""],
    ]
    assert step["arithmetic"] == "64,5 × 100 : 80 ≈ 80,63"
    assert document["left_out"] == [{"what": "Tiêu chí (II)", "why": "Không áp dụng"}]
    check(document)


def test_marks_of_another_role_are_left_out_and_said_so():
    document = reported(DECREE, common="27.5", work=[LINE], indicators={"d": "50"}, subordinates=None)
    assert document["left_out"] == [
        {
            "what": "Kết quả của tập thể phụ trách (d)",
            "why": "Khung tiêu chí không dùng cho vai trò người không giữ chức vụ lãnh đạo, quản lý",
        }
    ]


def test_people_led_are_told_and_those_outside_the_field_are_left_out():
    people = [
        {"id": "b", "total": "62.5", "level": "completed", "fields": ["đất đai"]},
        {"id": "a", "total": "30", "fields": ["y tế"]},
    ]
    marks = {**MARKS, "đ": "100", "e": "100"}
    document = reported(DECREE, role="deputy", common="27.5", indicators=marks, subordinates=people, fields=["đất đai"])
    step = steps(document)["d"]
    assert step["rows"] == [["b", "62,5", "Hoàn thành nhiệm vụ", "đất đai", "đạt"]]
    assert step["arithmetic"] == "100%"
    assert step["note"] == "1 trong 1 đạt từ 50 điểm trở lên và không bị xếp mức thấp hơn."
    assert "không ai bị xếp mức thấp hơn “Hoàn thành nhiệm vụ” thì 100%" in step["rule"]
    assert document["left_out"] == [{"what": "Cấp dưới a", "why": "Không thuộc lĩnh vực được phân công phụ trách"}]


def test_a_total_that_is_kept_within_its_limits_says_so():
    bonus = {"code": "bonus", "title": "Điểm thưởng", "kind": "bonus", "max": "5"}
    bonus["criteria"] = [{"code": "B", "title": "Sáng kiến", "max": "5"}]
    document = reported(
        define(decree_data(sections=[COMMON, RESULT, bonus])), common="30", indicators=MARKS, criteria={"B": "4"}
    )
    step = steps(document)["total"]
    assert (step["arithmetic"], step["note"]) == (
        "30 + 70 × (100% + 100% + 100%) : 3 + 4 = 104,00 → 100,00",
        "Vượt 100 nên tính 100 điểm.",
    )


def test_a_disqualifier_keeps_the_score_and_names_its_document():
    document = reported(DECREE, common="28.5", indicators=MARKS, flags=["disciplined"])
    assert document["classification"]["disqualifiers"][0]["document"] == "Quyết định kỷ luật"
    assert document["result"]["total"] == "98.50"
    assert document["summary"].startswith(
        "Tổng 98,50 điểm (Tiêu chí chung 28,50; Kết quả thực hiện nhiệm vụ 70,00). Xếp loại: Không hoàn thành nhiệm vụ."
    )


def test_a_receipt_without_a_total_still_tells_what_there_is():
    document = reported(DECREE, common="27.5", work=[])
    assert steps(document)["a"]["value"] is None
    assert steps(document)["common"]["value"] == "27.50"
    assert document["summary"] == (
        "Chưa tính được tổng điểm. Chưa đủ dữ liệu: không có việc nào được giao trong kỳ nên không tính được tỷ lệ."
    )


def test_changing_a_receipt_breaks_its_hash():
    document = reported(DECREE, common="27.5", work=[LINE])
    digest = document.pop("hash")
    assert content_hash(document) == digest
    document["steps"][0]["note"] += " "
    assert content_hash(document) != digest


def filled(definition, role):
    """Return a subject whose form is filled in: every criterion with its best mark, every indicator with a value."""
    known = vocabulary_of(definition)
    best = {"points": "0", "bands": "95", "yes_no": True, "points_off": 1, "points_each": 1}
    given = {
        code: to_text(each.steps[0] if each.steps else each.full * 4 / 5) for code, each in known.indicators.items()
    }
    return {
        "role": role,
        "criteria": {
            code: each.marking.levels[0].code if each.marking.kind == "levels" else best[each.marking.kind]
            for code, each in known.criteria.items()
        },
        "work": [LINE, {**LINE, "completed": "10", "quality_failures": 1}],
        "indicators": {
            code: given[code] for code, each in known.indicators.items() if each.measure not in WORK_MEASURES
        },
    }


@pytest.mark.parametrize("code", shipped.codes())
def test_shipped_frameworks_tell_their_receipts(code):
    definition = shipped.load(code)
    for role in definition.roles:
        document = reported(definition, **filled(definition, role))
        assert document["result"]["status"] in ("scored", "needs_decision"), document["summary"]
        check(document)
        assert json.loads(canonical_bytes(document)) == document


def _complaints(score):
    problems = []
    read_part(Result, answer(score), "", problems)
    return problems


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
def test_an_answer_says_what_it_is_declared_to_say(case):
    assert _complaints(scored(DECREE, case["settings"], **case["subject"])) == []


@pytest.mark.parametrize("seed", range(60))
def test_an_answer_of_any_framework_says_what_it_is_declared_to_say(seed):
    chance = random.Random(seed)
    framework = random_framework(chance)
    for _ in range(3):
        subject = random_person(chance, framework)
        assert _complaints(scored(define(framework), random_settings(chance), **subject)) == []


def test_no_receipt_is_made_where_none_is_asked_for():
    assert answer(scored(DECREE, common="27.5", work=[LINE]), receipts=False)["receipt"] is None

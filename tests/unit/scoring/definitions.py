"""The decree by itself, as small as it can be said: what the tests of the scoring share."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cms.scoring.definition import Definition, read_definition

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "scoring.json").read_text(encoding="utf-8"))
LEADERS = ["head", "deputy"]
STEPS = ["100", "50"]
THREE_SETTINGS = ["denominator", "failure_scope", "over_100"]

COMMON = {
    "code": "common",
    "title": "Tiêu chí chung",
    "kind": "criteria",
    "max": "30",
    "criteria": [
        {"code": "I", "title": "Phẩm chất chính trị, đạo đức, văn hóa, kỷ luật", "max": "10"},
        {"code": "II", "title": "Năng lực chuyên môn, trách nhiệm, thái độ phục vụ, phối hợp", "max": "10"},
        {"code": "III", "title": "Đổi mới, sáng tạo, dám nghĩ, dám làm", "max": "10"},
    ],
    "citation": "Nghị định 335/2025/NĐ-CP, Điều 12",
}
RESULT = {
    "code": "result",
    "title": "Kết quả thực hiện nhiệm vụ",
    "kind": "indicators",
    "max": "70",
    "indicators": [
        {"code": "a", "title": "Số lượng", "measure": "work_quantity", "citation": "Điều 14"},
        {"code": "b", "title": "Chất lượng", "measure": "work_quality", "citation": "Điều 14"},
        {"code": "c", "title": "Tiến độ", "measure": "work_progress", "citation": "Điều 14"},
        {
            "code": "d",
            "title": "Kết quả của tập thể phụ trách",
            "measure": "subordinates",
            "threshold": "50",
            "steps": STEPS,
            "roles": LEADERS,
            "citation": "Điều 15",
        },
        {"code": "đ", "title": "Tổ chức triển khai", "measure": "mark", "steps": STEPS, "roles": LEADERS},
        {"code": "e", "title": "Tập hợp, đoàn kết", "measure": "mark", "steps": STEPS, "roles": LEADERS},
    ],
    "citation": "Nghị định 335/2025/NĐ-CP, Điều 16",
}
DECREE: dict[str, Any] = {
    "schema": "thuocdo.framework/1",
    "code": "decree-test",
    "name": "Nghị định 335, bản gọn",
    "subject": "officer",
    "sections": [COMMON, RESULT],
    "classification": {
        "levels": [
            {"level": "excellent", "title": "Hoàn thành xuất sắc nhiệm vụ", "from": "90"},
            {"level": "good", "title": "Hoàn thành tốt nhiệm vụ", "from": "70"},
            {"level": "completed", "title": "Hoàn thành nhiệm vụ", "from": "50"},
            {"level": "not_completed", "title": "Không hoàn thành nhiệm vụ", "from": "0"},
        ],
        "disqualifiers": [
            {
                "code": "disciplined",
                "title": "Bị kỷ luật từ khiển trách trở lên do vi phạm trong hoạt động công vụ",
                "document": "Quyết định kỷ luật",
                "citation": "Nghị định 335/2025/NĐ-CP, Điều 20",
            }
        ],
        "caps": [{"level": "excellent"}],
    },
    "overridable": THREE_SETTINGS,
}


def define(data: Mapping[str, Any]) -> Definition:
    """Return the definition that the data say; a problem fails the test at once."""
    definition, problems = read_definition(dict(data))
    assert definition is not None, problems
    return definition


def decree_data(**changes: Any) -> dict[str, Any]:
    """Return the decree's data, a copy to change; keywords replace whole keys of it."""
    return {**copy.deepcopy(DECREE), **copy.deepcopy(changes)}


def decree(**changes: Any) -> Definition:
    """Return the decree's definition, keywords replacing whole keys of its data."""
    return define(decree_data(**changes))

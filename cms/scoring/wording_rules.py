"""The Vietnamese words in which levels, longer periods and caps explain themselves.

They stand in documents of record, so they come from here and not from a translation catalogue that may change.
"""

from __future__ import annotations

from fractions import Fraction

from cms.scoring.definition.scores import ScoreComparison
from cms.scoring.exact import decimals_of, to_vietnamese

LEVEL_TITLES = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}
PERIOD_TITLES = {"month": "tháng", "quarter": "quý", "half": "6 tháng", "year": "năm"}
METRIC_TITLES = {
    "total": "Tổng điểm",
    "tasks_done_pct": "Tỷ lệ nhiệm vụ hoàn thành",
    "on_time_pct": "Tỷ lệ nhiệm vụ hoàn thành đúng tiến độ",
    "quality_pct": "Tỷ lệ nhiệm vụ bảo đảm chất lượng",
    "exceeded_pct": "Tỷ lệ nhiệm vụ vượt mức yêu cầu trong số nhiệm vụ được giao, do cấp có thẩm quyền xác nhận",
    "late_pct": "Tỷ lệ nhiệm vụ chậm tiến độ",
    "subordinate_not_completed": "Số đơn vị trực thuộc không hoàn thành nhiệm vụ",
    "members_disciplined": "Số thành viên lãnh đạo, đơn vị trực thuộc bị kỷ luật",
    "not_completed_quarters": "Số quý không hoàn thành nhiệm vụ",
    "shortcomings_remedied": "Hạn chế, khuyết điểm đã được khắc phục",
}
BOUNDS = {
    ">=": "từ {value} trở lên",
    ">": "trên {value}",
    "<=": "không quá {value}",
    "<": "dưới {value}",
    "=": "{value}",
    "!=": "khác {value}",
}
SCORE_TITLES = {
    ("section", "points"): "Điểm phần “{title}”",
    ("section", "percent"): "Tỷ lệ điểm phần “{title}” so với điểm tối đa",
    ("criterion", "points"): "Điểm tiêu chí “{title}”",
    ("criterion", "percent"): "Tỷ lệ điểm tiêu chí “{title}” so với điểm tối đa",
}
NO_FIGURE = "chưa có số liệu"
# Keyed by whether a condition holds; None where a figure that it needs is not there.
HELD = {True: "đạt", False: "không đạt", None: "chưa xác định được"}
OR = " hoặc "
COMPARED = "{metric}: {found}, mốc so sánh: {asked}"
MEASURED = "{title} ({figures})"
CONDITION = "Điều kiện của mức “{level}”: {measured}: {held}."
DISQUALIFIER = "{title}. Căn cứ xác định: {shown}."
BY_FLAG = "cơ quan có thẩm quyền đã ghi nhận"
POINTS = "Tổng điểm {total} thuộc mức “{level}” (từ {from_} đến dưới {below} điểm)."
POINTS_HIGHEST = "Tổng điểm {total} thuộc mức “{level}” (từ {from_} điểm)."
GIVEN = "Xếp loại: {level}."
NOT_GIVEN = "Chưa xếp loại."

REASONS = {
    "no_total": "Chưa có tổng điểm nên chưa xếp loại.",
    "metric_unknown": "Chưa xếp loại được vì chưa có số liệu: {missing}.",
    "conditions_fail": "Điểm thuộc mức “{points_level}” nhưng không đủ điều kiện của mức này; cấp có thẩm quyền "
    "quyết định. Không đạt: {failing}.",
    "no_level_fits": "Điểm thuộc mức “{points_level}” nhưng không mức nào đủ điều kiện; cấp có thẩm quyền quyết định. "
    "Không đạt: {failing}.",
    "lower_level": "Điểm thuộc mức “{points_level}” nhưng chỉ đủ điều kiện của mức “{level}”. Không đạt: {failing}.",
    "disqualified": "Thuộc trường hợp “{title}” nên xếp cao nhất là “{level}”; điểm giữ nguyên.",
    "authority_decides": "Thuộc trường hợp “{title}” nhưng có căn cứ xem xét riêng ({unless}); cấp có thẩm quyền "
    "quyết định.",
    "disqualifier_unknown": "Chưa xác định được có thuộc trường hợp “{title}” hay không vì chưa có số liệu: {missing}.",
}

CAP_BASES = {
    "good_only": "số người xếp mức “{below}”",
    "good_or_better": "số người xếp từ mức “{below}” trở lên",
}
CAP_GROUPS = {"agency": "cơ quan, đơn vị", "position_group": "nhóm có nhiệm vụ tương đồng"}
CAP_WITHIN = ", tính trong cùng {groups}"
AND = " và cùng "
CAP_RATE = "Tỷ lệ tối đa của mức “{level}” là {rate}% {base}{groups}."
CAP_HIGHER = "Được đến {rate}% khi có: {needs}."
CAP_OPEN = "Phiếu này chưa xét tỷ lệ đó; cấp có thẩm quyền xét khi có kết quả của tất cả."
CAP_ARITHMETIC = {
    "good_only": "{rate} × {eligible} ÷ (100 + {rate})",
    "good_or_better": "{rate} × {eligible} ÷ 100",
}
CAP_ALLOWED = (
    "{eligible} trường hợp được tính làm cơ sở; tối đa {allowed} trường hợp “{level}” ({arithmetic}, làm tròn xuống)."
)
CAP_RESPECTED = "Có {holding} trường hợp đạt mức này theo điểm và điều kiện, không vượt tỷ lệ."
CAP_BREACHED = (
    "Có {holding} trường hợp đạt mức này theo điểm và điều kiện, vượt {over}; không tự hạ mức của ai, cấp có "
    "thẩm quyền quyết định và ghi lý do."
)
CAP_TIE = "{count} trường hợp bằng điểm nhau ({total} điểm) trong khi chỉ còn {left}; cấp có thẩm quyền lựa chọn."
CAP_EXCEPTION = "Áp dụng tỷ lệ cao hơn theo: {decision}."
CAP_UNDECIDED = "Chưa tính {count} trường hợp đang chờ quyết định xếp loại."

LONGER_RULES = {
    "mean": "Điểm {period} là trung bình cộng điểm các {made_of} đã làm tròn và lưu.",
    "cumulative": "Điểm {period} tính từ tử số và mẫu số cộng dồn của các {made_of}; tiêu chí chấm điểm lấy "
    "trung bình.",
}
COMMON_MEAN = "Điểm các tiêu chí chấm điểm, trung bình"
LONGER_TOTAL = "Tổng điểm {period}"
LEAST_OF = "mức thấp nhất trong ({values}) = {least}"
LEFT_OUT = "{label}: không làm việc{why}; không tính vào kết quả."
COUNTED_ZERO = "{label}: không làm việc{why}; tính 0 điểm theo khung tiêu chí."
BECAUSE = " ({note})"
A_PERIOD = "Một {made_of}"
LONGER_RESULT = "Tổng điểm {period} là {total}, tính từ {count} {made_of}."
LONGER_NONE = "Chưa có tổng điểm {period}."
LONGER_REASONS = {
    "nothing_worked": "Không có {made_of} nào làm việc để tính điểm {period}.",
    "period_insufficient": "{what}: chưa đủ dữ liệu để có tổng điểm.",
    "period_blocked": "{what}: chưa có tổng điểm.",
    "common_unknown": "Có {made_of} chưa lưu điểm các tiêu chí chấm điểm nên không cộng dồn được.",
    "ratio_unknown": "“{title}” chỉ có tỷ lệ, không có tử số và mẫu số nên không cộng dồn được.",
    "role_changed": "Vai trò hoặc nhóm vị trí thay đổi giữa các {made_of} nên không cộng dồn được; cấp có thẩm quyền "
    "quyết định.",
}


def figure(value: Fraction, kind: str = "count") -> str:
    """Write a figure of a condition: yes or no, a percentage, points, a number; at most four decimals, rounded."""
    if kind == "yes_no":
        return "có" if value else "không"
    places = decimals_of(value)
    text = to_vietnamese(value) if places is not None and places <= 4 else f"khoảng {to_vietnamese(value, 4)}"
    if kind == "points":
        return f"{text} điểm"
    return f"{text}%" if kind == "percent" else text


def score_title(asked: ScoreComparison, title: str) -> str:
    """Name the score of a section or criterion, in points or percent of the maximum."""
    return SCORE_TITLES[asked.of, asked.unit].format(title=title)


def points(value: Fraction) -> str:
    """Write points with two decimals, or with all that a rounded total has."""
    return to_vietnamese(value, max(2, decimals_of(value) or 0))

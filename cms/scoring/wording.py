"""The Vietnamese words of receipts.

A receipt is a document of record: its words come from here and not from a translation catalogue that may change.
"""

from __future__ import annotations

SETTING_TITLES = {
    "denominator": "Mẫu số của chất lượng và tiến độ",
    "failure_scope": "Phạm vi trừ của mỗi lần không đạt",
    "points_off": "Mức trừ mỗi lần",
    "floor": "Mức thấp nhất sau khi trừ",
    "over_100": "Phần hoàn thành vượt số được giao",
    "late_counted": "Cách đếm việc chậm",
    "late_bands": "Mức trừ theo số ngày chậm",
    "nothing_assigned": "Khi không được giao việc nào",
    "combine": "Cách tính điểm của phần",
    "not_applicable": "Khi có tiêu chí không áp dụng",
    "places": "Số chữ số thập phân của tổng điểm",
    "mode": "Cách làm tròn",
    "asks_when_cut": "Khi không cho đủ điểm hoặc trừ điểm",
    "when_conditions_fail": "Khi đủ điểm nhưng không đủ điều kiện của mức",
}
SETTING_VALUES = {
    ("denominator", "assigned"): "số được giao quy đổi",
    ("denominator", "completed"): "số hoàn thành quy đổi",
    ("failure_scope", "unit"): "một đơn vị sản phẩm",
    ("failure_scope", "line"): "cả dòng công việc",
    ("over_100", "line"): "không tính ở từng dòng",
    ("over_100", "aggregate"): "được tính chung, cả phần không quá 100%",
    ("late_counted", "occurrences"): "theo số lần chậm",
    ("late_counted", "days"): "theo số ngày chậm",
    ("nothing_assigned", "insufficient_data"): "chưa đủ dữ liệu, không tính điểm",
    ("nothing_assigned", "zero"): "tính 0%",
    ("combine", "mean"): "trung bình các tỷ lệ nhân với điểm tối đa",
    ("combine", "points"): "cộng điểm các chỉ tiêu",
    ("not_applicable", "rescale"): "quy về phần được áp dụng",
    ("not_applicable", "full"): "tính điểm tối đa",
    ("not_applicable", "zero"): "tính 0 điểm",
    ("asks_when_cut", "nothing"): "không phải nêu gì thêm",
    ("asks_when_cut", "comment"): "phải nêu lý do",
    ("asks_when_cut", "evidence"): "phải dẫn minh chứng",
    ("asks_when_cut", "both"): "phải nêu lý do và dẫn minh chứng",
    ("mode", "half_up"): "nửa thì làm tròn lên",
    ("when_conditions_fail", "lower_level"): "đề xuất mức thấp hơn đủ điều kiện",
    ("when_conditions_fail", "needs_decision"): "chờ cấp có thẩm quyền quyết định",
}
CHOSEN_BY_CALL = "Chọn cho lần tính này; khung tiêu chí cho phép"
SETTING_OF = "{title} ({what})"

LINES_TITLE = "Bảng công việc"
LINES_RULE = (
    "Quy đổi = hệ số × số lượng. Số được tính là số hoàn thành{over}. {failures} Nguyên nhân khách quan đã được cấp "
    "có thẩm quyền xác nhận thì không trừ."
)
OVER_LINE = ", nhưng không quá số được giao của dòng đó"
OVER_AGGREGATE = ", kể cả phần vượt số được giao"
FAILURES_UNIT = "Mỗi lần không đạt chất lượng, mỗi {late} trừ {off} của một đơn vị; {least}."
FAILURES_LINE = "Mỗi lần không đạt chất lượng, mỗi {late} trừ {off} của cả dòng; {least}."
LATE = {"occurrences": "lần chậm", "days": "ngày chậm"}
LEAST_ZERO = "một dòng không bị trừ quá chính nó"
LEAST = "một dòng còn ít nhất {floor} của chính nó"
LINE_COLUMNS = (
    ("no", "STT"),
    ("title", "Công việc"),
    ("assigned", "Được giao"),
    ("completed", "Hoàn thành"),
    ("counted", "Được tính"),
    ("coefficient", "Hệ số"),
    ("converted_assigned", "Được giao quy đổi"),
    ("converted_counted", "Hoàn thành quy đổi"),
    ("quality", "Chất lượng quy đổi"),
    ("progress", "Tiến độ quy đổi"),
    ("note", "Ghi chú"),
)
ADDED = "Cộng"
FAULTY_NOTE = "không đạt chất lượng {count} lần"
LATE_NOTE = {"occurrences": "chậm {count} lần", "days": "chậm {count} ngày"}
EXEMPT = "nguyên nhân khách quan đã được xác nhận, không trừ"
EXEMPT_BY = "nguyên nhân khách quan đã được xác nhận ({exemption}), không trừ"
LEAST_REACHED = "đã trừ đến mức thấp nhất"
SURPLUS = "hoàn thành vượt {surplus}"
SURPLUS_WHY = "ở mỗi dòng chỉ tính bằng số được giao"
LINE = "Dòng {no}: {what}"

WORK_RULES = {
    "work_quantity": "Tổng hoàn thành quy đổi chia cho tổng được giao quy đổi, không quá 100%.",
    "work_quality": "Tổng chất lượng quy đổi chia cho tổng {denominator} quy đổi{chosen}, không quá 100%.",
    "work_progress": "Tổng tiến độ quy đổi chia cho tổng {denominator} quy đổi{chosen}, không quá 100%.",
}
CHOSEN_HERE = " (chọn cho lần tính này, khác mẫu số nêu ở căn cứ)"
DENOMINATORS = {"assigned": "được giao", "completed": "hoàn thành"}
LED_RULES = {
    "head": "Mọi người thuộc quyền quản lý đều {reaches} thì {first}, nếu không thì {last}.",
    "deputy": "Mọi người thuộc lĩnh vực phụ trách đều {reaches} thì {first}, nếu không thì {last}.",
    "headed": "Cơ quan, đơn vị do người đó đứng đầu {reaches} thì {first}, nếu không thì {last}.",
    "organisation": "Mọi đơn vị, cá nhân trực thuộc đều {reaches} thì {first}, nếu không thì {last}.",
}
LED_REACHES = "đạt từ {threshold} điểm trở lên"
NOT_BELOW = " và không ai bị xếp mức thấp hơn “{level}”"
MARK_RULE = "Cấp có thẩm quyền đánh giá."
MARK_STEPS_RULE = "Cấp có thẩm quyền đánh giá theo một trong các mức: {steps}."
FIGURE_RULES = {
    "survey": "Kết quả khảo sát; {full} là 100%.",
    "outside": "Số liệu do cơ quan khác công bố; {full} là 100%.",
}
# A figure that is a percentage itself.
PERCENT_RULES = {
    "survey": "Kết quả khảo sát, tính bằng phần trăm.",
    "outside": "Số liệu do cơ quan khác công bố, tính bằng phần trăm.",
}
GROUP_RULE = "Trung bình cộng các chỉ tiêu trong nhóm."
GROUP_WEIGHTED_RULE = "Trung bình các chỉ tiêu trong nhóm theo trọng số."
BANDS_RULE = "Quy đổi theo khoảng: {bands}; thấp hơn thì 0."
BAND = "từ {from_} được {points}"

GIVEN_NOTE = "Tỷ lệ do nơi gửi cung cấp, không tính lại từ bảng công việc."
GIVEN_LED_NOTE = "Mức do nơi gửi cung cấp, không xét lại từ điểm của cấp dưới."
NOTHING_COMPLETED_NOTE = "Chưa hoàn thành việc nào nên tính 0%."
NOTHING_ASSIGNED_NOTE = "Không được giao việc nào nên tính 0%."
OVER_NOTE = "Vượt 100% nên tính 100%."
LED_NOTE = "{reached} trong {count} đạt từ {threshold} điểm trở lên và không bị xếp mức thấp hơn."
UNCLASSIFIED_NOTE = "{count} trường hợp chưa có mức xếp loại nên chỉ xét điểm."
UNCLASSIFIED = "chưa xếp loại"
NOT_APPLICABLE_NOTE = {
    "leave_out": "Không áp dụng, không tính vào trung bình.",
    "full": "Không áp dụng, tính 100%.",
    "zero": "Không áp dụng, tính 0%.",
    "block": "Không áp dụng, nhưng khung tiêu chí yêu cầu phải có.",
}
LED_COLUMNS = (
    ("id", "Mã"),
    ("total", "Tổng điểm"),
    ("level", "Mức xếp loại"),
    ("fields", "Lĩnh vực"),
    ("held", "Kết quả"),
)
REACHED = {True: "đạt", False: "không đạt", None: "chưa có điểm"}

SECTION_RULES = {
    "criteria": "Cộng điểm các tiêu chí, tối đa {max} điểm.",
    "bonus": "Điểm thưởng, ngoài 100 điểm, tối đa {max} điểm.",
    "deduction": "Điểm trừ, tối đa {max} điểm.",
}
COMMON_GIVEN_NOTE = "Điểm của cả phần do nơi gửi cung cấp, không có điểm từng tiêu chí."
MEAN_RULE = "Trung bình cộng các tỷ lệ nhân với {max} điểm."
WEIGHTED_RULE = "Trung bình các tỷ lệ theo trọng số nhân với {max} điểm."
POINTS_RULE = "Cộng điểm các chỉ tiêu, tối đa {max} điểm."
RESCALED_NOTE = "Phần không áp dụng được quy về phần còn lại: nhân với {whole}/{applied}."
LIMITED_NOTE = "Vượt mức tối đa của phần nên tính {max} điểm."
CRITERIA_COLUMNS = (
    ("code", "Mã"),
    ("title", "Tiêu chí"),
    ("mark", "Đánh giá"),
    ("arithmetic", "Cách tính"),
    ("points", "Điểm"),
    ("max", "Tối đa"),
)
# Beside the others where something is said, or is asked for and missing.
BESIDE_MARKS_COLUMNS = (("comment", "Lý do"), ("evidence", "Minh chứng"))
UNSAID = {"comment": "Chưa nêu", "evidence": "Chưa dẫn"}
# What stands for it in trials and examples, where nobody judged anybody.
TRIED_COMMENT = "Dữ liệu thử: lý do không có trong dữ liệu."
TRIED_EVIDENCE = "Dữ liệu thử: minh chứng không có trong dữ liệu"
YES_NO = {True: "Có", False: "Không"}
TIMES = "{count} lần"
NOT_APPLICABLE = "Không áp dụng"
NOT_MARKED = "Chưa chấm"

TOTAL_TITLE = "Tổng điểm"
TOTAL_RULE = "Cộng điểm các phần; điểm trong khoảng từ 0 đến 100."
TOTAL_RULE_OUTSIDE = "Cộng điểm các phần, cộng điểm thưởng, trừ điểm trừ; điểm trong khoảng từ 0 đến 100."
OVER_100_NOTE = "Vượt 100 nên tính 100 điểm."
UNDER_0_NOTE = "Dưới 0 nên tính 0 điểm."
ROUNDING = (
    "Không làm tròn khi đang tính; chỉ làm tròn tổng điểm một lần, đến {places} chữ số thập phân, nửa thì làm tròn "
    "lên. Số sau dấu ≈ là số đã làm tròn để dễ đọc. Mức xếp loại căn cứ tổng điểm đã làm tròn."
)

NOT_FOR_ROLE = "Khung tiêu chí không dùng cho vai trò {role}"
# Staff are called by their category, as far as it is known.
STAFF = {
    "civil_servant": "công chức không giữ chức vụ lãnh đạo, quản lý",
    "cadre": "cán bộ không giữ chức vụ lãnh đạo, quản lý",
    "public_employee": "viên chức không giữ chức vụ quản lý",
    "contract": "người làm việc theo hợp đồng lao động",
    "": "người không giữ chức vụ lãnh đạo, quản lý",
}
ROLES = {"head": "người đứng đầu", "deputy": "cấp phó", "organisation": "tổ chức"}
NO_WEIGHT = "Trọng số bằng 0 đối với nhóm vị trí này"
# Keyed by whether the weight is for certain position groups, and for certain roles.
NO_WEIGHT_BY = {
    (False, True): "Trọng số bằng 0 đối với vai trò này",
    (True, True): "Trọng số bằng 0 đối với vai trò này trong nhóm vị trí này",
}
WEIGHT_OWN = "Trọng số chung {weight}: không có trọng số riêng cho vai trò hoặc nhóm vị trí này."
WEIGHT_BY = {
    (True, True): "Trọng số riêng {weight} của vai trò {role} trong nhóm vị trí “{group}”, "
    "thay cho trọng số chung {own}.",
    (True, False): "Trọng số riêng {weight} của nhóm vị trí “{group}”, thay cho trọng số chung {own}; "
    "trọng số riêng của vai trò, nếu có, không thay trọng số của nhóm vị trí.",
    (False, True): "Trọng số riêng {weight} của vai trò {role}, thay cho trọng số chung {own}.",
}
DOES_NOT_APPLY = "Không áp dụng"
WORK_UNUSED = "Bảng công việc"
SUBORDINATES_UNUSED = "Kết quả của cấp dưới"
OUTSIDE_FIELD = "Cấp dưới {id}"
OUTSIDE_FIELD_WHY = "Không thuộc lĩnh vực được phân công phụ trách"

REASONS = {
    "work_missing": "Chưa đủ dữ liệu: chưa có bảng công việc hoặc tỷ lệ số lượng, chất lượng, tiến độ.",
    "nothing_assigned": "Chưa đủ dữ liệu: không có việc nào được giao trong kỳ nên không tính được tỷ lệ.",
    "nothing_applies": "Chưa đủ dữ liệu: không nội dung nào của phần “{title}” được áp dụng.",
    "common_missing": "Chưa có điểm của phần “{title}”.",
    "criterion_missing": "Chưa có điểm của tiêu chí “{title}” ({what}).",
    "comment_missing": "Chưa nêu lý do trừ điểm ở “{title}” ({what}).",
    "evidence_missing": "Chưa dẫn minh chứng cho việc trừ điểm ở “{title}” ({what}).",
    "indicator_missing": "Chưa có kết quả của chỉ tiêu “{title}” ({what}).",
    "subordinate_missing": "Chỉ tiêu “{title}” ({what}) cần tổng điểm của mọi cấp dưới; còn người chưa có điểm.",
    "late_days_missing": "Chưa có số ngày chậm của dòng công việc {what}; khung tiêu chí trừ điểm theo số ngày chậm.",
    "fields_missing": "Chỉ tiêu “{title}” ({what}) cần biết lĩnh vực được phân công phụ trách.",
    "nobody_led": "Chỉ tiêu “{title}” ({what}) cần kết quả của cấp dưới nhưng danh sách không có ai thuộc phạm vi phụ "
    "trách; khung tiêu chí yêu cầu phải có kết quả.",
    "must_apply": "Chỉ tiêu “{title}” ({what}) được ghi là không áp dụng nhưng khung tiêu chí yêu cầu phải có.",
}
SUMMARY = "Tổng {total} điểm ({parts}). {conclusion}"
SUMMARY_PART = "{title} {points}"
SUMMARY_DEDUCTION = "{title} −{points}"
SUMMARY_NONE = "Chưa tính được tổng điểm. {reasons}"


def role_of(role: str, category: str) -> str:
    """Name a role in the words of the person's category."""
    return ROLES.get(role) or STAFF.get(category, STAFF[""])


def named(code: str, title: str) -> str:
    """Name a criterion or indicator."""
    return f"{title} ({code})"


def reason_text(code: str, what: str, title: str) -> str:
    """Tell why there is no total."""
    return REASONS[code].format(what=what, title=title)

"""The Vietnamese words in which departures from the decree are told: articles, and what either side says."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from cms.scoring.conformity.departure import listed, number
from cms.scoring.definition.classification import Disqualifier
from cms.scoring.wording import ROLES
from cms.scoring.wording_lateness import bands_text
from cms.scoring.wording_rules import LEVEL_TITLES, PERIOD_TITLES

POINTS_ARTICLE = "Điều 12"
GROUPS_ARTICLE = "Điều 12 khoản 2; Mẫu số 01, Phụ lục II"
WORK_ARTICLE = "Điều 14"
DIRECTED_ARTICLE = "Điều 15 khoản 1"
LEADERS_ARTICLE = "Điều 15 khoản 3"
FORMULA_ARTICLE = "Điều 16"
TOTAL_ARTICLE = "Điều 17 khoản 1"
MEAN_ARTICLE = "Điều 17"
LEVELS_ARTICLE = "Điều 20"
# Sources disagree on the number of the first, and give none for the second.
TIMES_ARTICLE = "quy định về thời điểm đánh giá, xếp loại"
AGENCIES_ARTICLE = "quy định về xếp loại cơ quan"

# In the order in which they are told.
ARTICLES = (
    POINTS_ARTICLE, GROUPS_ARTICLE, WORK_ARTICLE, DIRECTED_ARTICLE, LEADERS_ARTICLE, FORMULA_ARTICLE, MEAN_ARTICLE,
    TOTAL_ARTICLE, TIMES_ARTICLE, LEVELS_ARTICLE, AGENCIES_ARTICLE,
)  # fmt: skip

TWO_SECTIONS = "hai phần: tiêu chí chung và kết quả thực hiện nhiệm vụ"
SECTIONS = "{count} phần: {titles}"
TOTAL = "tổng điểm là tổng điểm của hai phần, không có điểm thưởng, điểm trừ riêng"
OUTSIDE = {
    "bonus": "cộng thêm phần “{title}”, tối đa {max} điểm",
    "deduction": "trừ thêm theo phần “{title}”, tối đa {max} điểm",
}
THREE_GROUPS = "ba nhóm tiêu chí, mỗi nhóm {max} điểm"
GROUPS = "{count} nhóm tiêu chí, điểm tối đa: {points}"

STAFF = "công chức không giữ chức vụ lãnh đạo, quản lý"
LEADERS = "công chức lãnh đạo, quản lý"
FORMULA = (
    "bình quân cộng, trọng số bằng nhau, của các tỷ lệ a, b, c (số lượng, chất lượng, tiến độ); lãnh đạo, quản lý thêm "
    "d, đ, e"
)
OTHER_WEIGHTS = " (một số nhóm vị trí việc làm có trọng số khác)"
MADE_OF = "{who}: {parts}"
IN_GROUP = " (ở nhóm vị trí “{group}”)"
NOTHING = "không có chỉ tiêu nào"
AS_MEASURED = "điểm tính theo chính tỷ lệ đạt được"
BANDED = "“{title}” quy đổi tỷ lệ thành điểm theo khoảng"
TWO_STEPS = "các mức: {steps}"
STEPS = "“{title}” có các mức: {steps}"
THRESHOLD = "mọi công chức thuộc quyền quản lý đạt từ {points} điểm"
AT_INDICATOR = "ở chỉ tiêu “{title}”: {value}"
MONTH_OR_QUARTER = "theo dõi, đánh giá theo tháng hoặc theo quý"

HAS_LEVEL = "bốn mức, trong đó có “{title}”"
NO_LEVEL = "không có mức này"
FROM = "“{title}” từ {points} điểm"
CALLED = "mức tên là “{title}”"
POINTS_ALONE = "“{title}” xếp theo điểm, không kèm điều kiện"
CONDITIONS = "“{title}” kèm {count} điều kiện"
ADDED_CONDITIONS = "thêm điều kiện: {titles}"
MISSING_CONDITIONS = "bỏ điều kiện: {titles}"
NO_SUCH_CASE = "không có trường hợp này"
NOT_NAMED = "không nêu trường hợp này"
ADDED_CASE = "thêm: {case}"
NO_CAP = "không giới hạn tỷ lệ"
ONLY_EXCELLENT = "chỉ giới hạn tỷ lệ Hoàn thành xuất sắc nhiệm vụ"
ADDED_CAP = "giới hạn cả tỷ lệ “{level}”: không quá {rate}%"

_DISQUALIFIER = "{title}: xếp cao nhất là “{level}”{roles}{unless}{when}"
_FOR_ROLES = ", áp dụng với {roles}"
_UNLESS = ", trừ khi có căn cứ xem xét riêng"
_WHEN = ", khi: {titles}"

_FLOOR = "trừ nhiều lần vẫn còn ít nhất {value}%"
_NO_FLOOR = "không nêu mức còn lại ít nhất sau khi trừ"
_LATE_BANDS = "việc chậm bị trừ một lần theo số ngày chậm: {bands}"
_NO_LATE_BANDS = "lần chậm nào cũng trừ như nhau, không theo khoảng ngày"
_PEERS = {"agency": "từng cơ quan, đơn vị", "position_group": "từng nhóm công chức có nhiệm vụ tương đồng"}


def split(points: tuple[Fraction, Fraction]) -> str:
    """Tell the points of both sections."""
    return f"tiêu chí chung {number(points[0])} điểm, kết quả thực hiện nhiệm vụ {number(points[1])} điểm"


def setting_text(name: str, value: Any) -> str:
    """Tell the value of a setting that the decree has settled."""
    return _SETTINGS[name](value)


def disqualifier(rule: Disqualifier) -> str:
    """Tell a case that holds a level down."""
    return _DISQUALIFIER.format(
        title=rule.title,
        level=LEVEL_TITLES[rule.level],
        roles=_FOR_ROLES.format(roles=", ".join(_ROLES[each] for each in rule.roles)) if rule.roles else "",
        unless=_UNLESS if rule.unless else "",
        when=_WHEN.format(titles=listed(each.title for each in rule.when)) if rule.when else "",
    )


def _chosen(words: dict[str, str]) -> Callable[[Any], str]:
    return lambda value: words[value]


def _day(sentence: str) -> Callable[[Any], str]:
    return lambda value: sentence.format(value=value)


def _share(sentence: str) -> Callable[[Any], str]:
    return lambda value: sentence.format(value=number(value))


_ROLES = {"staff": STAFF, **ROLES}
_SETTINGS: dict[str, Callable[[Any], str]] = {
    "denominator": _chosen({
        "assigned": "chất lượng, tiến độ chia cho số được giao",
        "completed": "chất lượng, tiến độ chia cho số đã hoàn thành",
    }),
    "points_off": _share("mỗi lần không đạt chất lượng, mỗi lần chậm trừ {value}%"),
    "floor": lambda value: _FLOOR.format(value=number(value)) if value else _NO_FLOOR,
    "late_counted": _chosen({"occurrences": "tính theo số lần chậm", "days": "tính theo số ngày chậm"}),
    "late_bands": lambda value: _LATE_BANDS.format(bands=bands_text(value)) if value else _NO_LATE_BANDS,
    "leaders_work": _chosen({
        "own_and_directed": "gồm việc trực tiếp làm và việc chỉ đạo, điều hành",
        "by_rank": "theo cấp: tính việc của các đơn vị phụ trách",
        "assigned_tasks": "mỗi nhiệm vụ được giao là một sản phẩm",
        "coefficient": "việc của bản thân nhân với hệ số chức vụ",
    }),
    "year_total": _chosen({"mean": "điểm năm là bình quân điểm các kỳ", "cumulative": "điểm năm tính cộng dồn cả năm"}),
    "monitored": lambda value: "theo " + ", ".join(PERIOD_TITLES[each] for each in value),
    "absences": _chosen({
        "left_out": "tính theo thời gian làm việc thực tế",
        "zero": "thời gian không làm việc tính 0 điểm",
    }),
    "changed_agency": _chosen({
        "new_agency": "chuyển công tác thì cơ quan mới xếp loại",
        "longest_agency": "chuyển công tác thì cơ quan có thời gian làm việc dài nhất xếp loại",
    }),
    "classified": lambda value: f"xếp loại theo {PERIOD_TITLES[value]}",
    "classified_before": _day("xếp loại trước ngày {value}"),
    "special_before": _day("cơ quan có tính chất đặc thù xếp loại trước ngày {value} năm sau"),
    "rate": _share("Hoàn thành xuất sắc nhiệm vụ không quá {value}%"),
    "base": _chosen({
        "good_only": "tỷ lệ tính trên số người xếp loại Hoàn thành tốt nhiệm vụ",
        "good_or_better": "tỷ lệ tính trên số người từ Hoàn thành tốt nhiệm vụ trở lên",
    }),
    "groups": lambda value: "tỷ lệ tính trong " + (" và ".join(_PEERS[each] for each in value) or "toàn tỉnh"),
    "exception_rate": _share("tập thể có thành tích nổi trội thì không quá {value}%"),
}  # fmt: skip

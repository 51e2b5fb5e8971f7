"""The columns and layouts that a catalog may come in, as data: an agency's own layout is one more Layout.

Source: the import contract, "Catalog columns"; the layouts of real templates (handbook, commune).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cms.catalogs.item_fields import BY_KEY
from importers.checking.columns import Column, Kind, Layout

_KINDS: dict[str, Kind] = {"code": "code", "group": "group", "decimal": "number"}


def _column(key: str, aliases: tuple[str, ...] = (), **more: Any) -> Column:
    """The column of an item's field, with the heading and the bounds that the field has everywhere."""
    one = BY_KEY[key]
    bounds: dict[str, Any] = {"max_length": one.max_length, "positive": one.positive, "maximum": one.maximum}
    return Column(key, one.heading, aliases, **({"kind": _KINDS.get(one.kind, "text")} | bounds | more))


NO = Column("no", "STT", ("TT", "Số TT", "Số thứ tự", "No", "No."), "ignored")
CODE = _column(
    "code", ("Mã", "Mã số", "Mã công việc", "Mã sản phẩm", "Mã SP/CV"),
    required=True, filled=True, hints=("Ký hiệu", "Số hiệu", "Mã hiệu", "Mã định danh"),
)  # fmt: skip
FIELD = _column("field", ("Lĩnh vực công tác", "Nhóm lĩnh vực"), hints=("Mảng công tác", "Ngành"))
TASK = _column(
    "task", ("Tên nhiệm vụ/công việc", "Nhiệm vụ", "Nhiệm vụ/công việc", "Tên công việc"),
    required=True, filled=True, looks="long",
    hints=("Đầu việc", "Tên đầu việc", "Công việc", "Nội dung công việc", "Nội dung nhiệm vụ", "Nhóm nhiệm vụ"),
)  # fmt: skip
NAME = _column(
    "name", ("Tên công việc chi tiết", "Công việc cụ thể", "Chi tiết công việc"), looks="long",
    hints=("Chi tiết", "Nội dung chi tiết", "Việc cụ thể", "Diễn giải công việc", "Bước thực hiện"),
)  # fmt: skip
OUTPUT = _column(
    "output", ("Sản phẩm đầu ra", "Kết quả đầu ra", "Đầu ra"),
    required=True, filled=True, looks="words",
    hints=("Kết quả", "Sản phẩm", "Kết quả, sản phẩm", "Sản phẩm giao nộp", "Sản phẩm hoàn thành"),
)  # fmt: skip
UNIT = _column(
    "unit", ("ĐVT", "Đơn vị"), kind="unit", required=True, filled=True,
    hints=("Đơn vị đếm", "Đơn vị đo", "Tính theo", "Quy cách"),
)  # fmt: skip
GROUP = _column(
    "group", ("Nhóm phức tạp", "Nhóm", "Nhóm (1-5)", "Mức độ phức tạp", "Nhóm độ phức tạp"),
    required=True, filled=True,
    hints=("Bậc", "Mức", "Mức độ", "Cấp độ", "Độ phức tạp", "Mức phức tạp", "Phân nhóm", "Loại việc"),
)  # fmt: skip
HOURS = _column(
    "hours", ("Thời gian chuẩn", "Số giờ chuẩn", "Giờ chuẩn"),
    hints=("Số giờ", "Giờ công", "Định mức thời gian", "Định mức giờ", "Thời gian thực hiện"),
)  # fmt: skip
DIFFICULTY = _column("difficulty", ("Điểm độ khó, sáng tạo", "Độ khó"))
PROCESS = _column("process", ("Điểm quy trình, thời gian",))
COORDINATION = _column("coordination", ("Điểm phối hợp", "Mức độ phối hợp"))
SCOPE = _column("scope", ("Điểm phạm vi áp dụng", "Phạm vi"))
SCORE = _column("score", ("Tổng điểm", "Tổng điểm quy đổi"), hints=("Điểm", "Cộng điểm"))
COEFFICIENT = _column(
    "coefficient", ("Hệ số K", "Hệ số", "K", "Hệ số quy đổi (K)"),
    required=True, instead=("score",),
    looks="ratio", hints=("Hệ số phức tạp", "Hệ số nhân", "Tỷ lệ quy đổi", "Trọng số"),
)  # fmt: skip
LEGAL = _column(
    "legal", ("Cơ sở pháp lý", "Căn cứ"), looks="legal",
    hints=("Văn bản quy định", "Quy định tại", "Văn bản căn cứ"),
)  # fmt: skip
NOTE = _column("note", hints=("Chú thích", "Lưu ý"))
FRAME = Column("frame", "Khung điểm tối đa", ("Khung điểm", "Điểm tối đa"), "frame")
STANDARD_SCORE = Column("standard_score", "Điểm chuẩn", ("Điểm chuẩn của đơn vị chuẩn",), "standard_score")

_PART_COLUMNS = (DIFFICULTY, PROCESS, COORDINATION, SCOPE)

PLATFORM = Layout(
    "platform",
    "Platform template",
    (NO, CODE, FIELD, TASK, NAME, OUTPUT, UNIT, GROUP, HOURS, *_PART_COLUMNS, SCORE, COEFFICIENT, LEGAL, NOTE),
)
HANDBOOK = Layout(
    "handbook",
    "Ministry handbook",
    (NO, TASK, replace(NAME, required=True), OUTPUT, GROUP, FRAME, *_PART_COLUMNS, SCORE, COEFFICIENT, NOTE),
)
COMMUNE = Layout("commune", "Commune short form", (NO, TASK, CODE, OUTPUT, GROUP, STANDARD_SCORE, COEFFICIENT))

LAYOUTS: tuple[Layout, ...] = (PLATFORM, HANDBOOK, COMMUNE)

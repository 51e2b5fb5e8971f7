"""The columns and layouts that a catalog may come in, as data: an agency's own layout is one more Layout.

Source: the import contract, "Catalog columns"; the layouts of real templates (handbook, commune).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from importers.sources.columns import Column, Layout

NO = Column("no", "STT", ("TT", "Số TT", "Số thứ tự", "No", "No."), "ignored")
CODE = Column(
    "code", "Mã sản phẩm/công việc", ("Mã", "Mã số", "Mã công việc", "Mã sản phẩm", "Mã SP/CV"), "code",
    required=True, filled=True, max_length=64, hints=("Ký hiệu", "Số hiệu", "Mã hiệu", "Mã định danh"),
)  # fmt: skip
FIELD = Column(
    "field", "Lĩnh vực", ("Lĩnh vực công tác", "Nhóm lĩnh vực"), max_length=500, hints=("Mảng công tác", "Ngành")
)
TASK = Column(
    "task", "Tên nhiệm vụ", ("Tên nhiệm vụ/công việc", "Nhiệm vụ", "Nhiệm vụ/công việc", "Tên công việc"),
    required=True, filled=True, looks="long",
    hints=("Đầu việc", "Tên đầu việc", "Công việc", "Nội dung công việc", "Nội dung nhiệm vụ", "Nhóm nhiệm vụ"),
)  # fmt: skip
NAME = Column(
    "name", "Công việc chi tiết", ("Tên công việc chi tiết", "Công việc cụ thể", "Chi tiết công việc"), looks="long",
    hints=("Chi tiết", "Nội dung chi tiết", "Việc cụ thể", "Diễn giải công việc", "Bước thực hiện"),
)  # fmt: skip
OUTPUT = Column(
    "output", "Sản phẩm/công việc đầu ra", ("Sản phẩm đầu ra", "Kết quả đầu ra", "Đầu ra"),
    required=True, filled=True, looks="words",
    hints=("Kết quả", "Sản phẩm", "Kết quả, sản phẩm", "Sản phẩm giao nộp", "Sản phẩm hoàn thành"),
)  # fmt: skip
UNIT = Column(
    "unit", "Đơn vị tính", ("ĐVT", "Đơn vị"), "unit", required=True, filled=True, max_length=500,
    hints=("Đơn vị đếm", "Đơn vị đo", "Tính theo", "Quy cách"),
)  # fmt: skip
GROUP = Column(
    "group", "Nhóm phức tạp (1-5)", ("Nhóm phức tạp", "Nhóm", "Nhóm (1-5)", "Mức độ phức tạp", "Nhóm độ phức tạp"),
    "group", required=True, filled=True,
    hints=("Bậc", "Mức", "Mức độ", "Cấp độ", "Độ phức tạp", "Mức phức tạp", "Phân nhóm", "Loại việc"),
)  # fmt: skip
HOURS = Column(
    "hours", "Thời gian chuẩn (giờ)", ("Thời gian chuẩn", "Số giờ chuẩn", "Giờ chuẩn"), "number",
    hints=("Số giờ", "Giờ công", "Định mức thời gian", "Định mức giờ", "Thời gian thực hiện"),
)  # fmt: skip
DIFFICULTY = Column("difficulty", "Độ khó, sáng tạo", ("Điểm độ khó, sáng tạo", "Độ khó"), "number", positive=False)
PROCESS = Column("process", "Quy trình, thời gian", ("Điểm quy trình, thời gian",), "number", positive=False)
COORDINATION = Column("coordination", "Phối hợp", ("Điểm phối hợp", "Mức độ phối hợp"), "number", positive=False)
SCOPE = Column("scope", "Phạm vi áp dụng", ("Điểm phạm vi áp dụng", "Phạm vi"), "number", positive=False)
SCORE = Column("score", "Điểm quy đổi", ("Tổng điểm", "Tổng điểm quy đổi"), "number", hints=("Điểm", "Cộng điểm"))
COEFFICIENT = Column(
    "coefficient", "Hệ số quy đổi", ("Hệ số K", "Hệ số", "K", "Hệ số quy đổi (K)"), "number",
    required=True, instead=("score",), maximum=Decimal(9999),
    looks="ratio", hints=("Hệ số phức tạp", "Hệ số nhân", "Tỷ lệ quy đổi", "Trọng số"),
)  # fmt: skip
LEGAL = Column(
    "legal", "Căn cứ pháp lý", ("Cơ sở pháp lý", "Căn cứ"), looks="legal",
    hints=("Văn bản quy định", "Quy định tại", "Văn bản căn cứ"),
)  # fmt: skip
NOTE = Column("note", "Ghi chú", hints=("Chú thích", "Lưu ý"))
FRAME = Column("frame", "Khung điểm tối đa", ("Khung điểm", "Điểm tối đa"), "frame")
STANDARD_SCORE = Column("standard_score", "Điểm chuẩn", ("Điểm chuẩn của đơn vị chuẩn",), "standard_score")

PARTS = ("difficulty", "process", "coordination", "scope")
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

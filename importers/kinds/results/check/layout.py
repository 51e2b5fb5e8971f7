"""The columns that results of work may come in, with the words that agencies use for them."""

from __future__ import annotations

from decimal import Decimal

from importers.checking.columns import Column, Layout

MOST_QUANTITY, MOST_TIMES = Decimal(1_000_000), Decimal(1_000)

NO = Column("no", "STT", ("TT", "Số TT", "Số thứ tự", "No", "No."), "ignored")
CODE = Column(
    "code", "Mã công chức",
    (
        "Mã cán bộ", "Mã CBCC", "Mã CBCCVC", "Mã viên chức", "Mã cán bộ, công chức", "Mã nhân viên",
        "Mã cán bộ, công chức, viên chức", "Số hiệu công chức", "Mã người thực hiện",
    ),
    "code", required=True, filled=True, max_length=64, hints=("Số hiệu", "Mã nhân sự"),
)  # fmt: skip
NAME = Column(
    "name", "Họ và tên",
    ("Họ tên", "Họ và tên công chức", "Họ và tên cán bộ, công chức", "Người thực hiện", "Công chức thực hiện"),
    max_length=150, looks="person",
)  # fmt: skip
AGENCY = Column(
    "agency", "Mã cơ quan, đơn vị", ("Mã cơ quan", "Mã đơn vị", "Mã phòng", "Mã phòng, ban"), max_length=255
)
REFERENCE = Column(
    "reference", "Mã việc đã giao", ("Mã việc", "Mã nhiệm vụ đã giao", "Mã giao việc"), max_length=64
)  # fmt: skip
ITEM = Column(
    "item", "Mã sản phẩm/công việc",
    ("Mã sản phẩm, công việc", "Mã sản phẩm", "Mã công việc", "Mã SP/CV", "Mã danh mục", "Mã SPCV"),
    "code", required=True, filled=True, max_length=64,
)  # fmt: skip
ITEM_NAME = Column(
    "item_name", "Tên sản phẩm/công việc",
    ("Tên sản phẩm, công việc", "Tên công việc", "Sản phẩm/công việc", "Sản phẩm, công việc", "Công việc", "Sản phẩm"),
    "ignored",
)  # fmt: skip
UNIT = Column("unit", "Đơn vị tính", ("ĐVT", "Đơn vị"), "ignored")
INSTRUCTION = Column(
    "instruction", "Nội dung giao", ("Nội dung công việc", "Nội dung", "Yêu cầu", "Nội dung nhiệm vụ"), max_length=2000
)
ASSIGNED = Column(
    "assigned", "Số lượng giao", ("Số lượng được giao", "SL giao", "Khối lượng giao", "Số lượng"), "number",
    required=True, filled=True, maximum=MOST_QUANTITY,
)  # fmt: skip
COMPLETED = Column(
    "completed", "Số lượng hoàn thành", ("SL hoàn thành", "Đã hoàn thành", "Số lượng đã hoàn thành", "Thực hiện"),
    "number", positive=False, maximum=MOST_QUANTITY,
)  # fmt: skip
GIVEN = Column(
    "given_on", "Ngày giao", ("Ngày được giao", "Ngày giao việc", "Từ ngày", "Ngày nhận việc"), "date", required=True,
    filled=True,
)  # fmt: skip
DUE = Column(
    "due_on", "Hạn hoàn thành", ("Thời hạn", "Hạn", "Hạn xử lý", "Thời hạn hoàn thành", "Ngày đến hạn"), "date",
    required=True, filled=True,
)  # fmt: skip
DONE = Column("done_on", "Ngày hoàn thành", ("Ngày xong", "Hoàn thành ngày", "Ngày hoàn thành thực tế"), "date")
FAILURES = Column(
    "quality_failures", "Số lần không đạt chất lượng",
    ("Không đạt chất lượng", "Số lần không bảo đảm chất lượng", "Số lỗi chất lượng"), "number", positive=False,
    maximum=MOST_TIMES,
)  # fmt: skip
LATE = Column(
    "late_occurrences", "Số lần chậm tiến độ", ("Chậm tiến độ", "Số lần chậm", "Số lần quá hạn"), "number",
    positive=False, maximum=MOST_TIMES,
)  # fmt: skip
PLANNED = Column("is_planned", "Trong kế hoạch", ("Theo kế hoạch", "Có trong kế hoạch"), "yes_no")
KEY = Column("is_key", "Nhiệm vụ trọng tâm", ("Trọng tâm", "Việc trọng tâm", "Nhiệm vụ chính"), "yes_no")
RESULT = Column(
    "result", "Kết quả", ("Kết quả thực hiện", "Kết quả công việc", "Kết quả đạt được", "Ghi chú kết quả"),
    max_length=4000,
)  # fmt: skip
DOCUMENTS = Column(
    "documents", "Số, ký hiệu văn bản",
    ("Số văn bản", "Số hiệu văn bản", "Số/ký hiệu văn bản", "Số ký hiệu văn bản", "Minh chứng", "Văn bản minh chứng"),
    max_length=2100,
)  # fmt: skip

LAYOUT = Layout(
    "results",
    "Results of work",
    (
        NO, CODE, NAME, AGENCY, REFERENCE, ITEM, ITEM_NAME, UNIT, INSTRUCTION, ASSIGNED, COMPLETED, GIVEN, DUE, DONE,
        FAILURES, LATE, PLANNED, KEY, RESULT, DOCUMENTS,
    ),
)  # fmt: skip
LAYOUTS = (LAYOUT,)

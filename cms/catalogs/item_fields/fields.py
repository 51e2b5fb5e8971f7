"""What an item of a catalog is made of: each field described once. Pure: no Django.

Doors, files, the API, open data and screens take from here what a field is called, what may stand in it and how people
fill it in; the model alone says again that there is such a column. Source: the import contract, "Catalog columns".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

# Digits behind the point of every number.
PLACES = 4
_LARGEST_SCORE = Decimal(9_999_999)

Kind = Literal["code", "text", "whole", "group", "decimal"]
# Vietnamese and English.
Words = tuple[str, str]
_NO_WORDS: Words = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemField:
    """One field of an item. Whole numbers begin at 1; groups are bounded by the version.

    What may stand in it: ``positive`` decimals are over 0, others at least 0; ``always`` says that a stored item has
    one even where nobody typed it; ``initial`` is what a new item begins with. A ``later`` field came when versions
    were decided already: the hash of an item passes it over while it is blank.

    What it is called: ``heading`` in files, in Vietnamese; ``api_key`` in the API, if not by its key; in open data by
    its ``english`` title beside the heading, or beside ``title`` where that is another. ``meaning`` and ``counts``
    (what a number counts) stand in the data dictionary, ``api_help`` in the API's document.

    In workbooks: ``width`` in characters, ``guide`` with how to fill it in and an example; ``aliases`` are headings
    that are read as well, ``hints`` and ``looks`` as in ``Column`` of the importers. ``in_bulk``: it can be given to
    many items at once.
    """

    key: str
    heading: str
    english: str
    meaning: Words
    guide: Words
    kind: Kind = "text"
    required: bool = False
    max_length: int = 5000
    positive: bool = True
    maximum: Decimal = _LARGEST_SCORE
    always: bool = False
    initial: Any = None
    later: bool = False
    title: str = ""
    counts: Words | None = None
    api_key: str = ""
    api_help: str | None = None
    width: int = 11
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    looks: str = ""
    in_bulk: bool = False

    @property
    def api_name(self) -> str:
        """Return what the API calls the field."""
        return self.api_key or self.key

    @property
    def is_text(self) -> bool:
        """Return whether words stand in it, not a number."""
        return self.kind in ("text", "code")

    @property
    def is_long(self) -> bool:
        """Return whether the text wants several lines."""
        return self.kind == "text" and self.max_length > 500

    @property
    def blank(self) -> Any:
        """Return what a new item holds where nothing is said."""
        return "" if self.is_text else self.initial


_POINTS: Words = ("điểm", "points")
_PART: Words = ("Điểm thành phần.", "A part of the score.")

FIELDS: tuple[ItemField, ...] = (
    ItemField(
        key="code", heading="Mã sản phẩm/công việc", english="Item code", kind="code", required=True, max_length=64,
        always=True, meaning=("Mã trong danh mục; duy nhất trong một phiên bản.",
                              "Code in the catalog; unique within a version."),
        guide=("Mã riêng của mục, không trùng với mục khác. Mục tiếp tục dùng thì giữ nguyên mã; mục mới đặt mã mới, "
               "không dùng lại mã của mục đã bỏ.", "VP.016"),
        width=16, aliases=("Mã", "Mã số", "Mã công việc", "Mã sản phẩm", "Mã SP/CV"),
        hints=("Ký hiệu", "Số hiệu", "Mã hiệu", "Mã định danh"),
    ),
    ItemField(
        key="field", heading="Lĩnh vực", english="Field of work", max_length=500,
        meaning=("Lĩnh vực công tác.", "Field of work."), api_help="Field of work.",
        guide=("Lĩnh vực công tác của mục: chọn trong danh sách hoặc gõ lĩnh vực khác.", "Tổng hợp"),
        width=24, aliases=("Lĩnh vực công tác", "Nhóm lĩnh vực"), hints=("Mảng công tác", "Ngành"), in_bulk=True,
    ),
    ItemField(
        key="task", heading="Tên nhiệm vụ", english="Task", required=True,
        meaning=("Nhiệm vụ mà mục thuộc về.", "Task that the item belongs to."),
        guide=("Nhiệm vụ hoặc nhóm công việc mà mục này thuộc về.", "Tham mưu tổng hợp"),
        width=36, aliases=("Tên nhiệm vụ/công việc", "Nhiệm vụ", "Nhiệm vụ/công việc", "Tên công việc"), looks="long",
        hints=("Đầu việc", "Tên đầu việc", "Công việc", "Nội dung công việc", "Nội dung nhiệm vụ", "Nhóm nhiệm vụ"),
    ),
    ItemField(
        key="name", heading="Công việc chi tiết", english="Product or work", required=True,
        meaning=("Tên sản phẩm, công việc.", "Name of the product or work."), api_help="Product or work.",
        guide=("Sản phẩm, công việc cụ thể. Để trống thì lấy tên nhiệm vụ.", "Xây dựng báo cáo tháng"),
        width=40, aliases=("Tên công việc chi tiết", "Công việc cụ thể", "Chi tiết công việc"), looks="long",
        hints=("Chi tiết", "Nội dung chi tiết", "Việc cụ thể", "Diễn giải công việc", "Bước thực hiện"),
    ),
    ItemField(
        key="output", heading="Sản phẩm/công việc đầu ra", english="Output", required=True,
        meaning=("Kết quả phải có.", "What comes of it."),
        guide=("Kết quả bàn giao: văn bản, biên bản, hồ sơ…", "Báo cáo tháng"),
        width=32, aliases=("Sản phẩm đầu ra", "Kết quả đầu ra", "Đầu ra"), looks="words",
        hints=("Kết quả", "Sản phẩm", "Kết quả, sản phẩm", "Sản phẩm giao nộp", "Sản phẩm hoàn thành"), in_bulk=True,
    ),
    ItemField(
        key="unit", heading="Đơn vị tính", english="Unit", max_length=500,
        meaning=("Đơn vị đếm kết quả.", "Unit in which outputs are counted."),
        guide=("Đơn vị để đếm: chọn trong danh sách hoặc gõ đơn vị khác. Số lượng khác 1 thì ghi trước đơn vị.",
               "văn bản; 10 văn bản"),
        width=16, aliases=("ĐVT", "Đơn vị"), hints=("Đơn vị đếm", "Đơn vị đo", "Tính theo", "Quy cách"), in_bulk=True,
    ),
    # In files it stands before the unit, in the same cell.
    ItemField(
        key="unit_quantity", heading="Số lượng của đơn vị", english="Unit quantity", kind="whole", required=True,
        maximum=Decimal(1_000_000), always=True, initial=1, title="Số lượng của đơn vị tính",
        meaning=("Hệ số áp dụng cho bấy nhiêu đơn vị.", "The coefficient is for so many units."), guide=_NO_WORDS,
        in_bulk=True,
    ),
    ItemField(
        key="group", heading="Nhóm phức tạp (1-5)", english="Complexity group", kind="group", required=True,
        always=True, title="Nhóm phức tạp", meaning=("Từ 1 (thấp) đến 5 (cao).", "From 1 (low) to 5 (high)."),
        api_help="Complexity group.",
        guide=("Nhóm phức tạp của mục, chọn trong danh sách. Khung điểm của từng nhóm ở phần dưới.", "2"),
        aliases=("Nhóm phức tạp", "Nhóm", "Nhóm (1-5)", "Mức độ phức tạp", "Nhóm độ phức tạp"),
        hints=("Bậc", "Mức", "Mức độ", "Cấp độ", "Độ phức tạp", "Mức phức tạp", "Phân nhóm", "Loại việc"), in_bulk=True,
    ),
    ItemField(
        key="hours", heading="Thời gian chuẩn (giờ)", english="Standard hours", kind="decimal", title="Thời gian chuẩn",
        meaning=("Thời gian chuẩn để hoàn thành.", "Standard time that it takes."), counts=("giờ", "hours"),
        api_help="Standard hours.", guide=("Số giờ chuẩn để hoàn thành một đơn vị sản phẩm.", "1,5"),
        width=12, aliases=("Thời gian chuẩn", "Số giờ chuẩn", "Giờ chuẩn"),
        hints=("Số giờ", "Giờ công", "Định mức thời gian", "Định mức giờ", "Thời gian thực hiện"), in_bulk=True,
    ),
    ItemField(
        key="difficulty", heading="Độ khó, sáng tạo", english="Difficulty, creativity", kind="decimal", positive=False,
        meaning=_PART, counts=_POINTS, api_help="Part-score: difficulty, creativity.",
        guide=("Điểm thành phần về độ khó, tính sáng tạo.", "60"), aliases=("Điểm độ khó, sáng tạo", "Độ khó"),
    ),
    ItemField(
        key="process", heading="Quy trình, thời gian", english="Process, time", kind="decimal", positive=False,
        meaning=_PART, counts=_POINTS, api_help="Part-score: process, time.",
        guide=("Điểm thành phần về quy trình, thời gian.", "30"), aliases=("Điểm quy trình, thời gian",),
    ),
    ItemField(
        key="coordination", heading="Phối hợp", english="Coordination", kind="decimal", positive=False,
        meaning=_PART, counts=_POINTS, api_help="Part-score: coordination.",
        guide=("Điểm thành phần về mức độ phối hợp.", "20"), aliases=("Điểm phối hợp", "Mức độ phối hợp"),
    ),
    ItemField(
        key="scope", heading="Phạm vi áp dụng", english="Scope of application", kind="decimal", positive=False,
        meaning=_PART, counts=_POINTS, api_help="Part-score: scope of application.",
        guide=("Điểm thành phần về phạm vi áp dụng.", "10"), aliases=("Điểm phạm vi áp dụng", "Phạm vi"),
    ),
    ItemField(
        key="score", heading="Điểm quy đổi", english="Score", kind="decimal",
        meaning=("Tổng điểm của mục.", "The item's whole score."), counts=_POINTS, api_help="Score.",
        guide=("Tổng bốn điểm thành phần; đủ bốn điểm thành phần thì được để trống. Không vượt khung điểm của nhóm.",
               "120"),
        aliases=("Tổng điểm", "Tổng điểm quy đổi"), hints=("Điểm", "Cộng điểm"),
    ),
    ItemField(
        key="coefficient", heading="Hệ số quy đổi", english="Coefficient", kind="decimal", maximum=Decimal(9_999),
        always=True,
        meaning=("Bằng bao nhiêu sản phẩm, công việc chuẩn.", "How many standard units the item is worth."),
        counts=("sản phẩm, công việc chuẩn", "standard units"), api_help="How many standard units the item is worth.",
        guide=("Điểm quy đổi chia cho số chia của phiên bản. Có cả điểm và hệ số thì chỉ được lệch nhau tối đa 0,05.",
               "24"),
        aliases=("Hệ số K", "Hệ số", "K", "Hệ số quy đổi (K)"), looks="ratio",
        hints=("Hệ số phức tạp", "Hệ số nhân", "Tỷ lệ quy đổi", "Trọng số"),
    ),
    # In the words of the rule that sets it: so many working days, by a day of the month, as another rule says.
    ItemField(
        key="time_limit", heading="Thời hạn", english="Time limit", max_length=500, later=True,
        meaning=("Thời hạn phải hoàn thành, ghi bằng chữ.", "By when it has to be done, in words."),
        api_help="By when it has to be done, in words.",
        guide=("Thời hạn phải hoàn thành, theo quy định: số ngày làm việc, hoặc ngày trong tháng, trong quý.",
               "05 ngày làm việc; trước ngày 25 hằng tháng"),
        width=18, aliases=("Thời hạn hoàn thành", "Thời hạn thực hiện", "Thời hạn giải quyết"),
        hints=("Hạn hoàn thành", "Hạn xử lý", "Thời gian hoàn thành"), in_bulk=True,
    ),
    ItemField(
        key="last_year_quantity", heading="Khối lượng năm trước", english="Last year's quantity", kind="decimal",
        positive=False, later=True, counts=("đơn vị tính", "units"),
        meaning=("Số đã thực hiện trong năm trước liền kề, theo đơn vị tính.", "Done in the year before, in units."),
        api_help="How many of its units were done in the year before.",
        guide=("Số đã thực hiện trong năm trước liền kề, đếm theo đơn vị tính. Để trống nếu là việc mới.", "48"),
        width=12, aliases=("Khối lượng thực hiện năm trước", "Khối lượng năm trước liền kề"),
        hints=("Số lượng năm trước", "Sản lượng năm trước", "Khối lượng", "Số lượng đã thực hiện"),
    ),
    # ``item_fields.positions`` says what stands in it. "Việc làm" in its headings would make tasks harder to tell.
    ItemField(
        key="positions", heading="Vị trí thực hiện", english="Positions", later=True,
        meaning=("Vị trí việc làm thực hiện: mã và tên, cách nhau bằng dấu chấm phẩy.",
                 "Positions that do it: code and name, parted by semicolons."),
        api_help="Positions that do it, as `code name` parted by `; `; codes alone may be sent and are given names.",
        guide=("Mã các vị trí việc làm thực hiện mục này, cách nhau bằng dấu chấm phẩy; hệ thống tự ghi tên.",
               "chuyen-vien-tong-hop; van-thu"),
        width=30, aliases=("VTVL", "Mã vị trí thực hiện"),
        hints=("Vị trí", "Chức danh"), in_bulk=True,
    ),
    ItemField(
        key="legal", heading="Căn cứ pháp lý", english="Legal basis", api_key="legal_basis",
        meaning=("Văn bản làm căn cứ.", "Documents on which it rests."),
        guide=("Văn bản quy định nhiệm vụ, công việc này.", "Nghị định 335/2025/NĐ-CP"),
        width=30, aliases=("Cơ sở pháp lý", "Căn cứ"), looks="legal",
        hints=("Văn bản quy định", "Quy định tại", "Văn bản căn cứ"), in_bulk=True,
    ),
    ItemField(
        key="note", heading="Ghi chú", english="Note", meaning=("Ghi chú của cơ quan.", "The agency's note."),
        guide=("Điều cần nói thêm về mục.", ""), width=24, hints=("Chú thích", "Lưu ý"), in_bulk=True,
    ),
)  # fmt: skip
BY_KEY: dict[str, ItemField] = {one.key: one for one in FIELDS}
# The part scores whose sum is the score.
PARTS = ("difficulty", "process", "coordination", "scope")
# What else stands in files: each heading, and others that are read as well.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "no": ("STT", "TT", "Số TT", "Số thứ tự", "No", "No."),
    "frame": ("Khung điểm tối đa", "Khung điểm", "Điểm tối đa"),
    "standard_score": ("Điểm chuẩn", "Điểm chuẩn của đơn vị chuẩn"),
    # Written, and passed by when it comes back: links are made by judgements.
    "common": ("Mã Danh mục chung",),
}

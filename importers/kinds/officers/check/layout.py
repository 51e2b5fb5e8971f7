"""The columns that a list of officers may come in, with the words that agencies use for them."""

from __future__ import annotations

from importers.checking.columns import Column, Layout

NO = Column("no", "STT", ("TT", "Số TT", "Số thứ tự", "No", "No."), "ignored")
CODE = Column(
    "code", "Mã công chức",
    (
        "Mã", "Mã số", "Mã cán bộ", "Mã CBCC", "Mã CBCCVC", "Mã viên chức", "Mã cán bộ, công chức",
        "Mã cán bộ, công chức, viên chức", "Mã công chức, viên chức", "Mã nhân viên", "Số hiệu công chức",
        "Số hiệu cán bộ, công chức", "Số hiệu CBCC",
    ),
    "code", required=True, filled=True, max_length=64, hints=("Số hiệu", "Mã nhân sự", "Mã định danh nội bộ"),
)  # fmt: skip
NAME = Column(
    "name", "Họ và tên", ("Họ tên", "Họ, tên", "Tên", "Họ và tên công chức", "Họ và tên cán bộ, công chức"),
    required=True, filled=True, max_length=150, looks="person", hints=("Cán bộ, công chức", "Tên cán bộ"),
)  # fmt: skip
CATEGORY = Column(
    "category", "Đối tượng", ("Loại cán bộ", "Loại công chức", "Loại đối tượng", "Cán bộ/công chức/viên chức"),
    filled=True, max_length=100, hints=("Phân loại", "Diện"),
)  # fmt: skip
AGENCY = Column(
    "agency", "Mã cơ quan, đơn vị", ("Mã cơ quan", "Mã đơn vị", "Mã phòng", "Mã phòng, ban"), max_length=255
)
AGENCY_NAME = Column(
    "agency_name", "Cơ quan, đơn vị",
    (
        "Cơ quan", "Đơn vị", "Tên cơ quan", "Tên đơn vị", "Tên cơ quan, đơn vị", "Đơn vị công tác", "Cơ quan công tác",
        "Cơ quan, đơn vị công tác", "Phòng, ban", "Phòng", "Nơi công tác",
    ),
    max_length=255,
)  # fmt: skip
POSITION = Column(
    "position", "Mã vị trí việc làm", ("Mã vị trí", "Mã VTVL", "Mã chức danh"), max_length=255,
    required=True, instead=("position_name",),
)  # fmt: skip
POSITION_NAME = Column(
    "position_name", "Vị trí việc làm",
    ("Tên vị trí việc làm", "Vị trí", "VTVL", "Chức danh", "Chức danh, vị trí việc làm", "Tên vị trí"),
    max_length=255, hints=("Công việc đảm nhiệm", "Vị trí công tác", "Chức danh nghề nghiệp"),
)  # fmt: skip
GROUP = Column(
    "group", "Nhóm vị trí việc làm", ("Nhóm vị trí", "Nhóm VTVL", "Mã nhóm vị trí", "Nhóm công việc"), max_length=255
)
ROLE = Column(
    "role", "Vai trò", ("Chức vụ", "Chức vụ lãnh đạo", "Vai trò lãnh đạo", "Chức vụ lãnh đạo, quản lý"), max_length=255
)
MAIN = Column(
    "main", "Chính/kiêm nhiệm", ("Vị trí chính", "Chính hay kiêm nhiệm", "Loại vị trí", "Hình thức"), max_length=100
)
FROM = Column(
    "valid_from", "Từ ngày",
    ("Ngày bắt đầu", "Từ", "Bắt đầu từ ngày", "Ngày bổ nhiệm", "Ngày nhận nhiệm vụ", "Ngày nhận công tác"),
    required=True, filled=True, max_length=100, looks="date", hints=("Thời điểm bắt đầu", "Ngày về đơn vị", "Từ lúc"),
)  # fmt: skip
TO = Column(
    "valid_to", "Đến ngày", ("Ngày kết thúc", "Đến", "Đến hết ngày", "Ngày thôi", "Ngày thôi giữ"), max_length=100,
    looks="date", hints=("Thời điểm kết thúc",),
)  # fmt: skip
FIELDS = Column(
    "fields", "Lĩnh vực phụ trách",
    (
        "Lĩnh vực", "Lĩnh vực được giao", "Lĩnh vực công tác", "Phụ trách", "Lĩnh vực, đơn vị phụ trách",
        "Lĩnh vực/đơn vị phụ trách",
    ),
    hints=("Mảng phụ trách", "Nhiệm vụ phụ trách", "Mảng việc"),
)  # fmt: skip

# What a list of people often holds and the platform does not keep: read past, and said so.
PERSONAL = (
    Column("born", "Ngày sinh", ("Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Năm sinh", "NTNS"), "ignored"),
    Column("sex", "Giới tính", ("Nam/Nữ", "Nam, nữ", "Phái"), "ignored"),
    Column(
        "identity_number", "Số CCCD",
        ("CCCD", "CMND", "Số CMND", "Căn cước", "Số căn cước", "Số căn cước công dân", "Số định danh cá nhân",
         "CMND/CCCD", "Số CMND/CCCD", "Số định danh"),
        "ignored",
    ),
    Column("telephone", "Số điện thoại", ("Điện thoại", "SĐT", "ĐT", "Di động", "Điện thoại di động"), "ignored"),
    Column("address", "Địa chỉ", ("Nơi ở", "Nơi ở hiện nay", "Quê quán", "Hộ khẩu", "Nơi sinh"), "ignored"),
    Column("ethnic", "Dân tộc", (), "ignored"),
    Column("religion", "Tôn giáo", (), "ignored"),
    Column("party", "Ngày vào Đảng", ("Đảng viên", "Ngày kết nạp Đảng"), "ignored"),
)  # fmt: skip

LAYOUT = Layout(
    "officers",
    "List of officers",
    (
        NO, CODE, NAME, CATEGORY, AGENCY, AGENCY_NAME, POSITION, POSITION_NAME, GROUP, ROLE, MAIN, FROM, TO, FIELDS,
        *PERSONAL,
    ),
)  # fmt: skip
LAYOUTS = (LAYOUT,)

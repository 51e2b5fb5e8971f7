"""The columns that figures from outside may come in, with the words that agencies use for them."""

from __future__ import annotations

from decimal import Decimal

from importers.checking.columns import Column, Layout

MOST_VALUE = Decimal("9999999.9999")

NO = Column("no", "STT", ("TT", "Số TT", "Số thứ tự", "No", "No."), "ignored")
OFFICER = Column(
    "officer", "Mã công chức",
    ("Mã cán bộ", "Mã CBCC", "Mã CBCCVC", "Mã viên chức", "Mã cán bộ, công chức", "Số hiệu công chức"),
    "code", max_length=64,
)  # fmt: skip
AGENCY = Column("agency", "Mã cơ quan, đơn vị", ("Mã cơ quan", "Mã đơn vị", "Mã phòng", "Mã phòng, ban"), max_length=64)
NAME = Column(
    "name", "Tên công chức, cơ quan",
    ("Tên cơ quan, đơn vị", "Tên cơ quan", "Tên đơn vị", "Họ và tên", "Họ tên", "Tên"),
    max_length=255,
)  # fmt: skip
INDICATOR = Column(
    "indicator", "Mã chỉ tiêu", ("Mã chỉ số", "Mã tiêu chí", "Chỉ tiêu", "Chỉ số"), required=True, filled=True,
    max_length=60,
)  # fmt: skip
VALUE = Column(
    "value", "Số liệu", ("Kết quả đo", "Giá trị", "Điểm", "Điểm số", "Tỷ lệ hài lòng", "Kết quả khảo sát"), "number",
    required=True, filled=True, positive=False, maximum=MOST_VALUE,
)  # fmt: skip
MEASURED = Column(
    "measured_on", "Ngày đo", ("Ngày công bố", "Ngày khảo sát", "Đo ngày", "Ngày"), "date", required=True, filled=True
)
SOURCE = Column(
    "source", "Nguồn số liệu", ("Nguồn", "Văn bản công bố", "Căn cứ", "Nguồn, văn bản"), required=True, filled=True,
    max_length=300,
)  # fmt: skip

LAYOUT = Layout("figures", "Figures from outside", (NO, OFFICER, AGENCY, NAME, INDICATOR, VALUE, MEASURED, SOURCE))
LAYOUTS = (LAYOUT,)

"""The Vietnamese words with which a receipt is laid out as a document: its headings, labels and marks."""

from __future__ import annotations

TITLE = "Phiếu tính điểm"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NO_NUMBER = "–"

WHO = "Người được đánh giá"
WHICH = "Tổ chức được đánh giá"
ROLE = "Vai trò"
AGENCY = "Cơ quan, đơn vị"
POSITION_GROUP = "Nhóm vị trí"
PERIOD = "Kỳ đánh giá"
NO_PERIOD = "Chưa nêu; nơi gửi không cho biết kỳ"
DAYS = "từ {first} đến {last}"
PERIOD_NAMED = "{name} ({days})"
# Periods of the calendar by how many months they have: {part} is which of the year.
CALENDAR = {1: "Tháng {part}/{year}", 3: "Quý {part}/{year}", 6: "6 tháng {part} năm {year}", 12: "Năm {year}"}
PARTS_OF_YEAR = {3: ("I", "II", "III", "IV"), 6: ("đầu", "cuối")}
FRAMEWORK = "Khung tiêu chí"
FRAMEWORK_NAMED = "{name} ({code})"
VERSION = "Phiên bản của khung"
VERSION_NUMBER = "Phiên bản {number}"
NO_VERSION = "Chưa công bố hoặc kèm theo phần mềm; nội dung theo mã kiểm tra"
EFFECT = "Hiệu lực của phiên bản"
EFFECT_FROM = "từ {first}, đến khi có phiên bản khác thay thế"
LEGAL_BASIS = "Căn cứ"

TOTAL = "Tổng điểm"
LEVEL = "Mức xếp loại"
POINTS = "{value} điểm"
PERCENT = "{value}%"
STATUSES = {
    "scored": "",
    "needs_decision": "Chờ cấp có thẩm quyền quyết định",
    "insufficient_data": "Chưa đủ dữ liệu",
    "blocked": "Chưa tính được",
}

STEPS = "Cách tính từng bước"
RULE = "Quy tắc"
ARITHMETIC = "Phép tính"
VALUE = "Kết quả"
CITATION = "Căn cứ"
NOTE = "Ghi chú"
COUNTED = "Được tính là"
WEIGHT = "Trọng số"
WEIGHT_RULE = "Bộ trọng số áp dụng"
NAMED = "{title} ({code})"

CLASSIFICATION = "Xếp loại"
THRESHOLDS = "Các mức theo khung tiêu chí: {levels}."
THRESHOLD = "{title} từ {points} điểm"
CONDITIONS = "Điều kiện của mức"
DISQUALIFIERS = "Trường hợp hạn chế mức xếp loại"
DOCUMENT = "Văn bản xác định: {document}."
HELD = {True: "Đạt", False: "Không đạt", None: "Chưa xác định"}
PRESENT = {True: "Có", False: "Không", None: "Chưa xác định"}

LEFT_OUT = "Nội dung không tính và lý do"
NOTHING_LEFT_OUT = "Không có nội dung nào bị bỏ ra."
ROUNDING = "Làm tròn"
SETTINGS = "Lựa chọn của khung tiêu chí và căn cứ"
ARTICLES = "Nội dung các điều được dẫn"
CHECKS = "Mã kiểm tra"
RECEIPT_HASH = "Phiếu"
FRAMEWORK_HASH = "Khung tiêu chí"
ENGINE = "Bộ tính điểm"
ENGINE_NUMBER = "phiên bản {number}"
CHECKS_NOTE = "Cùng dữ liệu, cùng khung tiêu chí và cùng bộ tính điểm thì mã của phiếu luôn như nhau."

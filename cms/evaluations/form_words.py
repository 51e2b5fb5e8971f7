"""The words of the decree's Forms 01 and 02: a document of record, in Vietnamese, and not translated."""

from __future__ import annotations

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FORM_01 = "PHIẾU THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC"
FORM_01_SOURCE = "(Mẫu số 01, Phụ lục II kèm theo Nghị định số 335/2025/NĐ-CP)"
FORM_02 = "PHIẾU XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC"
FORM_02_SOURCE = "(Mẫu số 02, Phụ lục II kèm theo Nghị định số 335/2025/NĐ-CP)"
PERIOD = "Kỳ theo dõi, đánh giá: {period} (từ {first} đến {last})"
NAME = "Họ và tên: {name} (mã {code})"
POSITION = "Chức vụ, vị trí việc làm: {position} ({role})"
AGENCY = "Đơn vị công tác: {agency}"
FRAMEWORK = "Khung tiêu chí áp dụng: {framework}"
APPLIED = "Quy định đã áp dụng: {line}"
BLANK = "…………"

SECTION = "{number}. {title} (tối đa {most} điểm)"
CRITERIA_HEADINGS = ("Số TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Điểm của người quản lý", "Ghi chú")
WORK_TITLE = "Sản phẩm, công việc trong kỳ"
WORK_HEADINGS = ("Số TT", "Sản phẩm, công việc", "Hệ số", "Được giao", "Hoàn thành", "Không đạt chất lượng", "Chậm")
EXEMPT = "{count} (được loại trừ)"
INDICATOR_HEADINGS = ("Mã", "Chỉ số", "Kết quả (%)")
POINTS = "Điểm của phần này: {points}"
TOTAL = "Tổng điểm: {total}. Mức theo điểm: {level}."

REMARKS = "Nhận xét, ý kiến"
BY_WHOM = {
    "assess": "Công chức tự đánh giá (ưu điểm, hạn chế)",
    "meet": "Ý kiến của tập thể đơn vị",
    "mark": "Nhận xét của người trực tiếp quản lý, sử dụng",
    "verify": "Ý kiến của cơ quan tham mưu về tổ chức cán bộ",
    "review": "Kết quả phúc tra",
    "opinion": "Ý kiến của cấp có thẩm quyền được xin ý kiến",
    "decide": "Ý kiến của cấp có thẩm quyền quyết định",
}
SIGNED = ("Người được đánh giá", "Người trực tiếp quản lý", "Cấp có thẩm quyền")
SIGN_NOTE = "(Ký, ghi rõ họ tên)"
DATED = "Ngày {day}"

PARTS = "Kết quả theo dõi, đánh giá trong năm"
PARTS_HEADINGS = ("Kỳ", "Điểm", "Ghi chú")
PROPOSED = "Mức xếp loại công chức tự đề xuất: {level}"
PROPOSED_BY_USER = "Mức xếp loại do nơi sử dụng công chức đề xuất: {level}"
VERIFIED = "Mức xếp loại do cơ quan tham mưu về tổ chức cán bộ đề xuất: {level}"
DECIDED = "Mức xếp loại do cấp có thẩm quyền quyết định: {level}"
DECISION = "Quyết định số {number}"
FINDINGS = "Trường hợp hạn chế mức xếp loại: {finding}"
CHECK_CODE = "Mã kiểm tra của phiếu tính điểm: {code}"
NOT_FINAL = "Kỳ đánh giá chưa khóa; số liệu trên phiếu còn có thể thay đổi."

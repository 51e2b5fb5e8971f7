"""Products and works of the demo's agencies: (task, [(work, output, group, score)]) by field of work.

Scores are of the handbook's scale, where drafting an administrative document is 5.
"""

from __future__ import annotations

from typing import TypeAlias

Work: TypeAlias = tuple[str, str, int, int]
Fields: TypeAlias = dict[str, list[tuple[str, list[Work]]]]

OFFICE: Fields = {
    "Công tác văn phòng": [
        ("Văn thư, lưu trữ", [
            ("Soạn thảo văn bản hành chính", "văn bản", 1, 5),
            ("Tiếp nhận, đăng ký văn bản đến", "10 văn bản", 1, 4),
            ("Lập hồ sơ công việc, nộp lưu", "hồ sơ", 1, 6),
            ("Chỉnh lý tài liệu lưu trữ", "mét giá tài liệu", 2, 110),
        ]),
        ("Tài chính, tài sản nội bộ", [
            ("Lập dự toán ngân sách năm của cơ quan", "dự toán", 2, 120),
            ("Quyết toán quý", "báo cáo quyết toán", 2, 90),
            ("Kiểm kê tài sản", "biên bản kiểm kê", 1, 60),
        ]),
        ("Hội nghị, cuộc họp", [
            ("Chuẩn bị tài liệu cuộc họp", "bộ tài liệu", 1, 30),
            ("Ghi biên bản, thông báo kết luận", "thông báo", 2, 45),
        ]),
    ],
    "Tổng hợp, báo cáo": [
        ("Chế độ báo cáo", [
            ("Báo cáo tháng", "báo cáo", 2, 40),
            ("Báo cáo quý", "báo cáo", 2, 70),
            ("Báo cáo năm và phương hướng nhiệm vụ", "báo cáo", 3, 180),
            ("Báo cáo chuyên đề theo yêu cầu của UBND tỉnh", "báo cáo", 3, 220),
        ]),
        ("Tiếp công dân, giải quyết đơn thư", [
            ("Tiếp công dân", "lượt", 1, 10),
            ("Phân loại, đề xuất xử lý đơn", "đơn", 1, 12),
            ("Xác minh nội dung khiếu nại, tố cáo", "báo cáo xác minh", 4, 360),
        ]),
    ],
}  # fmt: skip

SPECIAL: dict[str, Fields] = {
    "so-tai-chinh": {
        "Quản lý ngân sách": [
            ("Dự toán ngân sách địa phương", [
                ("Thẩm định dự toán của đơn vị cấp tỉnh", "báo cáo thẩm định", 3, 210),
                ("Tổng hợp dự toán thu, chi ngân sách tỉnh", "dự toán", 5, 480),
                ("Phân bổ kinh phí bổ sung trong năm", "tờ trình", 3, 160),
            ]),
            ("Quyết toán ngân sách", [
                ("Thẩm tra quyết toán dự án hoàn thành", "báo cáo thẩm tra", 4, 350),
                ("Tổng hợp quyết toán ngân sách năm", "báo cáo quyết toán", 5, 470),
            ]),
        ],
        "Giá và công sản": [
            ("Quản lý giá", [
                ("Thẩm định giá tài sản công", "chứng thư", 4, 320),
                ("Báo cáo giá thị trường tháng", "báo cáo", 2, 60),
            ]),
            ("Quản lý tài sản công", [("Phương án sắp xếp nhà, đất", "phương án", 4, 390)]),
        ],
    },
    "so-xay-dung": {
        "Quy hoạch, kiến trúc": [
            ("Quy hoạch đô thị và nông thôn", [
                ("Thẩm định đồ án quy hoạch chi tiết", "báo cáo thẩm định", 4, 380),
                ("Cấp giấy phép quy hoạch", "giấy phép", 3, 190),
            ]),
        ],
        "Hoạt động xây dựng": [
            ("Cấp phép và quản lý chất lượng", [
                ("Cấp giấy phép xây dựng công trình cấp II", "giấy phép", 3, 150),
                ("Thẩm định thiết kế triển khai sau thiết kế cơ sở", "thông báo kết quả", 4, 340),
                ("Kiểm tra công tác nghiệm thu", "thông báo kết quả", 4, 310),
            ]),
            ("Giao thông", [
                ("Cấp phép lưu hành xe quá khổ", "giấy phép", 1, 20),
                ("Đổi giấy phép lái xe", "10 giấy phép", 1, 15),
            ]),
        ],
    },
    "so-y-te": {
        "Nghiệp vụ y, dược": [
            ("Cấp phép hành nghề", [
                ("Cấp giấy phép hành nghề khám bệnh, chữa bệnh", "giấy phép", 2, 80),
                ("Cấp giấy phép hoạt động cơ sở khám bệnh", "giấy phép", 3, 220),
            ]),
            ("Phòng, chống dịch", [
                ("Báo cáo giám sát dịch tuần", "báo cáo", 2, 40),
                ("Kế hoạch phòng, chống dịch năm", "kế hoạch", 4, 330),
            ]),
        ],
        "Bảo trợ xã hội": [
            ("Chính sách xã hội", [
                ("Thẩm định hồ sơ trợ cấp", "hồ sơ", 1, 25),
                ("Đề án phát triển mạng lưới cơ sở trợ giúp", "đề án", 5, 460),
            ]),
        ],
    },
    "so-tu-phap": {
        "Xây dựng, kiểm tra văn bản": [
            ("Thẩm định văn bản quy phạm pháp luật", [
                ("Thẩm định dự thảo nghị quyết của HĐND tỉnh", "báo cáo thẩm định", 4, 380),
                ("Thẩm định dự thảo quyết định của UBND tỉnh", "báo cáo thẩm định", 4, 330),
                ("Kiểm tra văn bản theo thẩm quyền", "kết luận kiểm tra", 3, 140),
            ]),
        ],
        "Hành chính tư pháp": [
            ("Hộ tịch, lý lịch tư pháp", [
                ("Cấp phiếu lý lịch tư pháp", "10 phiếu", 1, 30),
                ("Giải quyết việc hộ tịch có yếu tố nước ngoài", "hồ sơ", 2, 70),
            ]),
        ],
    },
    "so-khcn": {
        "Khoa học và công nghệ": [
            ("Quản lý nhiệm vụ khoa học", [
                ("Thẩm định kinh phí nhiệm vụ cấp tỉnh", "biên bản thẩm định", 3, 170),
                ("Nghiệm thu nhiệm vụ cấp tỉnh", "biên bản nghiệm thu", 4, 310),
            ]),
        ],
        "Chuyển đổi số": [
            ("Hạ tầng và nền tảng số", [
                ("Thẩm định hồ sơ đề xuất cấp độ an toàn", "báo cáo thẩm định", 4, 340),
                ("Báo cáo chỉ số chuyển đổi số", "báo cáo", 3, 200),
                ("Vận hành trung tâm dữ liệu", "ca trực", 1, 10),
            ]),
        ],
    },
    "so-cong-thuong": {
        "Thương mại": [
            ("Cấp phép kinh doanh có điều kiện", [
                ("Cấp giấy chứng nhận đủ điều kiện bán xăng dầu", "giấy chứng nhận", 2, 90),
                ("Thẩm định kế hoạch khuyến mại", "văn bản xác nhận", 1, 20),
            ]),
        ],
        "Công nghiệp, năng lượng": [
            ("An toàn công nghiệp", [
                ("Kiểm tra an toàn đập thủy điện", "biên bản kiểm tra", 4, 300),
                ("Cấp phép vật liệu nổ công nghiệp", "giấy phép", 3, 180),
            ]),
        ],
    },
    "so-gddt": {
        "Giáo dục phổ thông": [
            ("Tổ chức thi", [
                ("Kế hoạch thi tốt nghiệp trung học phổ thông", "kế hoạch", 5, 450),
                ("Coi thi", "ca", 1, 20),
            ]),
            ("Quản lý chuyên môn", [
                ("Kiểm tra chuyên ngành trường học", "kết luận kiểm tra", 3, 200),
                ("Công nhận trường đạt chuẩn quốc gia", "quyết định", 4, 320),
            ]),
        ],
    },
    "tinh": {
        "Danh mục dùng chung": [
            ("Tham mưu văn bản", [
                ("Soạn thảo công văn của cơ quan", "văn bản", 1, 5),
                ("Dự thảo kế hoạch của UBND tỉnh", "kế hoạch", 3, 210),
                ("Dự thảo đề án trình HĐND tỉnh", "đề án", 5, 480),
            ]),
            ("Phối hợp liên ngành", [
                ("Góp ý dự thảo văn bản", "văn bản góp ý", 1, 15),
                ("Tham gia đoàn kiểm tra liên ngành", "báo cáo", 2, 80),
            ]),
        ],
    },
}  # fmt: skip

# (code, task, output, group, coefficient): the commune's short form.
COMMUNE: list[tuple[str, str, str, int, str]] = [
    ("HC-01", "Chủ trì họp giao ban tuần", "biên bản", 1, "1,5"),
    ("TD-01", "Tiếp công dân", "sổ", 1, "1,25"),
    ("DD-01", "Thẩm định chuyển mục đích sử dụng đất", "tờ trình", 2, "12,5"),
    ("DD-02", "Xác nhận nguồn gốc đất", "văn bản xác nhận", 2, "6"),
    ("HT-01", "Đăng ký khai sinh, khai tử", "10 hồ sơ", 1, "2"),
    ("HT-02", "Chứng thực bản sao", "10 bản", 1, "1"),
    ("XH-01", "Rà soát hộ nghèo", "thôn", 3, "30"),
    ("XH-02", "Chi trả trợ cấp tại thôn", "đợt", 2, "9"),
    ("KT-01", "Kế hoạch sản xuất vụ", "kế hoạch", 3, "36"),
    ("KT-02", "Kiểm tra trật tự xây dựng", "biên bản", 2, "8"),
    ("TH-01", "Báo cáo tuần", "báo cáo", 1, "1,6"),
    ("TH-02", "Báo cáo quý, năm", "báo cáo", 3, "32"),
]


def works_of(agency: str) -> Fields:
    """Return the fields of work of an agency: its own and the office work that every agency has."""
    return SPECIAL.get(agency, {}) | ({} if agency == "tinh" else OFFICE)

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

# What every department does for each subject that it is charged with; {} is the subject.
_ROUTINE: list[tuple[str, list[Work]]] = [
    ("Tham mưu, ban hành văn bản", [
        ("Soạn thảo văn bản chỉ đạo về {}", "văn bản", 2, 90),
        ("Xây dựng kế hoạch năm về {}", "kế hoạch", 3, 220),
        ("Xây dựng đề án, chương trình về {}", "đề án", 5, 470),
    ]),
    ("Hướng dẫn, kiểm tra", [
        ("Hướng dẫn nghiệp vụ về {}", "văn bản hướng dẫn", 2, 70),
        ("Kiểm tra việc thực hiện quy định về {}", "báo cáo kiểm tra", 4, 320),
        ("Tập huấn về {}", "lớp", 3, 180),
    ]),
    ("Giải quyết hồ sơ", [
        ("Thẩm định hồ sơ về {}", "báo cáo thẩm định", 4, 310),
        ("Giải quyết thủ tục hành chính về {}", "hồ sơ", 1, 25),
    ]),
    ("Theo dõi, báo cáo", [
        ("Báo cáo quý về {}", "báo cáo", 2, 70),
        ("Cập nhật cơ sở dữ liệu về {}", "10 hồ sơ", 1, 15),
    ]),
]  # fmt: skip

# The subjects of each department, as laws on its tasks name them.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "so-noi-vu": (
        "tổ chức bộ máy", "biên chế", "cán bộ, công chức, viên chức", "cải cách hành chính", "thi đua, khen thưởng",
        "văn thư, lưu trữ nhà nước", "lao động, việc làm", "người có công", "chính quyền địa phương",
    ),
    "vp-ubnd": ("kiểm soát thủ tục hành chính", "chương trình công tác", "cổng thông tin điện tử", "tiếp công dân"),
    "so-tai-chinh": (
        "đầu tư công", "đăng ký doanh nghiệp", "đấu thầu", "tài chính doanh nghiệp", "ngân sách cấp xã",
        "kinh tế tập thể",
    ),
    "so-xay-dung": (
        "nhà ở và thị trường bất động sản", "vật liệu xây dựng", "hạ tầng kỹ thuật đô thị", "vận tải đường bộ",
        "kết cấu hạ tầng giao thông", "kinh tế xây dựng",
    ),
    "so-nnmt": (
        "trồng trọt và bảo vệ thực vật", "chăn nuôi và thú y", "lâm nghiệp", "thủy lợi", "thủy sản", "đất đai",
        "tài nguyên nước", "môi trường", "khoáng sản", "nông thôn mới", "phòng, chống thiên tai",
    ),
    "so-khcn": ("sở hữu trí tuệ", "tiêu chuẩn, đo lường, chất lượng", "bưu chính, viễn thông", "an toàn thông tin"),
    "so-cong-thuong": ("xuất nhập khẩu", "quản lý thị trường", "cụm công nghiệp", "điện lực", "hóa chất"),
    "so-y-te": ("dược và mỹ phẩm", "an toàn thực phẩm", "dân số", "bảo hiểm y tế", "trẻ em", "giảm nghèo"),
    "so-gddt": (
        "giáo dục mầm non", "giáo dục tiểu học", "giáo dục thường xuyên", "giáo dục nghề nghiệp", "nhà giáo",
        "công tác học sinh, sinh viên",
    ),
    "so-vhttdl": ("di sản văn hóa", "văn hóa cơ sở", "thể dục, thể thao", "du lịch", "báo chí, xuất bản", "gia đình"),
    "so-tu-phap": ("bổ trợ tư pháp", "phổ biến, giáo dục pháp luật", "xử lý vi phạm hành chính", "trợ giúp pháp lý"),
    "so-dttg": ("chính sách dân tộc", "tín ngưỡng, tôn giáo", "chương trình mục tiêu vùng đồng bào dân tộc thiểu số"),
    "so-ngoai-vu": ("hợp tác quốc tế", "lãnh sự và người Việt Nam ở nước ngoài", "biên giới lãnh thổ"),
    "thanh-tra": ("thanh tra kinh tế - xã hội", "giải quyết khiếu nại, tố cáo", "phòng, chống tham nhũng, tiêu cực"),
    "bql-kkt": ("xúc tiến đầu tư", "quy hoạch khu công nghiệp", "lao động trong khu kinh tế", "môi trường khu kinh tế"),
    "ban-to-chuc": ("tổ chức cơ sở đảng", "đảng viên", "cán bộ diện cấp ủy quản lý", "bảo vệ chính trị nội bộ"),
    "vp-tinh-uy": ("tổng hợp phục vụ cấp ủy", "cơ yếu", "tài chính đảng", "lưu trữ lịch sử đảng"),
    "mttq": ("giám sát, phản biện xã hội", "đại đoàn kết toàn dân", "phong trào đoàn viên, hội viên", "an sinh xã hội"),
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
    ("HC-02", "Soạn thảo văn bản hành chính", "văn bản", 1, "1"),
    ("HC-03", "Chuẩn bị kỳ họp Hội đồng nhân dân xã", "kỳ họp", 4, "62"),
    ("HC-04", "Lập hồ sơ công việc, nộp lưu", "hồ sơ", 1, "1,2"),
    ("HC-05", "Vận hành trang thông tin điện tử", "10 tin, bài", 2, "6,5"),
    ("TD-02", "Phân loại, đề xuất xử lý đơn", "đơn", 1, "2,4"),
    ("TD-03", "Hòa giải tranh chấp đất đai", "biên bản hòa giải", 3, "34"),
    ("TD-04", "Xác minh nội dung khiếu nại", "báo cáo xác minh", 4, "66"),
    ("DD-03", "Chỉnh lý biến động hồ sơ địa chính", "10 thửa đất", 2, "12"),
    ("DD-04", "Kiểm kê đất đai hằng năm", "báo cáo", 4, "70"),
    ("DD-05", "Xử lý vi phạm về đất đai", "hồ sơ xử phạt", 3, "40"),
    ("HT-03", "Đăng ký kết hôn", "hồ sơ", 1, "1,6"),
    ("HT-04", "Cải chính hộ tịch", "hồ sơ", 2, "7"),
    ("HT-05", "Chứng thực hợp đồng, giao dịch", "hồ sơ", 2, "8"),
    ("HT-06", "Số hóa sổ hộ tịch", "100 trường hợp", 2, "16"),
    ("XH-03", "Thẩm định hồ sơ trợ cấp xã hội", "hồ sơ", 1, "5"),
    ("XH-04", "Quản lý hồ sơ người có công", "hồ sơ", 2, "7,5"),
    ("XH-05", "Kế hoạch giảm nghèo năm", "kế hoạch", 4, "64"),
    ("XH-06", "Tuyên truyền bình đẳng giới, trẻ em", "buổi", 2, "14"),
    ("VH-01", "Tổ chức lễ kỷ niệm cấp xã", "sự kiện", 3, "44"),
    ("VH-02", "Kiểm tra cơ sở kinh doanh dịch vụ văn hóa", "biên bản", 2, "9"),
    ("VH-03", "Xét công nhận gia đình, thôn văn hóa", "thôn", 2, "15"),
    ("KT-03", "Thống kê sản xuất nông nghiệp", "báo cáo", 2, "12"),
    ("KT-04", "Phòng, chống dịch bệnh vật nuôi", "đợt", 3, "38"),
    ("KT-05", "Nghiệm thu công trình thôn tự làm", "biên bản nghiệm thu", 3, "32"),
    ("KT-06", "Kế hoạch phòng, chống thiên tai", "kế hoạch", 4, "68"),
    ("TC-01", "Lập dự toán ngân sách xã", "dự toán", 4, "72"),
    ("TC-02", "Quyết toán ngân sách xã", "báo cáo quyết toán", 4, "70"),
    ("TC-03", "Theo dõi thu, chi hằng tháng", "bảng kê", 2, "11"),
    ("TC-04", "Quản lý tài sản công", "biên bản kiểm kê", 2, "13"),
    ("MC-01", "Tiếp nhận, trả kết quả tại Bộ phận một cửa", "10 hồ sơ", 1, "1,8"),
    ("MC-02", "Hướng dẫn nộp hồ sơ trực tuyến", "10 lượt", 1, "1,4"),
    ("MC-03", "Khảo sát mức độ hài lòng", "báo cáo", 2, "13"),
    ("QS-01", "Kế hoạch quốc phòng, an ninh năm", "kế hoạch", 5, "90"),
    ("QS-02", "Tuyển chọn, gọi công dân nhập ngũ", "đợt", 4, "74"),
    ("QS-03", "Trực sẵn sàng phòng cháy, chữa cháy", "ca trực", 1, "1,5"),
    ("TH-03", "Đề án cấp xã trình Hội đồng nhân dân", "đề án", 5, "96"),
]
# Each commune leaves out every so many of them, another one each.
_LEFT_OUT_EVERY = 9


def works_of(agency: str) -> Fields:
    """Return the fields of work of an agency: its own, its subjects, and the office work that every agency has."""
    subjects = {
        f"{subject[0].upper()}{subject[1:]}": [
            (task, [(name.format(subject), output, group, score) for name, output, group, score in works])
            for task, works in _ROUTINE
        ]
        for subject in SUBJECTS.get(agency, ())
    }
    return SPECIAL.get(agency, {}) | subjects | ({} if agency == "tinh" else OFFICE)


def works_of_commune(number: int) -> list[tuple[str, str, str, int, str]]:
    """Return what the commune of that number lists: nearly all that communes do, not all of them the same."""
    return [work for place, work in enumerate(COMMUNE) if (place + number) % _LEFT_OUT_EVERY]

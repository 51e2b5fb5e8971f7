"""What the demo's departments are charged with, and what every department does for each of it."""

from __future__ import annotations

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
    "tinh-doan": ("tổ chức, xây dựng Đoàn", "phong trào thanh niên tình nguyện", "thiếu niên, nhi đồng", "tuyên giáo"),
}  # fmt: skip
# Bodies of the Party, the Front and the Youth Union, whose works are others than a department's.
POLITICAL = frozenset({"ban-to-chuc", "vp-tinh-uy", "mttq", "tinh-doan"})

# What a department does for each of its subjects; {} is the subject.
ROUTINE = [
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
        ("Báo cáo năm về {}", "báo cáo", 3, 150),
        ("Cập nhật cơ sở dữ liệu về {}", "10 hồ sơ", 1, 15),
    ]),
]  # fmt: skip
POLITICAL_ROUTINE = [
    ("Tham mưu", [
        ("Soạn thảo văn bản chỉ đạo về {}", "văn bản", 2, 95),
        ("Xây dựng kế hoạch năm về {}", "kế hoạch", 3, 200),
        ("Dự thảo nghị quyết chuyên đề về {}", "nghị quyết", 5, 450),
    ]),
    ("Hướng dẫn, kiểm tra", [
        ("Hướng dẫn nghiệp vụ về {}", "văn bản hướng dẫn", 2, 75),
        ("Giám sát việc thực hiện nghị quyết về {}", "báo cáo giám sát", 4, 310),
        ("Tập huấn về {}", "lớp", 3, 160),
    ]),
    ("Theo dõi, báo cáo", [
        ("Báo cáo quý về {}", "báo cáo", 2, 80),
        ("Báo cáo năm về {}", "báo cáo", 3, 160),
        ("Sơ kết chuyên đề về {}", "báo cáo", 3, 190),
    ]),
]  # fmt: skip

"""The fictitious province Sông Lam: about twenty departments and a hundred communes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AgencySeed:
    """One agency to make: ``parent`` is a code made before it."""

    code: str
    name: str
    kind: str
    prefix: str
    block: str = "government"
    parent: str = "tinh"


PROVINCE = AgencySeed("tinh", "UBND tỉnh Sông Lam", "province", "SL", parent="")

DEPARTMENTS = [
    AgencySeed("so-noi-vu", "Sở Nội vụ", "department", "NV"),
    AgencySeed("vp-ubnd", "Văn phòng UBND tỉnh", "department", "VPUB"),
    AgencySeed("vp-hdnd", "Văn phòng Đoàn ĐBQH và HĐND tỉnh", "department", "VP"),
    AgencySeed("so-tai-chinh", "Sở Tài chính", "department", "TC"),
    AgencySeed("so-xay-dung", "Sở Xây dựng", "department", "XD"),
    AgencySeed("so-nnmt", "Sở Nông nghiệp và Môi trường", "department", "NNMT"),
    AgencySeed("so-khcn", "Sở Khoa học và Công nghệ", "department", "KHCN"),
    AgencySeed("so-cong-thuong", "Sở Công Thương", "department", "CT"),
    AgencySeed("so-y-te", "Sở Y tế", "department", "YT"),
    AgencySeed("so-gddt", "Sở Giáo dục và Đào tạo", "department", "GD"),
    AgencySeed("so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch", "department", "VH"),
    AgencySeed("so-tu-phap", "Sở Tư pháp", "department", "TP"),
    AgencySeed("so-dttg", "Sở Dân tộc và Tôn giáo", "department", "DT"),
    AgencySeed("so-ngoai-vu", "Sở Ngoại vụ", "department", "NGV"),
    AgencySeed("thanh-tra", "Thanh tra tỉnh", "department", "TTR"),
    AgencySeed("bql-kkt", "Ban Quản lý Khu kinh tế", "department", "KKT"),
    AgencySeed("thong-ke", "Chi cục Thống kê tỉnh", "department", "TK"),
    AgencySeed("ban-to-chuc", "Ban Tổ chức Tỉnh ủy", "department", "BTC", block="party"),
    AgencySeed("vp-tinh-uy", "Văn phòng Tỉnh ủy", "department", "VPTU", block="party"),
    AgencySeed("mttq", "Ủy ban Mặt trận Tổ quốc tỉnh", "department", "MT", block="front"),
]

DIVISIONS = [
    AgencySeed("snv-cchc", "Phòng Cải cách hành chính", "division", "CCHC", parent="so-noi-vu"),
    AgencySeed("snv-ccvc", "Phòng Công chức, viên chức", "division", "CCVC", parent="so-noi-vu"),
    AgencySeed("stc-ns", "Phòng Quản lý ngân sách", "division", "NS", parent="so-tai-chinh"),
    AgencySeed("stc-gcs", "Phòng Quản lý giá và công sản", "division", "GCS", parent="so-tai-chinh"),
    AgencySeed("sxd-qh", "Phòng Quy hoạch, kiến trúc", "division", "QH", parent="so-xay-dung"),
    AgencySeed("syt-nvy", "Phòng Nghiệp vụ y", "division", "NVY", parent="so-y-te"),
]

# Last, so that the numbers of everybody before stay as they are: who comes later stands below.
MASS = [AgencySeed("tinh-doan", "Tỉnh đoàn Sông Lam", "department", "TDN", block="mass", parent="mttq")]
LATER_DIVISIONS = [
    AgencySeed("stc-dt", "Phòng Tài chính đầu tư", "division", "TCDT", parent="so-tai-chinh"),
    AgencySeed("stc-dn", "Phòng Tài chính doanh nghiệp", "division", "TCDN", parent="so-tai-chinh"),
]

_FIRST = ("Vĩnh", "Tân", "Phú", "An", "Hòa", "Bình", "Thuận", "Đông", "Xuân", "Yên")
_SECOND = ("Lộc", "Thành", "Thạnh", "Khê", "Sơn", "Giang", "Hưng", "Mỹ", "Phong", "Tiến")
# The first twelve are wards, as in a province whose town was divided.
_WARDS = 12


def communes() -> list[AgencySeed]:
    """Return a hundred communes and wards, always the same."""
    names = [f"{first} {second}" for second in _SECOND for first in _FIRST]
    return [
        AgencySeed(f"xa-{number:03}", f"{'Phường' if number <= _WARDS else 'Xã'} {name}", "commune", f"X{number:03}")
        for number, name in enumerate(names, start=1)
    ]


def all_agencies() -> list[AgencySeed]:
    """Return every agency, parents before children."""
    return [PROVINCE, *DEPARTMENTS, *DIVISIONS, *communes(), *MASS, *LATER_DIVISIONS]

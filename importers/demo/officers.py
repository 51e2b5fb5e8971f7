"""The demo's officers: numbered, never named; positions by the editor, everything else through one upload."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import count

from django.core.files.base import File
from django.utils import timezone

from cms.organisations import actions as organisation_actions
from cms.organisations.models import Agency, Officer, Position, PositionGroup
from cms.organisations.staff_table import CATEGORIES, MAIN, ROLES, staff_file
from cms.users.models import User
from importers import actions
from importers.demo.agencies import DEPARTMENTS, DIVISIONS, LATER_DIVISIONS, MASS, PROVINCE, communes

EDITOR = "tham-dinh"
# Code, name, kind and group of each position.
POSITIONS = (
    ("chu-tich-tinh", "Chủ tịch UBND tỉnh", "leadership", "lanh-dao-quan-ly"),
    ("pho-chu-tich-tinh", "Phó Chủ tịch UBND tỉnh", "leadership", "lanh-dao-quan-ly"),
    ("giam-doc-so", "Giám đốc sở", "leadership", "lanh-dao-quan-ly"),
    ("pho-giam-doc-so", "Phó Giám đốc sở", "leadership", "lanh-dao-quan-ly"),
    ("truong-phong", "Trưởng phòng", "leadership", "lanh-dao-quan-ly"),
    ("pho-truong-phong", "Phó Trưởng phòng", "leadership", "lanh-dao-quan-ly"),
    ("chu-tich-xa", "Chủ tịch UBND cấp xã", "commune", "lanh-dao-quan-ly"),
    ("pho-chu-tich-xa", "Phó Chủ tịch UBND cấp xã", "commune", "lanh-dao-quan-ly"),
    ("chuyen-vien-tong-hop", "Chuyên viên tổng hợp", "professional", "tham-muu-tong-hop"),
    ("chuyen-vien-nghiep-vu", "Chuyên viên nghiệp vụ", "professional", "chuyen-mon-nghiep-vu"),
    ("chuyen-vien-mot-cua", "Chuyên viên Bộ phận một cửa", "professional", "mot-cua"),
    ("van-thu", "Văn thư viên", "support", "ho-tro-phuc-vu"),
)
# Description and competency framework of each position, and the decision by which the province approved all of them.
DUTIES = {
    "chu-tich-tinh": (
        "Lãnh đạo, điều hành công việc của UBND tỉnh; quyết định các vấn đề thuộc thẩm quyền của Chủ tịch UBND tỉnh.",
        "Năng lực lãnh đạo, quản lý cấp tỉnh; cao cấp lý luận chính trị.",
    ),
    "pho-chu-tich-tinh": (
        "Giúp Chủ tịch UBND tỉnh chỉ đạo các lĩnh vực được phân công.",
        "Năng lực lãnh đạo, quản lý cấp tỉnh; cao cấp lý luận chính trị.",
    ),
    "giam-doc-so": (
        "Lãnh đạo, điều hành toàn diện hoạt động của sở; chịu trách nhiệm trước UBND tỉnh.",
        "Lãnh đạo, quản lý: bậc 5. Hoạch định chính sách: bậc 5. Ra quyết định: bậc 5.",
    ),
    "pho-giam-doc-so": (
        "Giúp giám đốc chỉ đạo các lĩnh vực được phân công; điều hành sở khi được ủy quyền.",
        "Lãnh đạo, quản lý: bậc 4. Hoạch định chính sách: bậc 4. Phối hợp: bậc 4.",
    ),
    "truong-phong": (
        "Phân công, kiểm tra công việc của phòng; trình lãnh đạo các văn bản thuộc lĩnh vực phụ trách.",
        "Quản lý: bậc 4. Soạn thảo văn bản: bậc 4. Phân tích, tổng hợp: bậc 4.",
    ),
    "pho-truong-phong": (
        "Giúp trưởng phòng phụ trách một số mảng việc; thay mặt trưởng phòng khi được giao.",
        "Quản lý: bậc 3. Soạn thảo văn bản: bậc 4. Phối hợp: bậc 3.",
    ),
    "chu-tich-xa": (
        "Điều hành hoạt động của UBND cấp xã; chịu trách nhiệm về phát triển kinh tế - xã hội trên địa bàn.",
        "Lãnh đạo, quản lý: bậc 4. Vận động, đối thoại với người dân: bậc 5. Ra quyết định: bậc 4.",
    ),
    "pho-chu-tich-xa": (
        "Phụ trách các lĩnh vực được chủ tịch phân công; thay mặt chủ tịch khi được ủy quyền.",
        "Lãnh đạo, quản lý: bậc 3. Vận động, đối thoại với người dân: bậc 4. Phối hợp: bậc 4.",
    ),
    "chuyen-vien-tong-hop": (
        "Tổng hợp, theo dõi việc thực hiện chương trình công tác; soạn báo cáo định kỳ và chuyên đề.",
        "Phân tích, tổng hợp: bậc 3. Soạn thảo văn bản: bậc 3. Công nghệ thông tin: bậc 3.",
    ),
    "chuyen-vien-nghiep-vu": (
        "Tham mưu, thẩm định hồ sơ thuộc lĩnh vực chuyên môn; hướng dẫn, kiểm tra việc thực hiện.",
        "Chuyên môn, nghiệp vụ: bậc 3. Soạn thảo văn bản: bậc 3. Phối hợp: bậc 3.",
    ),
    "chuyen-vien-mot-cua": (
        "Hướng dẫn, tiếp nhận hồ sơ và trả kết quả thủ tục hành chính; theo dõi thời hạn giải quyết.",
        "Giao tiếp, phục vụ người dân: bậc 4. Chuyên môn, nghiệp vụ: bậc 2. Công nghệ thông tin: bậc 3.",
    ),
    "van-thu": (
        "Tiếp nhận, đăng ký, chuyển giao văn bản đến; phát hành văn bản đi; lập hồ sơ, quản lý con dấu.",
        "Nghiệp vụ văn thư, lưu trữ: bậc 3. Công nghệ thông tin: bậc 2. Cẩn trọng, bảo mật: bậc 4.",
    ),
}
APPROVAL = "1875/QĐ-UBND"
# Head, deputies and staff of each kind of agency: positions, and the fields that deputies and staff share.
_LEADERS = {
    "province": ("chu-tich-tinh", "pho-chu-tich-tinh", 2),
    "department": ("giam-doc-so", "pho-giam-doc-so", 2),
    "division": ("truong-phong", "pho-truong-phong", 1),
    "commune": ("chu-tich-xa", "pho-chu-tich-xa", 2),
}
_STAFF = ("chuyen-vien-tong-hop", "chuyen-vien-nghiep-vu", "chuyen-vien-mot-cua", "van-thu")
_FIELDS = ("Tổng hợp, tổ chức", "Chuyên môn, nghiệp vụ")
_STAFF_COUNT = {"province": 0, "department": 6, "division": 4, "commune": 5}
# A division with neither deputy nor so many staff: its department has thirty people.
_SMALL = {"stc-dn": 2}
# So many communes have officers; the numbers of the demo's accounts are left free.
_COMMUNES, _FIRST_NUMBER = 10, 101
_Row = list[object]


def load() -> Iterator[str]:
    """Make what is missing of the demo's positions and officers; yield a line for each step."""
    editor = User.objects.get(username=EDITOR)
    yield f"Vị trí việc làm: {_load_positions(editor)} vị trí mới"
    if Officer.objects.exists():
        return
    name, rows = "cong-chuc-toan-tinh.xlsx", list(_rows())
    batch = actions.upload(
        by=editor, agency=Agency.objects.get(code=PROVINCE.code), file=File(staff_file(rows), name), name=name,
        kind="officers", wait=True,
    )  # fmt: skip
    actions.commit(by=editor, batch=batch)
    yield f"Công chức: {len(rows)} người"


def _load_positions(editor: User) -> int:
    groups = {group.code: group for group in PositionGroup.objects.all()}
    known = set(Position.objects.values_list("code", flat=True))
    new = [one for one in POSITIONS if one[0] not in known]
    since = _first_day()
    for code, name, kind, group in new:
        description, competency = DUTIES[code]
        position = organisation_actions.save_position(
            by=editor, code=code, name=name, kind=kind, group=groups[group], description=description,
            competency=competency,
        )  # fmt: skip
        organisation_actions.approve_position(
            by=editor, position=position, number=APPROVAL, approved_on=since, effective_from=since
        )
    return len(new)


def _first_day() -> datetime.date:
    return datetime.date(timezone.localdate().year - 1, 7, 1)


def _rows() -> Iterator[_Row]:
    numbers = count(_FIRST_NUMBER)
    first = _first_day()
    units: dict[str, list[str]] = {}
    for seed in (*DIVISIONS, *LATER_DIVISIONS):
        units.setdefault(seed.parent, []).append(seed.name)
    for seed in (*DEPARTMENTS, *DIVISIONS, *communes()[:_COMMUNES], PROVINCE, *MASS, *LATER_DIVISIONS):
        yield from _agency_rows(seed.code, seed.kind, units.get(seed.code, []), first, numbers)


def _agency_rows(
    code: str, kind: str, units: list[str], first: datetime.date, numbers: Iterator[int]
) -> Iterator[_Row]:  # fmt: skip
    head, deputy, deputies = _LEADERS[kind]
    if code in _SMALL:
        deputies = 0
    yield _row(next(numbers), code, head, "head", first, "")
    for index in range(deputies):
        fields = [_FIELDS[index], *units[index::deputies]]
        yield _row(next(numbers), code, deputy, "deputy", first, "; ".join(fields))
    for index in range(_SMALL.get(code, _STAFF_COUNT[kind])):
        yield _row(next(numbers), code, _STAFF[index % len(_STAFF)], "staff", first, _FIELDS[index % len(_FIELDS)])


def _row(number: int, agency: str, position: str, role: str, first: datetime.date, fields: str) -> _Row:
    category = CATEGORIES["cadre" if position == "chu-tich-xa" else "civil_servant"]
    who = [f"CC-{number:04}", f"Công chức {number:04}", category, agency, None, position, None, None]
    return [*who, ROLES[role], MAIN[True], first, None, fields or None]

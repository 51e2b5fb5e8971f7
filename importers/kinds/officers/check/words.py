"""The words in which people say an officer's category and role, and whether a posting is the main one.

Only cells of their own columns are read so: what a position is called says nothing about who leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cms.core.text import fold


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell means; ``plain`` when it is said in the platform's own word, so that nobody need be told."""

    value: str
    plain: bool


# The platform's own words, as the template and the download write them.
CATEGORIES = {
    "civil_servant": "Công chức", "cadre": "Cán bộ", "public_employee": "Viên chức", "contract": "Hợp đồng lao động",
}  # fmt: skip
ROLES = {"staff": "Không giữ chức vụ", "head": "Người đứng đầu", "deputy": "Cấp phó"}
MAIN = {"main": "Chính", "secondary": "Kiêm nhiệm"}

_OTHER_CATEGORIES = {
    "civil_servant": ("cc", "cong chuc cap xa", "civil servant"),
    "cadre": ("cb", "can bo cap xa", "cadre"),
    "public_employee": ("vc", "public employee"),
    "contract": ("hop dong", "lao dong hop dong", "nguoi lao dong", "hd", "hdld", "hop dong 111", "contract"),
}
_OTHER_ROLES = {
    "staff": (
        "nhan vien", "chuyen vien", "chuyen vien chinh", "chuyen vien cao cap", "can su", "cong chuc", "vien chuc",
        "can bo", "thua hanh", "khong", "khong lanh dao", "khong giu chuc vu lanh dao quan ly", "staff",
    ),
    "head": (
        "cap truong", "thu truong", "giam doc", "chu tich", "chanh van phong", "chanh thanh tra", "bi thu",
        "cuc truong", "chi cuc truong", "head",
    ),
    "deputy": ("deputy", "deputy head"),
}  # fmt: skip
_OTHER_MAIN = {
    "main": ("co", "x", "main", "vi tri chinh"),
    "secondary": ("khong", "phu", "kiem", "secondary"),
}
# “Trưởng phòng”, “Trưởng ban” …; “Phó trưởng phòng”, “Phó Giám đốc” …
_HEAD, _DEPUTY = "truong ", "pho "


def category_of(text: str) -> Meaning | None:
    """Return which category a cell names, or None."""
    return _find(text, CATEGORIES, _OTHER_CATEGORIES)


def role_of(text: str) -> Meaning | None:
    """Return whether a cell names a head, a deputy or neither; None when it cannot be told."""
    found = _find(text, ROLES, _OTHER_ROLES)
    if found is not None:
        return found
    bare = fold(text) + " "
    for beginning, role in ((_DEPUTY, "deputy"), (_HEAD, "head")):
        if bare.startswith(beginning):
            return Meaning(role, plain=False)
    return None


def main_of(text: str) -> Meaning | None:
    """Return whether a cell says that the posting is the main one or a secondary one, or None."""
    return _find(text, MAIN, _OTHER_MAIN)


def _find(text: str, own: dict[str, str], others: Mapping[str, tuple[str, ...]]) -> Meaning | None:
    bare = fold(text)
    for value, word in own.items():
        if bare == fold(word):
            return Meaning(value, plain=True)
    return next((Meaning(value, plain=False) for value, words in others.items() if bare in words), None)

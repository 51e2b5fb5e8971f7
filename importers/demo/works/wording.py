"""How an agency words a work: most as the others do, every fourth in one of the ways in which lists differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from importers.demo.works.chance import drawn
from importers.demo.works.weighing import STANDARD_WORK

_EVERY = 4
_SHORT = {
    "Ủy ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND", "thủ tục hành chính": "TTHC", "cơ sở dữ liệu": "CSDL",
    "cải cách hành chính": "CCHC", "công nghệ thông tin": "CNTT", "quy phạm pháp luật": "QPPL",
    "an toàn thực phẩm": "ATTP", "khiếu nại, tố cáo": "KNTC", "giấy chứng nhận": "GCN", "văn bản": "VB",
    "ngân sách": "NS", "hồ sơ": "HS",
}  # fmt: skip
_TONES = {"hóa": "hoá", "hòa": "hoà", "Hòa": "Hoà", "Ủy": "Uỷ", "lý": "lí", "kỳ": "kì", "kỹ": "kĩ", "quy ": "qui "}
_BEFORE, _BEHIND = ("Công tác", "Thực hiện", "Tham mưu"), ("theo quy định", "thuộc thẩm quyền", "theo phân công")
_COMMUNE = re.compile(r"\bxã\b(?! hội)")
_HAMLET = re.compile(r"(?<!nông )\bthôn\b")
_TWO_DEEDS = re.compile(r"(\w+(?: \w+)?), (\w+(?: \w+)?) (.+)")


def word(agency: str, name: str) -> str:
    """Return how an agency writes the name of a work; the common list writes it as it should be."""
    chance = drawn("wording", agency, name)
    if agency == "tinh" or name == STANDARD_WORK or chance % _EVERY:
        return name
    ways: list[Callable[[str, int], str]] = [_shortened, _added, _toned, _other_order, _unmarked, _slipped]
    first = chance // _EVERY % len(ways)
    changed = (way(name, chance) for way in ways[first:] + ways[:first])
    return next((other for other in changed if other != name), name)


def of_ward(text: str) -> str:
    """Return the words of a commune's list as a ward says them."""
    return _HAMLET.sub("tổ dân phố", _COMMUNE.sub("phường", text))


def _shortened(name: str, _chance: int) -> str:
    for phrase, short in _SHORT.items():
        name = name.replace(phrase, short)
    return name


def _added(name: str, chance: int) -> str:
    if chance % 2:
        return f"{name} {_BEHIND[chance % len(_BEHIND)]}"
    return f"{_BEFORE[chance % len(_BEFORE)]} {name[0].lower()}{name[1:]}"


def _toned(name: str, _chance: int) -> str:
    for usual, other in _TONES.items():
        name = name.replace(usual, other)
    return name


def _other_order(name: str, _chance: int) -> str:
    if " về " in name:
        deed, _about, subject = name.partition(" về ")
        return f"{subject[0].upper()}{subject[1:]}: {deed[0].lower()}{deed[1:]}"
    if found := _TWO_DEEDS.fullmatch(name):
        first, second, rest = found.groups()
        return f"{second[0].upper()}{second[1:]}, {first[0].lower()}{first[1:]} {rest}"
    return name


def _unmarked(name: str, chance: int) -> str:
    """Leave the marks of one word out, as fingers do."""
    words = name.split()
    at = chance % len(words)
    letters = unicodedata.normalize("NFD", words[at].replace("đ", "d").replace("Đ", "D"))
    words[at] = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(words)


def _slipped(name: str, chance: int) -> str:
    """Leave the last letter of one long word out."""
    words = name.split()
    long = [at for at, each in enumerate(words) if len(each) > 4]
    if long:
        at = long[chance % len(long)]
        words[at] = words[at][:-1]
    return " ".join(words)

"""Names of works with planted ones that say the same in another way, and which those are."""

import random
import unicodedata

from cms.dedupe.finding import Work
from cms.dedupe.words import ABBREVIATIONS
from importers.demo.works import SUBJECTS

_DEEDS = (
    "Soạn thảo", "Thẩm định", "Thẩm tra", "Góp ý", "Ban hành", "Kiểm tra", "Giám sát", "Tổng hợp", "Hướng dẫn",
    "Báo cáo quý về", "Báo cáo năm về", "Báo cáo tháng về", "Rà soát", "Xây dựng", "Tập huấn", "Công bố", "Tổng kết",
    "Sơ kết", "Thanh tra", "Phê duyệt",
)  # fmt: skip
_THINGS = (
    "kế hoạch", "đề án", "chương trình", "hồ sơ", "dự toán", "quyết toán", "văn bản quy phạm pháp luật",
    "thủ tục hành chính", "danh mục", "quy hoạch", "chính sách", "dự án", "cơ sở dữ liệu", "quy chế",
    "nghị quyết của hội đồng nhân dân", "quyết định của ủy ban nhân dân",
)  # fmt: skip
_SCOPES = (
    "cấp tỉnh", "cấp xã", "trọng điểm", "giai đoạn 2026-2030", "theo chuyên đề", "trong khu công nghiệp", "vùng cao",
    "đối với doanh nghiệp", "đối với hộ kinh doanh", "cho cán bộ công chức",
)  # fmt: skip
_PLACES = (
    "tại huyện đảo", "tại vùng biên giới", "tại khu vực miền núi", "tại các trường học", "tại các cơ sở y tế",
    "tại khu dân cư", "tại cụm công nghiệp", "tại hợp tác xã", "tại bến xe",
)  # fmt: skip
_ADDED = ("theo quy định", "trên địa bàn", "có liên quan", "kịp thời", "trên địa bàn tỉnh", "được giao")
_SHORTENED = {phrases[0]: letters for letters, phrases in ABBREVIATIONS.items() if len(letters) > 2}
_SCANNED = {"m": "rn", "l": "1", "o": "0", "i": "l", "h": "b", "c": "e", "d": "cl"}
_LETTERS = "abcdeghiklmnopqrstuvxy"

KINDS = (
    "slip",
    "two slips",
    "no marks",
    "some marks",
    "shortened",
    "shortened and a slip",
    "order",
    "added",
    "scanned",
)


def plant(count, seed=1):
    """Return works with made-up names, a tenth of them planted, and the kind of planting by pair of ids."""
    chance = random.Random(seed)
    names = _names(count * 9 // 10, chance)
    works = [Work(str(at), name) for at, name in enumerate(names)]
    planted = {}
    for number in range(len(names), count):
        at = chance.randrange(len(names))
        kind = KINDS[number % len(KINDS)]
        name = vary(names[at], kind, chance)
        if name != names[at]:
            works.append(Work(str(number), name))
            planted[str(at), str(number)] = kind
    return works, planted


def quality(planted, pairs):
    """Return the recall and the precision of found pairs, where what was planted of one name is the same as well."""
    root = {copy: first for first, copy in planted}
    found = {(pair.a, pair.b) if int(pair.a) < int(pair.b) else (pair.b, pair.a) for pair in pairs}
    right = sum(root.get(a, a) == root.get(b, b) for a, b in found)
    return sum(pair in found for pair in planted) / len(planted), right / max(1, len(found))


def vary(name, kind, chance):
    """Return a name that says the same in another way."""
    if kind == "no marks":
        return _bare(name)
    if kind == "order":
        first, _about, rest = name.partition(" về ")
        return f"{rest[:1].upper()}{rest[1:]}: {first[:1].lower()}{first[1:]}" if rest else name
    if kind == "added":
        return f"{name} {chance.choice(_ADDED)}"
    if kind.startswith("shortened"):
        for phrase in sorted(_SHORTENED, key=len, reverse=True):
            name = name.replace(phrase, _SHORTENED[phrase])
    words = name.split()
    for _time in range({"slip": 1, "two slips": 2, "shortened and a slip": 1}.get(kind, 0)):
        at = chance.choice([at for at, word in enumerate(words) if len(word) > 2])
        words[at] = _slip(words[at], chance)
    if kind == "some marks":
        for _time in range(2):
            at = chance.randrange(len(words))
            words[at] = _bare(words[at])
    if kind == "scanned":
        at = chance.choice([at for at, word in enumerate(words) if set(word) & set(_SCANNED)])
        letter = chance.choice([letter for letter in words[at] if letter in _SCANNED])
        words[at] = words[at].replace(letter, _SCANNED[letter], 1)
    return " ".join(words)


def _names(count, chance):
    subjects = [subject for each in SUBJECTS.values() for subject in each]
    names = {}
    while len(names) < count:
        name = f"{chance.choice(_DEEDS)} {chance.choice(_THINGS)} về {chance.choice(subjects)}"
        if chance.random() < 0.6:
            name = f"{name} {chance.choice(_SCOPES)}"
        if chance.random() < 0.4:
            name = f"{name} {chance.choice(_PLACES)}"
        names[name] = None
    return list(names)


def _slip(word, chance):
    at = chance.randrange(len(word))
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice(_LETTERS) + word[at:],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )
    )


def _bare(text):
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

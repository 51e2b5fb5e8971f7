"""Licences under which a province may give its data away, by their SPDX identifiers. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass

from catalog_pages.open_data.dictionary import Bilingual


@dataclass(frozen=True)
class Licence:
    """A licence: its SPDX identifier, its address, its name, and in a sentence what it allows."""

    code: str
    address: str
    title: Bilingual
    meaning: Bilingual


_BY = Bilingual(
    "Được dùng, sao chép, sửa đổi và chia sẻ cho mọi mục đích, kể cả thương mại, nếu ghi rõ nguồn.",
    "Use, copy, change and share for any purpose, also commercially, as long as the source is named.",
)
_FREE = Bilingual("Được dùng cho mọi mục đích, không cần xin phép.", "Use for any purpose without asking.")
_ALIKE = Bilingual(
    "Được dùng và chia sẻ nếu ghi rõ nguồn; dữ liệu phái sinh phải theo cùng giấy phép.",
    "Use and share as long as the source is named; what is made of it comes under the same licence.",
)

LICENCES: dict[str, Licence] = {
    each.code: each
    for each in (
        Licence(
            "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/",
            Bilingual("Creative Commons Ghi công 4.0", "Creative Commons Attribution 4.0"), _BY,
        ),
        Licence(
            "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/",
            Bilingual("Creative Commons CC0 1.0", "Creative Commons CC0 1.0"), _FREE,
        ),
        Licence(
            "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/",
            Bilingual("Creative Commons Ghi công, Chia sẻ tương tự 4.0", "Creative Commons Attribution-ShareAlike 4.0"),
            _ALIKE,
        ),
        Licence(
            "ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/",
            Bilingual("Open Data Commons Ghi công 1.0", "Open Data Commons Attribution 1.0"), _BY,
        ),
        Licence(
            "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/",
            Bilingual("Open Data Commons ODbL 1.0", "Open Data Commons Open Database License 1.0"), _ALIKE,
        ),
        Licence(
            "PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/",
            Bilingual("Open Data Commons PDDL 1.0", "Open Data Commons Public Domain Dedication and License 1.0"),
            _FREE,
        ),
    )
}  # fmt: skip

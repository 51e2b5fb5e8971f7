"""Comments of a sheet: their text in one part, their yellow boxes in another (the old drawing language VML).

Comments that the sender has written stay. Ours of an earlier time are taken out first.
"""

from __future__ import annotations

import re

from importers.reading.references import Columns, letters_of
from importers.returned.job import AUTHOR
from importers.returned.xmltext import append_to, attribute, prefix_of, xml_text

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_NAMESPACE}"><authors></authors>'
    "<commentList></commentList></comments>"
)
_VML = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
EMPTY_DRAWING = (
    f"<xml{_VML}>"
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
# Begins what we add to a comment of the sender's.
_BELOW = f"\n{AUTHOR}: "
# Shapes are numbered in blocks of so many, and no two sheets may share a block.
BLOCK = 1024

_SHAPE = re.compile(r"<((?:[\w.-]+:)?)shape\s[^<>]*>.*?</\1shape>", re.DOTALL)
_SHAPE_NUMBER = re.compile(r"_x0000_s(\d{1,9})\b")

# A cell by row and column, counted from 1.
Place = tuple[int, int]


def add_comments(text: str, comments: dict[Place, str]) -> tuple[str, set[Place], set[Place]]:
    """The part with our comments added; the cells with one of the sender's, and those with an old one of ours."""
    p = prefix_of(text, "comments")
    text, old = _without_ours(text, p)
    theirs = set()
    new = []
    author, text = _author(text, p)
    places = _places(text, p)
    for place, comment in sorted(comments.items()):
        if place in places:
            theirs.add(place)
            text = _joined(text, p, place, f"<{p}r>{_text_element(p, f'{_BELOW}{comment}')}</{p}r>")
        else:
            inside = f"<{p}text>{_text_element(p, comment)}</{p}text>"
            new.append(f'<{p}comment ref="{_ref(place)}" authorId="{author}">{inside}</{p}comment>')
    return append_to(text, f"{p}commentList", "".join(new)), theirs, old


def _text_element(p: str, words: str) -> str:
    return f'<{p}t xml:space="preserve">{xml_text(words)}</{p}t>'


def _author(text: str, p: str) -> tuple[int, str]:
    """The number of our name among the authors; it is added when it is not there."""
    authors = re.findall(rf"<{p}author(?:\s[^<>]*)?(?:/>|>([^<]*)</{p}author>)", text)
    if AUTHOR in authors:
        return authors.index(AUTHOR), text
    return len(authors), append_to(text, f"{p}authors", f"<{p}author>{AUTHOR}</{p}author>")


def _comment_tags(text: str, p: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"<{p}comment(\s[^<>]*)>.*?</{p}comment>", text, re.DOTALL))


def _places(text: str, p: str) -> set[Place]:
    return {_place(attribute(tag[1], "ref") or "") for tag in _comment_tags(text, p)}


def _without_ours(text: str, p: str) -> tuple[str, set[Place]]:
    authors = re.findall(rf"<{p}author(?:\s[^<>]*)?(?:/>|>([^<]*)</{p}author>)", text)
    ours = {str(index) for index, name in enumerate(authors) if name == AUTHOR}
    # Programs that save comments join what was ours to what was the sender's.
    text = re.sub(f"{_BELOW}[^<]*", "", text)
    old = [tag for tag in _comment_tags(text, p) if attribute(tag[1], "authorId") in ours]
    remaining, last = [], 0
    for tag in old:
        remaining.append(text[last : tag.start()])
        last = tag.end()
    return "".join(remaining) + text[last:], {_place(attribute(tag[1], "ref") or "") for tag in old}


def _joined(text: str, p: str, place: Place, run: str) -> str:
    """The text with ours said below the sender's own comment on the same cell."""
    tag = next(tag for tag in _comment_tags(text, p) if _place(attribute(tag[1], "ref") or "") == place)
    comment = tag[0].replace(f"</{p}text>", f"{run}</{p}text>", 1)
    return text[: tag.start()] + comment + text[tag.end() :]


def add_shapes(text: str, places: set[Place], gone: set[Place], block: int) -> str:
    """The drawing with a hidden box for each cell in ``places``, numbered from ``block`` on, and none for ``gone``."""
    if gone:
        text = _SHAPE.sub(lambda shape: "" if _noted(shape[0]) in gone else shape[0], text)
    taken = [int(number) for number in _SHAPE_NUMBER.findall(text)]
    first = max(block, max(taken, default=0) // BLOCK + 1) * BLOCK
    # Most writers name the three languages of a box once, at the top; where they do not, each box does.
    named = all(name in text[: text.find(">")] for name in _VML.split())
    shapes = (
        _shape(first + number, place, "" if named else _VML) for number, place in enumerate(sorted(places), start=1)
    )
    return append_to(text, "xml", "".join(shapes))


def _noted(shape: str) -> Place | None:
    """The cell whose comment a shape shows; None for a shape that is something else."""
    row, column = (re.search(rf"<(?:[\w.-]+:)?{name}>\s*(\d+)", shape) for name in ("Row", "Column"))
    is_note = 'ObjectType="Note"' in shape
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column and is_note else None


def _shape(number: int, place: Place, languages: str) -> str:
    row, column = place
    # Left column and row with their offsets, then the right ones: beside the cell, four columns wide, six rows high.
    anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 4}, 15, {max(row - 2, 0) + 6}, 4"
    return (
        f'<v:shape{languages} id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
        f'style="position:absolute;z-index:{number % BLOCK};visibility:hidden">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _ref(place: Place) -> str:
    return f"{letters_of(place[1])}{place[0]}"


def _place(reference: str) -> Place:
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    return (int(digits[:7] or "0"), Columns()[letters])

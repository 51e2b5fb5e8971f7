"""Small parts of a workbook as text: things are put in where they belong, everything else stays letter by letter.

Parsing and writing XML anew would lose prefixes that other attributes name, and Excel then calls the file damaged.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from importers.reading.container import Container
from importers.returned.job import CannotEdit

# Parts that are read whole may be so large; what is larger is no ordinary workbook.
MOST_BYTES = 16 * 1024 * 1024

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
# What XML 1.0 cannot hold, and what would be taken for something else.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(f'[&<>"\r]|{_NOT_XML.pattern}')
TAG = re.compile(r"""<(/?)([\w.:-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(/?)>""")


def xml_text(text: str) -> str:
    """The text as it stands between tags and in attributes; characters that XML cannot hold become spaces."""
    if _SPECIAL.search(text) is None:
        return text
    return escape(_NOT_XML.sub(" ", text), {'"': "&quot;", "\r": "&#13;"})


def require_utf8(head: bytes) -> None:
    """Raise CannotEdit for a part in another encoding."""
    declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:64]:
        raise CannotEdit("encoding")
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise CannotEdit("encoding")


def read_text(container: Container, part: str) -> str:
    """A small part as text. Raises CannotEdit for one that is not plain UTF-8 XML without comments and CDATA."""
    data = b""
    for chunk in container.stream(part):
        data += chunk
        if len(data) > MOST_BYTES:
            raise CannotEdit(part)
    require_utf8(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise CannotEdit(part) from failure
    if "<!" in text:
        raise CannotEdit(part)
    return text


def prefix_of(text: str, root: str) -> str:
    """The prefix, with its colon, that the elements of a part are written with."""
    found = re.search(rf"<([\w.-]+:)?{root}[\s>/]", text)
    if found is None:
        raise CannotEdit(root)
    return found[1] or ""


def append_to(text: str, name: str, addition: str) -> str:
    """The text with more at the end of the element ``name``, prefix and all. Raises CannotEdit without one."""
    place = text.rfind(f"</{name}>")
    if place >= 0:
        return text[:place] + addition + text[place:]
    empty = re.search(rf"<{name}((?:\s[^<>]*?)?)/>", text)
    if empty is None:
        raise CannotEdit(name)
    return f"{text[: empty.start()]}<{name}{empty[1]}>{addition}</{name}>{text[empty.end() :]}"


def attribute(tag: str, name: str) -> str | None:
    """An attribute's text as it is written in a tag, or None."""
    found = re.search(rf"""(?:^|\s){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return None if found is None else found[1] if found[1] is not None else found[2]


def with_attribute(attributes: str, name: str, value: object) -> str:
    """The attributes of a tag with one set."""
    bare = re.sub(rf"""(^|\s+){name}\s*=\s*(?:"[^"]*"|'[^']*')""", "", attributes)
    return f'{bare.rstrip()} {name}="{value}"'

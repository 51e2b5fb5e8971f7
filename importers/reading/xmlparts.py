"""XML parts through expat: no document type, no entities, no endless nesting, whatever the encoding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat  # noqa: S406 - declarations are refused below, before anything in them is used

from importers.problems import FileRefused, error

MAX_DEPTH = 64

Attributes = dict[str, str]

# What makes a piece of XML more than tags, text and the five entities, or no XML at all: each by its rarest byte first,
# because one byte is found much sooner than several.
_NOT_PLAIN = {
    b"!": (b"<!",),
    b"?": (b"<?",),
    b"]": (b"]]>",),
    b"\r": (b"\r",),
    b"\xef": ("\ufffe".encode(), "\uffff".encode()),
}
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def broken(part: str, reason: str) -> FileRefused:
    """A refusal of the whole file for a part that is not what it should be."""
    return FileRefused(error("broken_part", part=part, reason=reason))


def make_parser(part: str) -> expat.XMLParserType:
    """Build a parser that refuses every declaration of a document type or an entity."""

    def refuse(*_: object) -> None:
        raise FileRefused(error("xml_declares_entities", part=part))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    # Newer versions of expat may hold a piece back; rows are fed one by one and must be read at once.
    if hasattr(parser, "SetReparseDeferralEnabled"):
        parser.SetReparseDeferralEnabled(False)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, part: str, data: bytes, last: bool = False) -> None:
    """Parse one piece. Raises FileRefused where it stops being XML."""
    try:
        parser.Parse(data, last)
    except (expat.ExpatError, ValueError, LookupError) as failure:
        if getattr(failure, "code", None) == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from failure
        raise broken(part, f"XML, line {parser.CurrentLineNumber}") from failure


def attributes_of(tag: str, part: str) -> Attributes:
    """The attributes of an element from its tag, written as an empty one. Raises FileRefused if it is no XML."""
    found: list[Attributes] = []
    parser = make_parser(part)
    parser.StartElementHandler = lambda _, attributes: found.append(attributes)
    feed(parser, part, tag.encode(), last=True)
    return found[0]


def plain_text(data: bytes) -> str | None:
    """A piece of UTF-8 as text, if all that can be wrong with it as XML is how its tags are set; else None.

    In such a piece ``<`` begins a tag and nothing else, and every ``&`` begins one of the five entities of XML.
    """
    if any(mark in data for byte, marks in _NOT_PLAIN.items() if byte in data for mark in marks):
        return None
    if len(data.translate(None, _CONTROLS)) < len(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if "&" not in text or text.count("&") == sum(map(text.count, _ENTITIES)) else None


def without_entities(text: str) -> str:
    """Put back the characters written as one of the five entities."""
    for entity, character in _ENTITIES.items() if "&" in text else ():
        text = text.replace(entity, character)
    return text


def may_end_outside(data: bytes) -> bool:
    """Whether a piece of XML holds the beginning of a comment, a declaration, CDATA or an instruction."""
    return (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)


def local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


def elements(chunks: Iterable[bytes], part: str, start: Callable[[str, Attributes, list[str]], None]) -> None:
    """Walk a small part: call ``start`` with each element's local name, attributes and the names that hold it."""
    names: list[str] = []

    def begin(name: str, attributes: Attributes) -> None:
        if len(names) >= MAX_DEPTH:
            raise broken(part, "nesting")
        start(local(name), attributes, names)
        names.append(local(name))

    parser = make_parser(part)
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: names.pop()
    for chunk in chunks:
        feed(parser, part, chunk)
    feed(parser, part, b"", last=True)


def looks_like_xml(head: bytes) -> bool:
    """Whether a part is XML by its first bytes, in any encoding, whatever its name says."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<?", b"<!"))


def check_whole(chunks: Iterable[bytes], part: str) -> None:
    """Read a part to its end for nothing but declarations and damage."""
    elements(chunks, part, lambda *_: None)

"""The custom properties of an Open XML workbook: short texts that programs keep beside the sheets."""

from __future__ import annotations

from importers.reading.container import Container
from importers.reading.package import read_relations
from importers.reading.xmlparts import MAX_DEPTH, Attributes, broken, feed, local, make_parser

# Nobody needs more of them, or longer ones.
MOST = 100
LONGEST = 255
_KINDS = ("custom-properties", "customProperties")


def read_properties(container: Container) -> dict[str, str]:
    """The texts by name; none when the workbook has no such part. Raises FileRefused if the part is damaged."""
    relations = read_relations(container, "").values()
    part = next((relation.target for relation in relations if relation.kind in _KINDS), "")
    return _Reader(part).read(container) if part and part in container else {}


class _Reader:
    def __init__(self, part: str) -> None:
        self._part = part
        self._found: dict[str, str] = {}
        self._depth = 0
        self._name = ""
        self._text = ""

    def read(self, container: Container) -> dict[str, str]:
        parser = make_parser(self._part)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add
        for chunk in container.stream(self._part):
            feed(parser, self._part, chunk)
        feed(parser, self._part, b"", last=True)
        return self._found

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise broken(self._part, "nesting")
        if local(tag) == "property":
            self._name, self._text = attributes.get("name", ""), ""

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if local(tag) != "property":
            return
        if 0 < len(self._name) <= LONGEST and len(self._text) <= LONGEST and len(self._found) < MOST:
            self._found[self._name] = self._text.strip()
        self._name = ""

    def _add(self, text: str) -> None:
        if self._name and len(self._text) <= LONGEST:
            self._text += text

"""Formatted words as a tree, for programs that show them without HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

# Attributes that say something to whoever shows the words by other means.
_ATTRIBUTES = ("href", "src", "alt", "id")
_WITHOUT_END = frozenset({"br", "hr", "img"})


def nodes_of(html: str) -> list[dict[str, Any]]:
    """Return the tree of a piece of HTML: ``{"tag", "attributes", "children"}``, and ``{"text"}`` at its ends."""
    reader = _Tree()
    reader.feed(html)
    reader.close()
    return reader.top


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []

    @property
    def _here(self) -> list[dict[str, Any]]:
        children: list[dict[str, Any]] = self._open[-1]["children"] if self._open else self.top
        return children

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs if name in _ATTRIBUTES}
        node = {"tag": tag, "attributes": attributes, "children": []}
        self._here.append(node)
        if tag not in _WITHOUT_END:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node["tag"] == tag for node in self._open):
            while self._open.pop()["tag"] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() or self._open:
            self._here.append({"text": data})

"""The guides of docs/ as they are read on the platform: their sections, as HTML, and what a search finds in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cms.core.text import fold

FOLDER = Path(settings.BASE_DIR) / "docs"
PICTURES = FOLDER / "images"
# In the order in which they are listed; a guide's address is the name of its file.
GUIDES = (
    "huong-dan-co-quan", "huong-dan-so-noi-vu", "huong-dan-cong-chuc", "huong-dan-quan-ly", "huong-dan-khung-tieu-chi",
    "ket-noi-he-thong",
)  # fmt: skip
MOST_FOUND = 50
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)\.? ")
_NO_PART_OF_ANCHORS = re.compile(r"[^\w\- ]")
# Guides are the project's own files; HTML in them would still be shown as text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass
class Section:
    """A heading of a guide with what stands below it, as far as the next heading."""

    title: str
    anchor: str
    words: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        """Return the number that the heading begins with: "10.3"; nothing where it has none."""
        found = _NUMBER.match(self.title)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Guide:
    """A guide: its title, its sections in order, and the whole as HTML with an anchor at each heading."""

    name: str
    title: str
    sections: list[Section]
    html: str

    @property
    def address(self) -> str:
        return reverse("help:guide", args=[self.name])

    def section(self, number: str) -> Section:
        """Return the section with this number, "7" or "10.3"; KeyError where there is none."""
        found = next((each for each in self.sections if each.number == number), None)
        if found is None:
            raise KeyError(f"{self.name}: {number}")
        return found


@dataclass(frozen=True)
class Found:
    """A section in which all words of a search stand, with the words around the first of them."""

    guide: Guide
    section: Section
    excerpt: str


@lru_cache(maxsize=len(GUIDES))
def read_guide(name: str) -> Guide:
    """Return one of ``GUIDES``, read once for as long as the process lives."""
    tokens = _MARKDOWN.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    sections: list[Section] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _plain(tokens[place + 1])
            sections.append(Section(title, anchor_of(title)))
            token.attrSet("id", sections[-1].anchor)
        elif token.type == "inline" and sections and tokens[place - 1].type != "heading_open":
            _lead_inside(token)
            sections[-1].words.append(_plain(token))
    # The title is the page's own heading.
    html = _MARKDOWN.renderer.render(tokens[3:], _MARKDOWN.options, {})
    return Guide(name, sections[0].title, sections, html)


def all_guides() -> list[Guide]:
    return [read_guide(name) for name in GUIDES]


def search_guides(text: str) -> list[Found]:
    """Return the sections that hold every word, with or without its marks; those whose heading does come first."""
    words = fold(text).split()
    if not words:
        return []
    found = [
        (not _holds(section.title, words), Found(guide, section, _excerpt(section.text, words[0])))
        for guide in all_guides()
        for section in guide.sections
        if _holds(f"{section.title} {section.text}", words)
    ]
    return [each for _in_text, each in sorted(found, key=lambda pair: pair[0])][:MOST_FOUND]


def anchor_of(title: str) -> str:
    """Return a heading's anchor as the links in the guides write it."""
    return _NO_PART_OF_ANCHORS.sub("", title.lower()).replace(" ", "-")


def _plain(token: Token) -> str:
    return "".join(child.content or " " for child in token.children or [] if child.type != "image")


def _holds(text: str, words: list[str]) -> bool:
    folded = f" {fold(text)}"
    return all(f" {word}" in folded for word in words)


def _excerpt(text: str, word: str, around: int = 80) -> str:
    """Return some words of a text on both sides of the first that begins with ``word``."""
    pieces = text.split()
    first = next((place for place, piece in enumerate(pieces) if fold(piece).startswith(word)), 0)
    shown = " ".join(pieces[max(0, first - 8) : first + around // 4])
    return f"{'… ' if first > 8 else ''}{shown}{' …' if first + around // 4 < len(pieces) else ''}"


def _lead_inside(token: Token) -> None:
    """Have pictures and links of a guide lead to where they are here; what is not here is left as words."""
    for child in token.children or []:
        if child.type == "image":
            name = str(child.attrGet("src")).removeprefix("images/")
            child.attrSet("src", reverse("help:picture", args=[name]))
            child.attrSet("loading", "lazy")
        elif child.type == "link_open":
            child.attrSet("href", _address_of(str(child.attrGet("href"))))


def _address_of(target: str) -> str:
    path, mark, anchor = target.partition("#")
    if path.removesuffix(".md") in GUIDES:
        return reverse("help:guide", args=[path.removesuffix(".md")]) + mark + anchor
    # Files for whoever looks after the platform; the list of guides says where those are.
    return target if not path or ":" in path else reverse("help:guides") + "#khac"

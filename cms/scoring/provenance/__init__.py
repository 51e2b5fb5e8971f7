"""What is known about the sources that definitions name: notes of research, kept inside and never shown to the public.

A source is the text of a citation, or of a legal basis as "document, place". ``notes.json`` holds, by that text, how
the shipped sources were found (which lines of which plan, how many sources agree) and whether one is still to be
confirmed against the document itself. A definition carries none of this: no hash or receipt depends on it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cms.scoring.problems import Problem, gettext_noop

CODES = {
    "citation_unconfirmed": gettext_noop(
        "%(count)s sources wait to be confirmed, this one first. Open “Sources”, compare them with the documents and "
        "confirm them, or name the right source here."
    ),
    "citation_note": gettext_noop(
        "“%(words)s” is a note and no source. Write here what the public may read; take the note out."
    ),
}
_NOTE = re.compile(
    r"chờ (?:xác nhận|đối chiếu|hướng dẫn)|chưa xác nhận|đối chiếu (?:hai|ba|\d+) nguồn|mới có một nguồn"
    r"|\((?:các )?dòng \d+|\bdocs/plans/|\.txt\b",
    re.IGNORECASE,
)
# Guidance may speak of what waits to be confirmed; an aside in brackets that does is a note.
_ASIDE = re.compile(r"\([^()]*\)|\bdocs/plans/\S*")


@dataclass(frozen=True)
class Source:
    """A source that a definition names, the paths at which it does, and what is known about it."""

    text: str
    paths: tuple[str, ...]
    notes: tuple[str, ...]
    is_open: bool


def sources_of(data: Any) -> list[Source]:
    """Return the sources that a definition as JSON data names, each once, in the order of its parts."""
    places: dict[str, list[str]] = {}
    for path, text in _named(data, ""):
        places.setdefault(plain(text), []).append(path)
    return [_source(text, paths) for text, paths in places.items() if text]


def check(data: Any, confirmed: Collection[str]) -> list[Problem]:
    """Return for what a definition's sources keep it from being published; ``confirmed`` are texts of sources."""
    named = sources_of(data)
    noted = [(each, found[0]) for each in named if (found := _NOTE.search(each.text))]
    problems = [Problem(path, "citation_note", {"words": words}) for each, words in noted for path in each.paths]
    problems += _noted_guidance(data, "")
    waiting = [each for each in named if each.is_open and each.text not in confirmed]
    if waiting:
        problems.append(Problem(waiting[0].paths[0], "citation_unconfirmed", {"count": len(waiting)}))
    return problems


def is_note(text: str) -> bool:
    """Say whether a text carries a note of research, which the public is not to read as law."""
    return _NOTE.search(text) is not None


def plain(text: str) -> str:
    """Return a source as it is compared: one way to write its letters and spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _named(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for index, inside in enumerate(value):
            yield from _named(inside, f"{path}[{index}]")
    elif isinstance(value, dict):
        if value.keys() == {"document", "place"}:
            yield path, f"{value['document']}, {value['place']}"
        for key, inside in value.items():
            place = f"{path}.{key}" if path else key
            if key == "citation" and isinstance(inside, str):
                yield place, inside
            else:
                yield from _named(inside, place)


def _noted_guidance(value: Any, path: str) -> Iterator[Problem]:
    if isinstance(value, list):
        for index, inside in enumerate(value):
            yield from _noted_guidance(inside, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, inside in value.items():
            place = f"{path}.{key}" if path else key
            if key == "guidance" and isinstance(inside, str):
                asides = (each for each in _ASIDE.findall(inside) if is_note(each))
                yield from (Problem(place, "citation_note", {"words": words}) for words in asides)
            else:
                yield from _noted_guidance(inside, place)


def _source(text: str, paths: list[str]) -> Source:
    known = _known().get(text, {})
    return Source(text, tuple(paths), tuple(known.get("notes", ())), known.get("open", False))


@cache
def _known() -> dict[str, dict[str, Any]]:
    text = files(__name__).joinpath("notes.json").read_text(encoding="utf-8")
    return {plain(source): known for source, known in json.loads(text).items()}

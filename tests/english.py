"""Finding English on a Vietnamese screen: what a person reads in a page, and which of it has not been translated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib
from django.apps import apps
from django.db.models import Choices
from django.utils import translation

from scripts import compile_messages

# Words that no Vietnamese sentence holds, not even one typed without diacritics ("to" and "in" are words there).
COMMON_WORDS = frozenset(
    """
    the and of is are was were be been not with from this that these those for your you it its or at by all any as if
    has have had will would could should must may page pages edit save saved delete deleted search view add added new
    choose select selected image images document documents user users group groups workflow workflows task tasks
    history report reports settings site sites collection collections redirect redirects locked lock unlock publish
    published unpublish draft drafts revision revisions copy move moved submit submitted approve approved reject
    rejected cancel cancelled back next previous close open show hide filter filters results result found none more
    less name title type status date time updated created last first there here when where who which what please
    enter required field fields value values file files upload uploaded download password sign log account email
    error errors success successfully permission permissions comment comments reply privacy private public url link
    links content preview schedule scheduled language locale default changes change changed item items version
    versions list total order column columns row rows help about yes only before after between other current
    """.split()  # noqa: SIM905
)  # fmt: skip
# Names that are the same in every language.
NAMES = frozenset(
    {
        "Wagtail", "Excel", "API", "JSON", "CSV", "XLSX", "ODS", "OpenAPI", "Swagger", "ReDoc", "SHA-256", "URL", "ID",
        "TOTP", "WebAuthn", "Slug", "E-mail", "Email", "Logo",
    }
)  # fmt: skip
OUR_ROOMS = ("api", "catalog_pages", "cms", "importers")
# What enumerations call things and Vietnamese people call them, too.
NO_CODE = frozenset({""})
_READ_ATTRIBUTES = frozenset({"title", "aria-label", "aria-description", "placeholder", "alt", "label"})
_SILENT = frozenset({"script", "style", "code", "kbd", "samp", "svg", "noscript"})
# Wagtail writes "None" into the hidden counter of a panel that has nothing to count.
_SILENT_ATTRIBUTES = frozenset({"data-side-panel-toggle-counter"})
# What blocks of the editor call the names of styles in their data.
_STYLES = frozenset({"classname", "formClassname"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BUTTON_KINDS = frozenset({"submit", "button", "reset"})
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_RUN = 3


class _Reader(HTMLParser):
    """Collects what a person sees, or hears from a screen reader."""

    def __init__(self, silent: frozenset[str]) -> None:
        super().__init__()
        self._elements = silent
        self.texts: list[str] = []
        # Sentences that a script fills in before anybody reads them.
        self.data: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that are read, and whether the content is."""
        given = {name: value or "" for name, value in attrs}
        silent = tag in self._elements or not _SILENT_ATTRIBUTES.isdisjoint(given) or self._silent()
        silent = silent or given.get("lang", "vi") not in ("", "vi")
        if not silent:
            self.texts += [value for name, value in given.items() if name in _READ_ATTRIBUTES]
            self.data += [text for name, value in given.items() if name.startswith("data-") for text in _spoken(value)]
            if tag == "input" and given.get("type") in _BUTTON_KINDS:
                self.texts.append(given.get("value", ""))
        elif tag == "script" and given.get("type", "").startswith("application/json"):
            silent = False
        if tag not in _VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and what was left open inside it."""
        if any(tag == opened for opened, _silent in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note a text; a script of data holds many."""
        if self._open and self._open[-1][0] == "script":
            if not self._silent():
                self.data += _spoken(data)
        elif not self._silent():
            self.texts.append(data)

    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def _spoken(value: str) -> Iterator[str]:
    """Yield the texts in an attribute of data: the whole, or each one of a JSON value that looks like a sentence."""
    if value[:1] in "{[":
        try:
            yield from (text for text in _strings(json.loads(value)) if not re.match(r"[a-z0-9_.-]*$|[./#{<]", text))
            return
        except ValueError:
            pass
    if " " in value.strip() and re.match(r"[^\W\d_]", value) and "->" not in value and "#" not in value:
        yield value


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _STYLES:
                yield from _strings(part)


def read_texts(html: str) -> list[str]:
    """Return every text of a page that a person reads or hears, with single spaces; what scripts say at the end."""
    reader = _read(html, _SILENT)
    return _tidy([*reader.texts, *reader.data])


def _read(html: str, silent: frozenset[str]) -> _Reader:
    reader = _Reader(silent)
    reader.feed(html)
    return reader


def _tidy(texts: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(" ".join(text.split()) for text in texts) if text]


@cache
def english_sentences() -> frozenset[str]:
    """Return the sentences that have a Vietnamese of their own, or should have, in the packages that make screens."""
    folders = [Path(config.path) / "locale" / "en" / "LC_MESSAGES" for config in apps.get_app_configs()]
    files = [path for folder in folders for path in folder.glob("*.po")] + sorted(compile_messages.PARTS.glob("*.po"))
    entries = [entry for path in files for entry in polib.pofile(str(path))]
    with translation.override("vi"):
        return frozenset(
            entry.msgid for entry in entries if entry.msgid not in NAMES and entry.msgid != entry.msgstr
        ) - frozenset(entry.msgstr for entry in entries)


def is_english(text: str) -> bool:
    """Return whether a text of a Vietnamese screen has been left in English.

    It has when it is, as a whole, a sentence of the catalogue; when it holds two common English words and no Vietnamese
    letter; or when three of them follow each other.
    """
    if text in NAMES:
        return False
    if text in english_sentences() or text.rstrip(":.… ") in english_sentences():
        return True
    if " " not in text:
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    common = [word in COMMON_WORDS for word in words]
    if sum(common) >= 2 and not _VIETNAMESE.search(text):
        return True
    return any(all(common[start : start + _RUN]) for start in range(len(common) - _RUN + 1))


def english_in(html: str) -> list[str]:
    """Return the English texts of a page."""
    return [text for text in read_texts(html) if is_english(text)]


_CODE = re.compile(
    r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b"  # unit_corruption
    r"|\b(?:None|True|False|null|undefined|NaN|NoneType)\b"
    r"|\b(?:GET|POST|PUT|PATCH|DELETE)\s+\S*/"
    # {tỉnh} is what people write where the province's name is to stand.
    r"|%\(\w*\)?|%[sd]\b|\{(?!tỉnh\})\w*\}|\{\{|\{%"
    r"|\b\w+ object at 0x"
)


@cache
def code_names() -> frozenset[str]:
    """Return what enumerations of ours are called in code, where that is no word of Vietnamese without diacritics."""
    kinds = list(StrEnum.__subclasses__()) + list(Choices.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    ours = (kind for kind in kinds if kind.__module__.split(".")[0] in OUR_ROOMS)
    return frozenset(str(member.value) for kind in ours for member in kind) - NO_CODE


def code_in(html: str) -> list[str]:
    """Return the texts of a page that hold what only programs say: names with underscores, None, requests, gaps."""
    return [text for text in _tidy(_read(html, _SILENT - {"code"} | {"pre"}).texts) if is_code(text)]


def is_code(text: str) -> bool:
    """Return whether a text holds code, or is as a whole what code calls something."""
    return _CODE.search(text) is not None or text.strip("() .,:;") in code_names()

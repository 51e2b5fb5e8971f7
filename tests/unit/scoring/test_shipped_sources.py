"""Every choice in a shipped framework says on what it rests, in words for the public; what it quotes is there.

How that was found out is noted beside the frameworks (``cms.scoring.provenance``), never in them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cms.scoring import provenance, shipped
from cms.scoring.definition import read_definition, write_definition

ROOT = Path(__file__).parents[3]
PLANS = {"Đắk Lắk": "dak-lak", "Gia Lai": "gia-lai", "Tây Ninh": "tay-ninh", "Lào Cai": "lao-cai", "Nghệ An": "nghe-an"}
OF_A_PLAN = ("dak-lak", "gia-lai-cong-chuc", "gia-lai-to-chuc", "tay-ninh", "lao-cai", "nghe-an")
MENTION = "Kế hoạch tỉnh"
REFERENCE = re.compile(
    rf"{MENTION} (?P<province>{'|'.join(PLANS)}), (?:mục (?P<place>[^ ]+)|phần mở đầu) "
    r"\(dòng (?P<first>\d+)(?:–(?P<last>\d+))?\): “(?P<quote>[^“”]+)”"
)
# As the public reads it: without the lines of our copy.
QUOTED = re.compile(
    rf"{MENTION} (?P<province>{'|'.join(PLANS)}), (?:mục (?P<place>[^ :]+)|phần mở đầu): “(?P<quote>[^“”]+)”"
)
# What only those who did the research need to read.
INNER = re.compile(r"chờ xác nhận|chờ hướng dẫn|đối chiếu|một nguồn|docs/|plans/|\.txt|\.json|dòng \d|chưa thấy")
ROMAN = re.compile(r"([IVX]+)[.-] ")
NUMERAL = re.compile(r"(\d+(?:\.\d+)*)\. ")
LETTER = re.compile(r"([a-zđ])\) ")
CERTAINTY = ("đối chiếu", "chờ hướng dẫn", "chờ xác nhận")
# Letters that a damaged font puts into Vietnamese words.
STRANGE = ("CYRILLIC", "COMBINING", "GREEK")


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Walk every text of a definition with its path; a legal basis is read as document and place together."""
    if isinstance(value, dict):
        if value.keys() == {"document", "place"}:
            yield path, f"{value['document']}, {value['place']}"
        else:
            for key, inside in value.items():
                yield from texts(inside, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from texts(inside, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value


def settings_and_rules(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Walk the citations of settings, levels and disqualifiers."""
    if isinstance(value, dict):
        if "citation" in value and ("level" in value or value.keys() == {"value", "citation"}):
            yield path, value["citation"]
        for key, inside in value.items():
            yield from settings_and_rules(inside, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from settings_and_rules(inside, f"{path}[{index}]")


@cache
def data_of(code: str) -> dict[str, Any]:
    return json.loads((ROOT / "cms/scoring/shipped" / f"{code}.json").read_text(encoding="utf-8"))


@cache
def lines_of(province: str) -> list[str]:
    return (ROOT / "docs/plans" / f"{PLANS[province]}.txt").read_text(encoding="utf-8").splitlines()


def heading(pattern: re.Pattern[str], lines: list[str]) -> str:
    """Return the last heading of a kind among the lines, as its number or letter."""
    return next((found[1] for line in reversed(lines) if (found := pattern.match(line))), "")


def place_is_right(place: str, lines: list[str]) -> bool:
    """Say whether the lines, up to the one that is quoted, end in that chapter, section and point."""
    chapter, *inside = place.split(".")
    if heading(ROMAN, lines) != chapter:
        return False
    point = inside.pop() if inside and not inside[-1].isdigit() else ""
    numbered = not inside or heading(NUMERAL, lines) == ".".join(inside)
    return numbered and (not point or heading(LETTER, lines) == point)


def test_a_reference_with_a_wrong_line_place_or_word_would_be_found():
    lines = ["II. CHUNG", "1. Mục", "a) Điểm", "b) Điểm sau"]

    assert place_is_right("II.1.b", lines)
    assert not place_is_right("II.1.a", lines)
    assert not place_is_right("II.2.b", lines)
    assert not place_is_right("I.1.b", lines)


@pytest.mark.parametrize("code", shipped.codes())
def test_every_citation_is_given(code: str):
    assert [path for path, text in texts(data_of(code)) if path.endswith(".citation") and not text.strip()] == []


def references(notes: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for note in notes:
        yield from REFERENCE.finditer(note)


@pytest.mark.parametrize("code", shipped.codes())
def test_what_is_quoted_was_found_in_the_noted_lines_of_the_plan(code: str):
    data = data_of(code)
    found = [each for source in provenance.sources_of(data) for each in references(source.notes)]
    noted = {(each["province"], each["place"], each["quote"]) for each in found}

    for path, text in texts(data):
        quoted = list(QUOTED.finditer(text))
        assert len(quoted) == text.count(MENTION), f"{path}: a plan is named without place and quotation"
        assert {(each["province"], each["place"], each["quote"]) for each in quoted} <= noted, path
    for each in found:
        lines = lines_of(each["province"])
        first, last = int(each["first"]), int(each["last"] or each["first"])
        assert each["quote"] in " ".join(" ".join(lines[first - 1 : last]).split()), each[0]
        assert not each["place"] or place_is_right(each["place"], lines[:first]), each[0]


@pytest.mark.parametrize("code", OF_A_PLAN)
def test_a_plan_is_behind_every_choice_or_is_said_to_be_silent(code: str):
    assert [path for path, text in settings_and_rules(data_of(code)) if "Kế hoạch" not in text] == []


@pytest.mark.parametrize("code", shipped.codes())
def test_what_rests_on_the_decree_has_a_note_on_how_sure_that_is(code: str):
    named = [each for each in provenance.sources_of(data_of(code)) if each.paths[0].endswith(".citation")]

    unsure = [
        each.text
        for each in named
        if "Nghị định" in each.text and not any(word in note for word in CERTAINTY for note in each.notes)
    ]

    assert unsure == []


@pytest.mark.parametrize("code", shipped.codes())
def test_the_article_on_which_the_sources_disagree_is_named_without_its_number(code: str):
    assert [path for path, text in texts(data_of(code)) if re.search("Điều (19|21)", text)] == []


@pytest.mark.parametrize("code", shipped.codes())
def test_no_note_of_research_stands_in_what_the_public_reads(code: str):
    reported = list(texts(write_definition(shipped.load(code))))

    assert [(path, text) for path, text in reported if INNER.search(text) or provenance.is_note(text)] == []


def defaults() -> dict[str, Any]:
    """Return a definition that says nothing itself."""
    silent = {"schema": "thuocdo.framework/1", "code": "x", "name": "x", "subject": "officer", "sections": []}
    definition, problems = read_definition(silent | {"classification": {"levels": []}})
    assert definition is not None, problems
    return write_definition(definition)


def test_the_defaults_of_a_silent_definition_are_not_published_unseen():
    data = defaults()
    noted = {path.lstrip(".") for path, text in texts(data) if INNER.search(text) or provenance.is_note(text)}

    problems = provenance.check(data, ())

    assert {each.path for each in problems if each.code == "citation_note"} == noted
    assert problems[-1].code == "citation_unconfirmed"


def test_every_note_belongs_to_a_source_that_is_named_and_what_waits_is_open():
    definitions = [*map(data_of, shipped.codes()), defaults()]
    named = {each.text: each for data in definitions for each in provenance.sources_of(data)}
    kept = json.loads((ROOT / "cms/scoring/provenance/notes.json").read_text(encoding="utf-8"))

    assert kept.keys() <= named.keys()
    awaited = re.compile("chờ (?!cấp có thẩm quyền)")
    assert [
        text for text, known in kept.items() if not known["open"] and awaited.search(" ".join(known["notes"]))
    ] == []


@pytest.mark.parametrize("code", shipped.codes())
def test_frameworks_are_written_in_plain_vietnamese_letters(code: str):
    assert_clean((ROOT / "cms/scoring/shipped" / f"{code}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("province", PLANS)
def test_the_copies_of_the_plans_are_mended(province: str):
    text = "\n".join(lines_of(province))

    assert_clean(text)
    assert not re.search(r"\*|^#", text, re.MULTILINE)


def assert_clean(text: str) -> None:
    """No decomposed letters, and none of another alphabet."""
    assert unicodedata.is_normalized("NFC", text)
    assert {letter for letter in text if unicodedata.name(letter, "").startswith(STRANGE)} == set()

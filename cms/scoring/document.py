"""A receipt laid out for people: the same parts on screen, on paper and in the terminal, all text, nothing computed.

Whoever shows it chooses the typography; the words are Vietnamese, as those of the receipt itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cms.scoring import wording_document as words
from cms.scoring.articles import articles_of
from cms.scoring.definition.words import ORGANISATION
from cms.scoring.wording import role_of

# Columns of numbers, which stand under one another from the right.
_NUMBERS = frozenset(
    {"no", "assigned", "completed", "counted", "coefficient", "converted_assigned", "converted_counted", "points",
     "max", "total"}
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A label, and one text or several; ``articles`` are the keys of the decree's articles that they name."""

    label: str
    texts: tuple[str, ...]
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentCell:
    """A cell of a table; numbers stand from the right."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class DocumentTable:
    """A table of a step: headings, rows and, for lines of work, what they add up to."""

    headings: tuple[DocumentCell, ...]
    rows: tuple[tuple[DocumentCell, ...], ...]
    totals: tuple[DocumentCell, ...] = ()


@dataclass(frozen=True)
class DocumentStep:
    """One step of the calculation, numbered from 1. ``kind`` is lines, indicator, section or total."""

    number: int
    code: str
    kind: str
    title: str
    value: str
    facts: tuple[Fact, ...]
    table: DocumentTable | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence with its source; ``mark`` says whether a condition holds."""

    text: str
    citation: str = ""
    mark: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """Everything that a receipt says, in the order in which it is read."""

    facts: tuple[Fact, ...]
    total: str
    level: str
    is_scored: bool
    summary: str
    steps: tuple[DocumentStep, ...]
    points: Sentence | None
    thresholds: str
    conditions: tuple[Sentence, ...]
    disqualifiers: tuple[Sentence, ...]
    cap: Sentence | None
    conclusion: str
    left_out: tuple[Fact, ...]
    rounding: Sentence
    settings: tuple[Sentence, ...]
    checks: tuple[Fact, ...]


def document(receipt: dict[str, Any], *, period: str = "", names: Mapping[str, str] | None = None) -> Document:
    """Lay out a receipt (schema ``thuocdo.receipt/1``).

    ``period`` names what was evaluated, where that is known; ``names`` are those of position groups, by code.
    """
    result, decided = receipt["result"], receipt["classification"]
    points, cap, rounding = decided.get("points"), decided.get("cap"), receipt["rounding"]
    return Document(
        facts=tuple(_facts(receipt, period, names or {})),
        total=words.NO_NUMBER if result["total"] is None else _number(result["total"]),
        level=decided.get("level_title") or words.STATUSES[result["status"]],
        is_scored=result["level"] is not None,
        summary=receipt["summary"],
        steps=tuple(_step(number, each) for number, each in enumerate(receipt["steps"], 1)),
        points=_cited(points["sentence"], points) if points else None,
        thresholds=_thresholds(decided["thresholds"]),
        conditions=tuple(
            _cited(each["sentence"], each, words.HELD[each["held"]]) for each in decided.get("conditions", ())
        ),
        disqualifiers=tuple(_disqualifier(each) for each in decided.get("disqualifiers", ())),
        cap=_cited(cap["sentence"], cap) if cap else None,
        conclusion=" ".join([decided.get("sentence", ""), *(each["message"] for each in result["reasons"])]).strip(),
        left_out=tuple(Fact(each["what"], (each["why"],)) for each in receipt["left_out"]),
        rounding=_cited(rounding["text"], rounding),
        settings=tuple(_cited(f"{each['title']}: {each['text']}", each) for each in receipt["settings"]),
        checks=tuple(_checks(receipt)),
    )


def _facts(receipt: dict[str, Any], period: str, names: Mapping[str, str]) -> Iterator[Fact]:
    subject, framework = receipt["inputs"], receipt["framework"]
    version, group = framework["version"], subject.get("position_group", "")
    named = words.FRAMEWORK_NAMED.format(name=framework["name"], code=framework["code"])
    named_texts = (
        (words.WHICH if subject["role"] == ORGANISATION else words.WHO, str(subject.get("id", ""))),
        (words.ROLE, _upper_first(role_of(subject["role"], subject.get("category", "")))),
        (words.AGENCY, subject.get("agency", "")),
        (words.POSITION_GROUP, names.get(group, group)),
        (words.PERIOD, period or _period(subject.get("period"))),
        (words.FRAMEWORK, named),
        (words.VERSION, words.VERSION_NUMBER.format(number=version) if version else words.NO_VERSION),
        (words.EFFECT, _effect(framework)),
    )
    yield from (Fact(label, (text,)) for label, text in named_texts if text)
    if framework["legal_basis"]:
        yield Fact(words.LEGAL_BASIS, tuple(framework["legal_basis"]))


def _period(period: dict[str, str] | None) -> str:
    """Name the days that were judged, and the period of the calendar that they are."""
    if period is None:
        return words.NO_PERIOD
    first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
    days = words.DAYS.format(first=_day(first), last=_day(last))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    is_calendar = is_whole and months in words.CALENDAR and (first.month - 1) % months == 0
    if not is_calendar:
        return days
    parts = words.PARTS_OF_YEAR.get(months)
    part = parts[(first.month - 1) // months] if parts else first.month
    return words.PERIOD_NAMED.format(name=words.CALENDAR[months].format(part=part, year=first.year), days=days)


def _effect(framework: dict[str, Any]) -> str:
    """Say when the version holds; nothing where that is not known, as in receipts of the engine's first version."""
    first, last = framework.get("effective_from"), framework.get("effective_to")
    if first is None:
        return ""
    begins = _day(date.fromisoformat(first))
    if last is None:
        return words.EFFECT_FROM.format(first=begins)
    return words.DAYS.format(first=begins, last=_day(date.fromisoformat(last)))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _step(number: int, step: dict[str, Any]) -> DocumentStep:
    inside = step["kind"] == "indicator"
    title = words.NAMED.format(title=step["title"], code=step["code"]) if inside else step["title"]
    value = step.get("value")
    return DocumentStep(
        number=number,
        code=step["code"],
        kind=step["kind"],
        title=title,
        value="" if step["kind"] == "lines" else words.NO_NUMBER if value is None else _with_unit(value, step["unit"]),
        facts=tuple(_step_facts(step)),
        table=_table(step) if "columns" in step else None,
    )


def _step_facts(step: dict[str, Any]) -> Iterator[Fact]:
    yield from (Fact(label, (text,)) for label, text in _step_texts(step) if text)
    if step["citation"]:
        yield Fact(words.CITATION, (step["citation"],), _articles(step))


def _step_texts(step: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield words.RULE, step["rule"]
    yield words.ARITHMETIC, step.get("arithmetic", "")
    counted = step.get("counted")
    if counted is not None and counted != step["value"]:
        yield words.COUNTED, _number(counted)
    yield words.WEIGHT, _number(step.get("weight", ""))
    yield words.WEIGHT_RULE, step.get("weight_rule", "")
    yield words.NOTE, step.get("note", "")


def _table(step: dict[str, Any]) -> DocumentTable:
    numbers = [column["code"] in _NUMBERS for column in step["columns"]]

    def cells(texts: list[str]) -> tuple[DocumentCell, ...]:
        return tuple(DocumentCell(text, is_number) for text, is_number in zip(texts, numbers, strict=True))

    return DocumentTable(
        headings=cells([column["title"] for column in step["columns"]]),
        rows=tuple(cells(row) for row in step["rows"]),
        totals=cells(step["totals"]) if "totals" in step else (),
    )


def _thresholds(levels: list[dict[str, str]]) -> str:
    texts = (words.THRESHOLD.format(title=each["title"], points=_number(each["from"])) for each in levels)
    return words.THRESHOLDS.format(levels="; ".join(texts))


def _disqualifier(found: dict[str, Any]) -> Sentence:
    document_ = words.DOCUMENT.format(document=found["document"]) if found["document"] else ""
    return _cited(f"{found['sentence']} {document_}".strip(), found, words.PRESENT[found["held"]])


def _cited(text: str, found: dict[str, Any], mark: str = "") -> Sentence:
    return Sentence(text, found["citation"], mark, _articles(found))


def _articles(found: dict[str, Any]) -> tuple[str, ...]:
    """Return the articles' keys; receipts of the engine's first version have none, and name them in their text."""
    return tuple(found["articles"] if "articles" in found else articles_of(found["citation"]))


def _checks(receipt: dict[str, Any]) -> Iterator[Fact]:
    yield Fact(words.RECEIPT_HASH, (receipt["hash"],))
    yield Fact(words.FRAMEWORK_HASH, (receipt["framework"]["hash"],))
    yield Fact(words.ENGINE, (words.ENGINE_NUMBER.format(number=receipt["engine"]),))


def _with_unit(value: str, unit: str) -> str:
    return (words.PERCENT if unit == "percent" else words.POINTS).format(value=_number(value))


def _number(text: str) -> str:
    """Write a number as Vietnamese people do; none of a receipt's results has thousands."""
    return text.replace(".", ",")


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]

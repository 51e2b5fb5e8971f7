"""A receipt as plain text for the terminal, in Vietnamese, at most 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from cms.scoring import wording_document as words
from cms.scoring.document import Document, DocumentStep, DocumentTable, Fact, Sentence, document
from cms.scoring.wording_rules import LEVEL_TITLES

WIDTH = 100
_INDENT = "   "


def explain(receipt: dict[str, Any], *, period: str = "", articles: str = "") -> str:
    """Return the receipt (schema ``thuocdo.receipt/1``) as lines of text; only a hash may be wider than the lines.

    ``articles`` is the address of the page that tells the articles of the decree.
    """
    return "\n".join(_lines(document(receipt, period=period), articles))


def explain_period(result: dict[str, Any]) -> str:
    """Return a longer period (``longer_answers.period_answer``) as lines of text."""
    return "\n".join(_period_lines(result))


def explain_cap(cap: dict[str, Any]) -> str:
    """Return a cap with its groups (``longer_answers.cap_answers``) as lines of text."""
    return "\n".join(_cap_lines(cap))


def _period_lines(result: dict[str, Any]) -> Iterator[str]:
    name = "" if result["id"] is None else f"{result['id']}: "
    yield from _wrapped(f"{name}{result['sentence']}")
    yield from _sentence(Sentence(result["rule"], result["citation"]))
    for step in result["steps"]:
        yield from _sentence(Sentence(f"{step['title']}: {step['arithmetic']}", step["citation"]), "- ")
    for text in [*result["left_out"], *(each["message"] for each in result["reasons"])]:
        yield from _wrapped(text, "- ")
    if result["total"] is not None:
        yield from _wrapped(result["classification"]["sentence"])


def _cap_lines(cap: dict[str, Any]) -> Iterator[str]:
    yield from _sentence(Sentence(LEVEL_TITLES[cap["level"]], cap["citation"]))
    for group in cap["groups"]:
        name = " · ".join(each for each in group["group"] if each) or words.NO_NUMBER
        yield from _wrapped(f"{name}: {group['sentence']}", "- ")
        for each in group["ranked"]:
            yield from _wrapped(f"{each['rank']}. {each['id']}: {each['total'].replace('.', ',')}", _INDENT)


def _lines(page: Document, articles: str = "") -> Iterator[str]:
    yield words.TITLE.upper()
    yield "=" * WIDTH
    yield from _facts(page.facts)
    yield ""
    level = f" · {words.LEVEL}: {page.level}" if page.level else ""
    yield from _wrapped(f"{words.TOTAL}: {page.total}{level}")
    yield from _wrapped(page.summary)
    yield from _heading(words.STEPS)
    for step in page.steps:
        yield from _step(step) if step.number == 1 else ["", *_step(step)]
    yield from _classified(page)
    yield from _heading(words.LEFT_OUT)
    yield from _facts(page.left_out, "- ") if page.left_out else [words.NOTHING_LEFT_OUT]
    yield from _heading(words.ROUNDING)
    yield from _sentence(page.rounding)
    yield from _heading(words.SETTINGS)
    for each in page.settings:
        yield from _sentence(each, "- ")
    yield from _heading(words.CHECKS)
    yield from _facts(page.checks)
    if articles:
        yield from _heading(words.ARTICLES)
        yield from (f"- {articles}#{key}" for key in _articles_of(page))


def _articles_of(page: Document) -> list[str]:
    """Return the keys of the articles that are cited, each once, in their order."""
    facts = [key for step in page.steps for fact in step.facts for key in fact.articles]
    sentences = (page.points, *page.conditions, *page.disqualifiers, page.cap, page.rounding, *page.settings)
    found = {*facts, *(key for each in sentences if each for key in each.articles)}
    return sorted(found, key=lambda key: int(key.rpartition("-")[2]))


def _step(step: DocumentStep) -> Iterator[str]:
    value = f": {step.value}" if step.value else ""
    yield from _wrapped(f"{step.title}{value}", f"{step.number}. ")
    yield from _facts(step.facts, _INDENT)
    if step.table:
        yield from _rows(step.table)


def _rows(table: DocumentTable) -> Iterator[str]:
    """Write each row as a sentence: so many columns have no room beside one another."""
    for row in (*table.rows, table.totals):
        cells = [f"{head.text}: {cell.text}" for head, cell in zip(table.headings, row, strict=False) if cell.text]
        if cells:
            yield from _wrapped("; ".join(cells), f"{_INDENT}- ")


def _classified(page: Document) -> Iterator[str]:
    yield from _heading(words.CLASSIFICATION)
    if page.points:
        yield from _sentence(page.points)
    yield from _wrapped(page.thresholds)
    for heading, found in ((words.CONDITIONS, page.conditions), (words.DISQUALIFIERS, page.disqualifiers)):
        if found:
            yield f"{heading}:"
        for each in found:
            yield from _sentence(each, "- ")
    if page.cap:
        yield from _sentence(page.cap)
    yield from _wrapped(page.conclusion)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text.upper()
    yield "-" * len(text)


def _facts(facts: tuple[Fact, ...], indent: str = "") -> Iterator[str]:
    for fact in facts:
        yield from _wrapped(f"{fact.label}: {'; '.join(fact.texts)}", indent)


def _sentence(sentence: Sentence, indent: str = "") -> Iterator[str]:
    citation = f" [{sentence.citation}]" if sentence.citation else ""
    yield from _wrapped(f"{sentence.text}{citation}", indent)


def _wrapped(text: str, first: str = "") -> list[str]:
    """Break a text at spaces; the lines after the first stand under its text."""
    return wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip

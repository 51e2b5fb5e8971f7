"""The one check of an item that every door asks: form, API, upload, submission. Pure: no Django.

Source: the import contract, "Catalog columns"; domain facts 6.2 for what scores and coefficients have to do with each
other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from cms.catalogs.item_fields.fields import BY_KEY, FIELDS, PARTS, PLACES, ItemField
from cms.core.numbers import format_decimal_vi, input_decimal_vi
from cms.core.text import (
    clean_text,
    code_key,
    find_dangerous,
    find_lookalikes,
    gettext_noop,
    is_error_value,
    is_usual,
    looks_legacy,
)

# A coefficient may differ by this much from its score divided by the divisor.
TOLERANCE = Decimal("0.05")
_STEP = Decimal(1).scaleb(-PLACES)

# Longer texts are looked at each time.
_USUAL_LENGTH = 255

SENTENCES: dict[str, str] = {
    "required": gettext_noop("“%(column)s” must be filled in."),
    "too_long": gettext_noop("The text has %(length)s characters; at most %(limit)s are allowed. Shorten it."),
    "dangerous_bidi": gettext_noop(
        "The text holds the character %(character)s, which turns the reading direction round and can hide "
        "what is written. Type the text again."
    ),
    "dangerous_control": gettext_noop("The text holds the control character %(character)s. Type the text again."),
    "dangerous_marks": gettext_noop("The text has accents piled on one letter (%(character)s). Type the text again."),
    "legacy_encoding": gettext_noop(
        "The text is in an old encoding (%(encoding)s) and cannot be read safely. Convert the file to Unicode and send "
        "it again."
    ),
    "lookalike_in_code": gettext_noop(
        "The code holds characters of another alphabet or stray marks: %(characters)s. "
        "Type the code again in Latin letters."
    ),
    "error_value": gettext_noop("The cell holds an error value (%(value)s). Mend the formula or type the value."),
    "not_positive": gettext_noop("The number must be over 0."),
    "negative": gettext_noop("The number must not be under 0."),
    "number_over_maximum": gettext_noop("The number must be at most %(maximum)s."),
    "unit_quantity_zero": gettext_noop("The quantity of the unit must be at least 1, such as “01 văn bản”."),
    "group_out_of_range": gettext_noop("The complexity group must be a whole number from 1 to %(maximum)s."),
    "coefficient_mismatch": gettext_noop(
        "The coefficient does not agree with the score: %(score)s ÷ %(standard)s is %(expected)s, "
        "and they may differ by 0,05 at most. Correct the score or the coefficient."
    ),
    "parts_mismatch": gettext_noop(
        "The four part scores add up to %(total)s, but the score is %(score)s. Correct one of them."
    ),
    "score_over_frame": gettext_noop("The score %(score)s is over the frame of its group, %(frame)s."),
}

# The API gave these codes before there was one check, and programs know them.
API_CODES: dict[str, str] = {
    "too_long": "max_length", "not_positive": "min_value", "negative": "min_value", "unit_quantity_zero": "min_value",
    "number_over_maximum": "max_value", "group_out_of_range": "invalid_choice",
    **dict.fromkeys(("dangerous_bidi", "dangerous_control", "dangerous_marks"), "dangerous_character"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """What an item is judged by in its version: divisor of scores, number of groups, highest score of each group."""

    divisor: Decimal
    max_group: int = 5
    frames: Mapping[int, Decimal] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """One thing wrong: its field, a stable code, what fills the sentence; what does not refuse is said all the same."""

    field: str
    code: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)
    refuses: bool = True

    @property
    def api_code(self) -> str:
        """Return the code as the API and forms tell it."""
        return API_CODES.get(self.code, self.code)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return what a person reads; ``translate`` is that of their language."""
        filled = {"column": BY_KEY[self.field].heading, **self.params}
        if "limit" in filled:
            filled["limit"] = format_decimal_vi(filled["limit"])
        return translate(SENTENCES[self.code]) % filled


def settle(
    values: Mapping[str, Any], terms: Terms, bad: Collection[str] = ()
) -> tuple[dict[str, Decimal], list[ItemProblem]]:
    """Return what follows where nothing is written, and all that is wrong with a new item.

    ``values`` are texts cleaned and numbers read; ``bad`` are fields whose value could not be read, which somebody has
    said already.
    """
    found = [problem for one in FIELDS if one.key not in bad for problem in check_field(one, values, terms)]
    made, more = settle_numbers(values, terms, {*bad, *(problem.field for problem in found)})
    return made, found + more


def settle_numbers(
    values: Mapping[str, Any], terms: Terms, bad: Collection[str]
) -> tuple[dict[str, Decimal], list[ItemProblem]]:
    """Do as ``settle`` where each field was checked alone before; ``bad`` are those at fault."""
    made = _derived(values, terms, bad)
    values = {**values, **made}
    wrong = [_to_mend(problem) for key in made for problem in check_field(BY_KEY[key], values, terms)]
    return made, [*wrong, *_check_together(values, terms, {*bad, *(problem.field for problem in wrong)})]


def _to_mend(problem: ItemProblem) -> ItemProblem:
    """Return a problem of a number that was made, where it is mended: a score too small makes a coefficient of 0."""
    return dataclasses.replace(problem, field="score") if problem.code == "not_positive" else problem


def _derived(values: Mapping[str, Any], terms: Terms, bad: Collection[str]) -> dict[str, Decimal]:
    """Return the score from its four parts, the coefficient from the score."""
    found: dict[str, Decimal] = {}
    score = None if "score" in bad else values.get("score")
    if score is None and "score" not in bad and (total := _total(values, bad)):
        score = found["score"] = total
    if score is not None and values.get("coefficient") is None and "coefficient" not in bad and terms.divisor > 0:
        found["coefficient"] = _expected(score, terms)
    return found


def check_item(values: Mapping[str, Any], terms: Terms) -> list[ItemProblem]:
    """Return all that is wrong with an item as it is stored."""
    found = [problem for one in FIELDS for problem in check_field(one, values, terms)]
    return found + list(_check_together(values, terms, {problem.field for problem in found}))


def refusals(after: Mapping[str, Any], terms: Terms, before: Mapping[str, Any] | None = None) -> list[ItemProblem]:
    """Return why an item cannot be written so; what stood against it ``before`` stays, where nobody touched it."""
    problems = [problem for problem in check_item(after, terms) if problem.refuses]
    if not problems or before is None:
        return problems
    known = check_item(before, terms)
    return [one for one in problems if one not in known or after.get(one.field) != before.get(one.field)]


def check_field(one: ItemField, values: Mapping[str, Any], terms: Terms) -> Iterator[ItemProblem]:
    """Yield what is wrong with one field alone."""
    value = values.get(one.key)
    if value is None or value == "":
        if one.required:
            yield ItemProblem(one.key, "required")
    elif one.is_text:
        yield from check_text(one, value)
    elif one.kind == "group":
        if not 1 <= value <= terms.max_group:
            yield ItemProblem(one.key, "group_out_of_range", {"maximum": terms.max_group})
    elif one.kind == "whole" and value < 1:
        yield ItemProblem(one.key, "unit_quantity_zero")
    else:
        yield from _check_number(one, value)


def check_text(one: ItemField, text: str) -> Iterator[ItemProblem]:
    """Yield why a text that is not empty cannot be kept: hidden characters, old encodings, error values, length."""
    if len(text) > _USUAL_LENGTH or not _is_plain(text):
        yield from _why_not_kept(one, text)
    length = len(code_key(text)) if one.kind == "code" else len(text)
    if length > one.max_length:
        yield ItemProblem(one.key, "too_long", {"length": len(text), "limit": one.max_length})


def read_text(one: ItemField, typed: str) -> tuple[str, list[ItemProblem]]:
    """Return a text as it is stored, cleaned as files are, and why it cannot be read.

    An old encoding shows in the text as it was typed; all else is for the check of what is stored.
    """
    typed = typed.strip()
    wrong = [problem for problem in check_text(one, typed) if problem.code == "legacy_encoding"] if typed else []
    return clean_text(typed).text, wrong


@lru_cache(maxsize=1 << 14)
def _is_plain(text: str) -> bool:
    """Return whether nothing can be said against the text. Texts repeat in a list, so they are remembered."""
    return is_usual(text) and not looks_legacy(text) and text[0] not in "#eE"


def _why_not_kept(one: ItemField, text: str) -> Iterator[ItemProblem]:
    if is_error_value(text):
        yield ItemProblem(one.key, "error_value", {"value": text})
    for danger in find_dangerous(text):
        yield ItemProblem(one.key, f"dangerous_{danger.kind}", {"character": danger.name})
    if encoding := looks_legacy(text):
        yield ItemProblem(one.key, "legacy_encoding", {"encoding": encoding})
    for alike in find_lookalikes(text, in_code=True) if one.kind == "code" else ():
        yield ItemProblem(one.key, "lookalike_in_code", alike.params)


def _check_number(one: ItemField, number: Decimal) -> Iterator[ItemProblem]:
    if number < 0 or (number == 0 and one.positive):
        yield ItemProblem(one.key, "not_positive" if one.positive else "negative")
    elif number > one.maximum:
        yield ItemProblem(one.key, "number_over_maximum", {"maximum": input_decimal_vi(one.maximum)})


def _check_together(values: Mapping[str, Any], terms: Terms, bad: Collection[str]) -> Iterator[ItemProblem]:
    """Yield what is wrong between the fields, passing over those that are ``bad`` for themselves."""
    score, coefficient = (None if key in bad else values.get(key) for key in ("score", "coefficient"))
    if coefficient is None and not {"score", "coefficient"} & set(bad):
        yield ItemProblem("coefficient", "required")
    if score is None:
        return
    if (total := _total(values, bad)) is not None and total != score:
        numbers = {"score": format_decimal_vi(score), "total": format_decimal_vi(total)}
        yield ItemProblem("score", "parts_mismatch", numbers)
    if coefficient is not None:
        yield from _check_coefficient(score, coefficient, terms)
    frame = None if "group" in bad else terms.frames.get(values.get("group") or 0)
    if frame is not None and score > frame:
        numbers = {"score": format_decimal_vi(score), "frame": format_decimal_vi(frame)}
        yield ItemProblem("score", "score_over_frame", numbers, refuses=False)


def _check_coefficient(score: Decimal, coefficient: Decimal, terms: Terms) -> Iterator[ItemProblem]:
    if not agree(score, coefficient, terms.divisor):
        expected, standard = _expected(score, terms), terms.divisor
        numbers = {"score": score, "standard": standard, "expected": expected}
        shown = {name: format_decimal_vi(number) for name, number in numbers.items()}
        yield ItemProblem("coefficient", "coefficient_mismatch", shown)


def agree(score: Decimal, coefficient: Decimal, divisor: Decimal) -> bool:
    """Return whether a coefficient is the score divided by the divisor, near enough; true where there is no divisor."""
    return divisor <= 0 or abs(score / divisor - coefficient) <= TOLERANCE


def _total(values: Mapping[str, Any], bad: Collection[str]) -> Decimal | None:
    """Return the sum of the four parts, None where one is missing or bad."""
    parts = [None if key in bad else values.get(key) for key in PARTS]
    return sum((part for part in parts if part is not None), Decimal(0)) if None not in parts else None


def _expected(score: Decimal, terms: Terms) -> Decimal:
    return (score / terms.divisor).quantize(_STEP, rounding=ROUND_HALF_UP)

"""Cell references and numbers as Open XML writes them."""

from __future__ import annotations

import math
import re

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
# No writer needs more for a double; Python refuses whole numbers of over 4,300 digits.
MAX_DIGITS = 400
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", re.ASCII)


class Columns(dict[str, int]):
    """Column numbers by letters: ``A`` is 1. Unknown letters give 0."""

    def __missing__(self, letters: str) -> int:
        number = 0
        if letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3:
            for letter in letters:
                number = number * 26 + ord(letter) - 64
        self[letters] = number if number <= MAX_COLUMNS else 0
        return self[letters]


def is_not_finite(text: str) -> bool:
    """Whether a number is written that no cell can hold: NaN, infinity, or 1E+999."""
    try:
        return len(text) <= MAX_DIGITS and not math.isfinite(float(text))
    except ValueError:
        return False


def letters_of(column: int) -> str:
    """The letters of a column number, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_number(text: str) -> int | float | None:
    """A number as Open XML writes it (xsd:double without its words); None for anything else."""
    if len(text) > MAX_DIGITS:
        return None
    if text.isascii() and text.removeprefix("-").isdigit():
        return int(text)
    if _NUMBER.fullmatch(text) is None:
        return None
    number = float(text)
    return number if math.isfinite(number) else None

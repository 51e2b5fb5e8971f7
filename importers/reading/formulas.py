"""What a formula reaches for: nothing but its own workbook, another workbook, or a program or address."""

from __future__ import annotations

import re
from functools import lru_cache

from importers.reading.contract import SpecialKind

_STRINGS = re.compile(r'"(?:[^"]|"")*"')
_QUOTED_NAMES = re.compile(r"'(?:[^']|'')*'")
_PROGRAMS = re.compile(
    r"(?<![A-Za-z0-9_])(?:HYPERLINK|WEBSERVICE|FILTERXML|ENCODEURL|CALL|REGISTER|REGISTER\.ID|EXEC|RTD|DDE|"
    r"SQL\.REQUEST|IMAGE|IMPORT(?:XML|DATA|HTML|FEED|RANGE))\s*\(",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:https?|ftp|file|mailto|javascript|data):|\\\\[\w.]", re.IGNORECASE)
# [1]Sheet!A1, '[1]My sheet'!A1, 'C:\folder\[Book.xlsx]Sheet'!A1; but not the column Table1[2024].
_OTHER_BOOK = re.compile(r"(?<![\w\]\[])\[\d+\]|\[[^\[\]]+\.(?:xl\w+|ods|csv)\]|'file:", re.IGNORECASE)


_DIGITS = re.compile(r"[0-9]+")


def classify(formula: str) -> SpecialKind:
    """Name what the formula reaches for; ``formula`` when it stays at home."""
    # Down a column formulas differ in the numbers of rows alone, and no rule below asks which number it is.
    return _classify(_DIGITS.sub("0", formula))


@lru_cache(maxsize=256)
def _classify(formula: str) -> SpecialKind:
    bare = _STRINGS.sub('""', formula)
    # Excel has no operator |: it parts a program from its topic, as in cmd|'/c calc'!A1.
    if _PROGRAMS.search(bare) or "|" in _QUOTED_NAMES.sub("", bare):
        return "formula_program"
    if _OTHER_BOOK.search(bare):
        return "formula_external"
    return "formula_program" if _ADDRESS.search(formula) else "formula"

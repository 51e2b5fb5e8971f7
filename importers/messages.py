"""From the code of a problem to the sentence that a person reads, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, Protocol

from django.utils.translation import gettext, gettext_noop

from cms.core.numbers import format_decimal_vi
from importers.checking import codes as row_codes
from importers.kinds import KINDS
from importers.reading import codes as sheet_codes
from importers.workbooks import codes as template_codes

_OWN = {
    "check_failed": gettext_noop(
        "The check broke off for a reason that is not in the file. "
        "Upload the file again; if that does not help, tell the administrator."
    ),
}
# What every kind of upload shares.
_SHARED = (
    _OWN, sheet_codes.CODES, row_codes.CODES, row_codes.NOTE_CODES, template_codes.CODES, template_codes.NOTE_CODES,
)  # fmt: skip


def sentence_of(code: str) -> str:
    """Return the sentence of a code in the reader's language; the code itself where there is none.

    The rooms that find problems are pure and keep their sentences as plain msgids.
    """
    every = chain(_SHARED, (kind.codes for kind in KINDS.values()))
    return next((gettext(codes[code]) for codes in every if code in codes), code)


class Explainable(Protocol):
    """What has a sentence: a Problem, a Note, or its stored row."""

    @property
    def code(self) -> str:
        """Return the stable code."""

    @property
    def value(self) -> str:
        """Return the offending value."""

    @property
    def column(self) -> str:
        """Return the header of the column."""

    @property
    def params(self) -> dict[str, Any]:
        """Return what fills the sentence."""


class _Params(dict[str, Any]):
    """A place that nothing fills is left empty: a sentence with a gap is better than no sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def render(problem: Explainable) -> str:
    """Return the sentence for a problem, in the language of whoever reads it; plain text, to be escaped where shown."""
    params = {"value": problem.value, "column": problem.column} | problem.params
    return sentence_of(problem.code) % _filled(params)


def _filled(params: Mapping[str, Any]) -> _Params:
    filled = _Params(params)
    if isinstance(filled.get("limit"), int):
        filled["limit"] = format_decimal_vi(filled["limit"])
    return filled

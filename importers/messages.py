"""From the code of a problem to the sentence that a person reads, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.numbers import format_decimal_vi
from importers.sheets import codes as sheet_codes
from importers.sources.catalog import codes as catalog_codes
from importers.sources.officers import codes as officer_codes
from importers.workbooks import codes as template_codes

_OWN: dict[str, Promise | str] = {
    "check_failed": _(
        "The check broke off for a reason that is not in the file. "
        "Upload the file again; if that does not help, tell the administrator."
    ),
}

# The rooms that find problems are pure and keep their sentences as plain msgids; here they become translatable.
MESSAGES: dict[str, Promise | str] = {
    code: _(sentence)
    for code, sentence in (
        sheet_codes.CODES | catalog_codes.CODES | catalog_codes.NOTE_CODES | officer_codes.CODES | template_codes.CODES
        | template_codes.NOTE_CODES
    ).items()
} | _OWN  # fmt: skip


class Said(Protocol):
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


def render(problem: Said) -> str:
    """Return the sentence for a problem, in the language of whoever reads it; plain text, to be escaped where shown."""
    sentence = str(MESSAGES.get(problem.code, problem.code))
    return sentence % _filled({"value": problem.value, "column": problem.column} | problem.params)


def _filled(params: Mapping[str, Any]) -> _Params:
    filled = _Params(params)
    if isinstance(filled.get("limit"), int):
        filled["limit"] = format_decimal_vi(filled["limit"])
    return filled

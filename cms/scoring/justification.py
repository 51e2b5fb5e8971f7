"""What is said beside a mark: a comment, and evidence that it points to. Personal data, kept with the inputs.

Evidence is told, never fetched or linked: the number of a document, the name of a file, an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cms.scoring.problems import Problem, gettext_noop
from cms.scoring.shape import Definitions, Many, Maybe, Shape, Text
from cms.scoring.vocabulary import COMMON, Vocabulary

CODES: dict[str, str] = {
    "marked_as_a_whole": gettext_noop("The common criteria have one mark for all of them; say this of the whole."),
    "not_marked_as_a_whole": gettext_noop("The common criteria are marked one by one; say this of each criterion."),
}
LONGEST_COMMENT, LONGEST_REFERENCE, MOST_REFERENCES = 2_000, 300, 10
_SIGNS_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[{_SIGNS_UNSEEN}]")
_UNSEEN_IN_A_LINE = re.compile(f"[{_SIGNS_UNSEEN}\t\n\r\u2028\u2029]")


@dataclass(frozen=True)
class Prose(Shape):
    """A text that says something and has no signs that steer what shows it; on one line unless ``lines``."""

    limit: int
    lines: bool = False

    def read(self, data: Any, path: str, problems: list[Problem]) -> str | None:
        """Return the text as it stands."""
        text = Text(self.limit, blank=False).read(data, path, problems)
        if text is not None and (_UNSEEN if self.lines else _UNSEEN_IN_A_LINE).search(text):
            problems.append(Problem(path, "not_characters"))
        elif text is not None and not any(each.isalnum() for each in text):
            # Signs alone say nothing.
            problems.append(Problem(path, "blank"))
        else:
            return text
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        signs = "no control characters" + (" but line breaks" if self.lines else " and no line breaks")
        return Text(self.limit, blank=False).schema(definitions) | {"description": signs}


COMMENT_SHAPE = Maybe(Prose(LONGEST_COMMENT, lines=True))
EVIDENCE_SHAPE = Maybe(Many(Prose(LONGEST_REFERENCE), MOST_REFERENCES))


def read_beside_marks(
    given: Mapping[str, Any] | None, common: Any, known: Vocabulary, path: str, problems: list[Problem]
) -> dict[str, Any]:
    """Return what was said of each criterion; of the whole common section, where it has one mark, by ``common``.

    What is null or an empty list says nothing and is left out.
    """
    whole = isinstance(common, Fraction)
    texts = {}
    for code, value in (given or {}).items():
        problem = _misplaced(code, whole, known) if value else ""
        if problem:
            problems.append(Problem(f"{path}.{code}", problem, {"code": code}))
        elif value:
            texts[code] = value
    return texts


def _misplaced(code: str, whole: bool, known: Vocabulary) -> str:
    """Return why nothing can be said of what the code names; nothing where it can."""
    if whole and code == COMMON:
        return ""
    if code in known.criteria:
        return "marked_as_a_whole" if whole and code in known.common_codes else ""
    if code in known.groups:
        return "has_parts"
    return "not_marked_as_a_whole" if code == COMMON and known.common else "unknown_criterion"

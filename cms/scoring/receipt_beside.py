"""The columns of a receipt for what was said beside marks: there only where something was said, or should have been."""

from __future__ import annotations

from cms.scoring import wording as words
from cms.scoring.asked import COMMENT, EVIDENCE
from cms.scoring.criteria import COMMENT_MISSING, EVIDENCE_MISSING
from cms.scoring.inputs import Subject
from cms.scoring.scored import SectionScore
from cms.scoring.vocabulary import COMMON

_MISSING = {COMMENT: COMMENT_MISSING, EVIDENCE: EVIDENCE_MISSING}


class BesideMarks:
    """Comments and evidence of one section, as cells of its table."""

    def __init__(self, score: SectionScore, subject: Subject) -> None:
        self.texts: dict[str, dict[str, str]] = {
            COMMENT: {code: _line(text) for code, text in subject.comments.items()},
            EVIDENCE: {code: "; ".join(map(_line, given)) for code, given in subject.evidence.items()},
        }
        self.missing = {(each.code, each.what) for each in score.reasons}
        # One mark for all has one row, of the section itself.
        self.keys = (
            {each.criterion.code: each.criterion.code for each in score.marks}
            if score.given is None
            else {COMMON: score.section.code}
        )
        self.columns = [
            {"code": code, "title": title}
            for code, title in words.BESIDE_MARKS_COLUMNS
            if any(self._cell(code, key) for key in self.keys)
        ]

    def cells(self, key: str) -> list[str]:
        """Return the cells beside a mark; those beside a group are empty."""
        return [self._cell(each["code"], key) for each in self.columns]

    def _cell(self, column: str, key: str) -> str:
        if key not in self.keys:
            return ""
        if (_MISSING[column], self.keys[key]) in self.missing:
            return words.UNSAID[column]
        return self.texts[column].get(key, "")


def _line(text: str) -> str:
    return " ".join(text.split())

"""Scoring examples and trials: nobody judged anybody there, so what would have to be said beside marks is supplied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cms.scoring import wording as words
from cms.scoring.criteria import COMMENT_MISSING, EVIDENCE_MISSING
from cms.scoring.definition import Definition
from cms.scoring.engine import Score, score
from cms.scoring.inputs import Subject
from cms.scoring.vocabulary import COMMON


def score_supplied(definition: Definition, subject: Subject, **options: Any) -> Score:
    """Return the score (options as ``engine.score`` takes them) with words that say of themselves that they are none.

    Only what the framework asks for and is missing is supplied; a mark that is missing stays missing.
    """
    found = score(definition, subject, **options)
    comments, evidence = _missing(found, COMMENT_MISSING), _missing(found, EVIDENCE_MISSING)
    if not comments and not evidence:
        return found
    filled = replace(
        subject,
        comments={**subject.comments, **dict.fromkeys(comments, words.TRIED_COMMENT)},
        evidence={**subject.evidence, **dict.fromkeys(evidence, (words.TRIED_EVIDENCE,))},
    )
    return score(definition, filled, **options)


def _missing(found: Score, code: str) -> list[str]:
    return [
        each.what if section.given is None else COMMON
        for section in found.sections
        for each in section.reasons
        if each.code == code
    ]

"""Two scorings of the same subjects, put side by side: who changes level, where, how far, and what the caps would say.

Pure: plain values in, JSON-able data out. The same for a draft beside a version and for two versions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from cms.frameworks.trials import coverage, tables
from cms.frameworks.trials.comparability import apart
from cms.frameworks.trials.pairs import Pair, Scored
from cms.scoring import caps
from cms.scoring.definition import Definition
from cms.scoring.exact import to_text

LARGEST = 10
NOT_SCORED_SHOWN = 20
BAND = 5


def compare(pairs: Sequence[Pair], before: Definition, after: Definition) -> dict[str, Any]:
    """Return the whole comparison but for who changes, ready to be stored and shown."""
    frame = tables.frame_of(pairs)
    covered = {(pair.role, pair.position_group) for pair in pairs if pair.after.total is not None}
    return {
        "size": len(pairs),
        "lent": sum(pair.lent for pair in pairs),
        "levels": {side: tables.counts(frame, side, tables.COUNTED_LEVELS) for side in ("before", "after")},
        "bands": {"before": _bands(pairs, _before), "after": _bands(pairs, _after)},
        "directions": tables.counts(frame, "direction", tables.DIRECTIONS),
        "changes": tables.changes(frame),
        "agencies": tables.by(frame, "agency"),
        "position_groups": tables.by(frame, "position_group"),
        "roles": tables.by(frame, "role"),
        "cells": tables.by(frame, "role", "position_group"),
        "caps": {"before": _breaches(pairs, _before, before), "after": _breaches(pairs, _after, after)},
        "largest": [_moved(pair) for pair in sorted(pairs, key=_by_move)[:LARGEST] if pair.move],
        "not_scored": [_unscored(pair) for pair in pairs if pair.after.level is None][:NOT_SCORED_SHOWN],
        "missing": coverage.missing(after, covered),
        "apart": apart(before, after),
    }


def _before(pair: Pair) -> Scored:
    return pair.before


def _after(pair: Pair) -> Scored:
    return pair.after


def _bands(pairs: Sequence[Pair], side: Callable[[Pair], Scored]) -> list[int]:
    """Count totals in bands of five points; the last band holds 95 to 100."""
    counts = [0] * (100 // BAND)
    for pair in pairs:
        total = side(pair).total
        if total is not None:
            counts[min(int(total) // BAND, len(counts) - 1)] += 1
    return counts


def _breaches(pairs: Sequence[Pair], side: Callable[[Pair], Scored], definition: Definition) -> list[dict[str, Any]]:
    """Return the groups in which more reach a capped level than the cap allows; nobody is moved for it."""
    people = [
        caps.Classified(pair.id, scored.total or Fraction(0), scored.level, pair.agency, pair.position_group)
        for pair in pairs
        for scored in (side(pair),)
    ]
    return [
        {
            "group": list(group.key),
            "level": cap.level,
            "holders": len(group.ranked),
            "allowed": group.allowance,
            "sentence": group.sentence,
        }
        for cap in definition.classification.caps
        for group in caps.rank(cap, people).groups
        if group.breached
    ]


def _by_move(pair: Pair) -> tuple[Fraction, str]:
    return -abs(pair.move), pair.id


def _moved(pair: Pair) -> dict[str, Any]:
    return {
        "place": pair.place,
        "id": pair.id,
        "agency": pair.agency,
        "before": to_text(pair.before.total or Fraction(0), 2),
        "after": to_text(pair.after.total or Fraction(0), 2),
        "move": to_text(pair.move, 2),
        "before_level": pair.before.level,
        "after_level": pair.after.level,
    }


def _unscored(pair: Pair) -> dict[str, Any]:
    after, problem = pair.after, pair.after.problem
    problem_data = {"path": problem.path, "code": problem.code, "params": problem.params} if problem else None
    return {
        "place": pair.place,
        "id": pair.id,
        "agency": pair.agency,
        "status": after.status,
        "why": after.why,
        "problem": problem_data,
    }

"""The sources that a draft names, and which of them an editor has confirmed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from cms.frameworks.models import SourceConfirmation
from cms.scoring import provenance
from cms.scoring.problems import Problem
from cms.scoring.provenance import Source


@dataclass(frozen=True)
class Sources:
    """What a draft's screen tells of its sources: those that wait, and the confirmations of those that did."""

    waiting: tuple[Source, ...]
    confirmed: tuple[SourceConfirmation, ...]


def sources_of(data: Any) -> Sources:
    """Return the sources that a definition as JSON data names and that needed, or still need, a confirmation."""
    named = _needing(data)
    given = _confirmations(named)
    return Sources(
        tuple(each for each in named if each.text not in given),
        tuple(given[each.text] for each in named if each.text in given),
    )


def check(data: Any) -> list[Problem]:
    """Return for what its sources keep a definition from being published."""
    return provenance.check(data, _confirmations(_needing(data)))


def digest_of(text: str) -> str:
    """Return what a source is found by."""
    return hashlib.sha256(provenance.plain(text).encode()).hexdigest()


def _needing(data: Any) -> list[Source]:
    return [each for each in provenance.sources_of(data) if each.is_open]


def _confirmations(named: list[Source]) -> dict[str, SourceConfirmation]:
    digests = [digest_of(each.text) for each in named]
    given = SourceConfirmation.objects.filter(digest__in=digests).select_related("confirmed_by")
    return {each.text: each for each in given}

"""Whom several frameworks fit equally well, as a condition of queries: what ``precedence.decide`` calls tied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from django.db.models import Q

from cms.frameworks.precedence import Candidate, is_undecided, placings

_NOBODY = Q(pk__in=[])


def tied(held: Sequence[Candidate], condition_of: Callable[[Candidate], Q], path: str) -> Q:
    """Return the condition that no framework judges a row, as several of one rank fit and nothing narrower does.

    ``held`` are of one kind of subject, ``condition_of`` says whom one fits, ``path`` leads to the row's place in the
    tree. The condition grows with the frameworks of a day alone.
    """
    fits = {each.version: condition_of(each) for each in held}
    standing = {each.version: fits[each.version] & ~_any(_of_base(held, each, fits)) for each in held}
    placed = [(rank, each, _below(path, place)) for each in held for rank, place in placings(each)]
    condition = _NOBODY
    for (rank, one, here), (other_rank, other, there) in combinations(placed, 2):
        if one is other or rank != other_rank or not is_undecided(one, other):
            continue
        narrower = _any(standing[each.version] & below for higher, each, below in placed if higher > rank)
        condition |= standing[one.version] & standing[other.version] & here & there & ~narrower
    return condition


def _of_base(held: Sequence[Candidate], base: Candidate, fits: dict[int, Q]) -> Iterator[Q]:
    """Yield whom those fit that are made of a framework, and so take its place."""
    return (fits[each.version] for each in held if each.base == base.framework)


def _below(way: str, place: str) -> Q:
    return Q(**{f"{way}__startswith": place}) if place else Q()


def _any(conditions: Iterator[Q]) -> Q:
    found = _NOBODY
    for each in conditions:
        # Without any condition it is for everybody.
        found |= each or Q(pk__isnull=False)
    return found

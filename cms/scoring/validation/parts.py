"""What is asked of criteria, indicators and levels alike: codes, roles, sums and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from cms.scoring.criteria import band_of
from cms.scoring.definition.sections import Band, Criterion, Indicator
from cms.scoring.exact import to_text
from cms.scoring.problems import Problem


def is_meaningless(text: str) -> bool:
    """Say whether a text has no letter and no digit: blank, or signs only."""
    return not any(each.isalnum() for each in text)


def repeated(codes: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Check that no code comes twice; the codes come with the paths of what they name."""
    seen: set[str] = set()
    for path, code in codes:
        if code in seen:
            yield Problem(f"{path}.code", "duplicate_code", {"code": code})
        seen.add(code)


def coded(parts: Sequence[Any], path: str) -> Iterator[tuple[str, str]]:
    """Return the code of each part with its path."""
    return ((f"{path}[{index}]", each.code) for index, each in enumerate(parts))


def coded_inside(parts: Sequence[Any], path: str, inside: str) -> Iterator[tuple[str, str]]:
    """Return the codes of parts and of the parts inside them, which stand in the field ``inside``."""
    for index, each in enumerate(parts):
        place = f"{path}[{index}]"
        yield place, each.code
        yield from coded_inside(getattr(each, inside), f"{place}.{inside}", inside)


def roles_within(own: tuple[str, ...], of: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles for which a part is; without roles of its own, those of the whole."""
    return tuple(role for role in of if not own or role in own)


def roles_outside(own: tuple[str, ...], of: tuple[str, ...], path: str) -> Iterator[Problem]:
    """Check that a part is for none but those whom the whole is for."""
    for index, role in enumerate(own):
        if role not in of:
            yield Problem(f"{path}.roles[{index}]", "role_outside", {"role": role})


def sums(
    parts: Sequence[Criterion] | Sequence[Indicator], whole: Fraction, roles: tuple[str, ...], path: str
) -> Iterator[Problem]:
    """Check that the maxima of the parts for a role add up to the whole, for every role."""
    found: dict[Fraction, list[str]] = {}
    for role in roles:
        total = sum((_most(each) for each in parts if not each.roles or role in each.roles), Fraction(0))
        found.setdefault(total, []).append(role)
    for total, of in found.items():
        params = {"sum": to_text(total), "max": to_text(whole)}
        if total != whole and len(found) == 1:
            yield Problem(path, "does_not_add_up", params)
        elif total != whole:
            yield Problem(path, "does_not_add_up_for", {"roles": ", ".join(of), **params})


def _most(part: Criterion | Indicator) -> Fraction:
    """Return the maximum; an indicator that states none gives what its band for 100 % gives."""
    if part.max is not None:
        return part.max
    band = band_of(part.bands, Fraction(100))
    return band.points if band else Fraction(0)


def not_descending(values: Sequence[Fraction]) -> int | None:
    """Return the first place where the values do not go strictly down; None when they do."""
    return next((index for index in range(1, len(values)) if values[index] >= values[index - 1]), None)


def bands(own: tuple[Band, ...], most: Fraction, path: str) -> Iterator[Problem]:
    """Check that bands go down from the highest figure, and give no more than the maximum."""
    place = not_descending([band.from_ for band in own])
    if place is not None:
        yield Problem(f"{path}.bands[{place}].from", "bands_not_descending")
    for index, band in enumerate(own):
        if band.points > most:
            yield Problem(f"{path}.bands[{index}].points", "band_over_max", {"max": to_text(most)})

"""Which round is going on for whom: each block may have its own, with its own deadlines (ADR 60)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from cms.catalogs.models import CatalogRound
from cms.organisations.models import Agency


@dataclass(frozen=True)
class CurrentRounds:
    """The rounds that are going on, by block; under the empty text that of every block without one of its own."""

    by_block: Mapping[str, CatalogRound] = field(default_factory=dict)

    def of(self, block: str) -> CatalogRound | None:
        """Return the round that is going on for a block, if one is."""
        return self.by_block.get(block) or self.by_block.get("")

    def parts(self, block: str = "block") -> Iterator[tuple[Q, CatalogRound | None]]:
        """Yield conditions that part all rows by the round that is going on for them, each with the round.

        ``block`` is the way from the row to the block of its agency. The last part is that of the other blocks.
        """
        own = [(name, round_) for name, round_ in self.by_block.items() if name]
        for name, round_ in own:
            yield Q(**{block: name}), round_
        yield ~Q(**{f"{block}__in": [name for name, _round in own]}) if own else Q(), self.by_block.get("")


def current_rounds() -> CurrentRounds:
    """Return the rounds that are going on, read in one query: those of a block first."""
    return CurrentRounds({round_.block: round_ for round_ in CatalogRound.objects.current().order_by("-block")})


def round_for(agency: Agency) -> CatalogRound | None:
    """Return the round that is going on for the agency, if one is."""
    return current_rounds().of(agency.block)

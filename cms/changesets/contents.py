"""What proposals say of items: kept as JSON, read back as an item holds it, and shown as people write it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from cms.catalogs.audiences import audiences_seen
from cms.catalogs.enums import Audience
from cms.catalogs.item_fields import BY_KEY, PARTS, Terms, settle_numbers
from cms.catalogs.models import CatalogItem, ExtraColumn
from cms.catalogs.wording import FieldChange, ItemWords
from cms.changesets.enums import ProposalKind
from cms.changesets.models import Proposal
from cms.organisations.models import Agency


def as_item_holds(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return kept contents with numbers as numbers; JSON keeps decimals as texts."""
    return {name: _read(name, value) for name, value in values.items()}


def _read(name: str, value: Any) -> Any:
    one = BY_KEY.get(name)
    return Decimal(value) if one and one.kind == "decimal" and isinstance(value, str) else value


def with_coefficient(item: CatalogItem, coefficient: Decimal) -> dict[str, Any]:
    """Return what changes where an item gets another coefficient.

    Its score follows by the divisor of its version; part scores, which explain the old score, are emptied.
    """
    values: dict[str, Any] = {"coefficient": coefficient}
    if item.score is not None:
        values["score"] = (coefficient * item.version.divisor).quantize(Decimal("0.0001"))
        values |= {part: None for part in PARTS if getattr(item, part) is not None}
    return values


def with_parts(values: Mapping[str, Any], held: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """Return contents with the score that is the sum of other part scores, and the coefficient that follows.

    ``held`` is what the item says now; what was given itself stays, and the check says whether it agrees.
    """
    if not any(part in values for part in PARTS):
        return dict(values)
    given = {name: values.get(name) for name in ("score", "coefficient")}
    made, _problems = settle_numbers({**held, **values, **given}, terms, ())
    return {**values, **made}


class ProposalWords:
    """What proposals say, as one reader reads it: added columns that they do not see are passed over."""

    def __init__(self, user: Any) -> None:
        self._user = user
        self._words: dict[frozenset[Audience], ItemWords] = {}

    @cached_property
    def _columns(self) -> list[ExtraColumn]:
        return list(ExtraColumn.objects.all())

    def of(self, agency: Agency) -> ItemWords:
        """Return the words for items of an agency; columns are read once, for however many agencies."""
        seen = audiences_seen(self._user, agency.path, agency.block)
        if seen not in self._words:
            self._words[seen] = ItemWords([column for column in self._columns if column.audience in seen])
        return self._words[seen]

    def changes(self, proposal: Proposal) -> list[FieldChange]:
        """Return each field that a proposal sets, with what stood there; it comes with its catalog and agency."""
        return self.of(proposal.catalog.agency).changes(changes_of(proposal))


def changes_of(proposal: Proposal) -> dict[str, tuple[Any, Any]]:
    """Return {field: (what stood there, what is to stand there)}, in the order of an item's fields on any database."""
    # A merge keeps what stood in the item that goes, not in the one that stays.
    former = as_item_holds(proposal.former) if proposal.kind == ProposalKind.CHANGE else {}
    held = as_item_holds(proposal.contents)
    names = [*(name for name in BY_KEY if name in held), *sorted(held.keys() - BY_KEY.keys())]
    return {name: (former.get(name), held[name]) for name in names}

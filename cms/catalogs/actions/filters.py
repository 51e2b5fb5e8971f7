"""Filters of the board that a person keeps for themselves; like marks of reading they are no act of the ledger."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cms.catalogs.models import BoardFilter
from cms.core.errors import DomainError, require_words
from cms.core.text import clean_text
from cms.users.models import User

MOST_FILTERS = 20
_LONGEST_NAME, _LONGEST_QUERY = 60, 500


@transaction.atomic
def save_board_filter(*, by: User, name: str, query: str) -> BoardFilter:
    """Keep what an address asks of the board under a name; the same name again takes the new address."""
    refusal = DomainError(_("Give the filter a name of at most 60 characters."), code="filter_name")
    name = clean_text(require_words(name, refusal)).text
    if len(name) > _LONGEST_NAME:
        raise refusal
    if not query or len(query) > _LONGEST_QUERY:
        raise DomainError(_("Filter the board first; there is nothing to keep."), code="filter_empty")
    own = BoardFilter.objects.filter(person=by)
    if own.exclude(name=name).count() >= MOST_FILTERS:
        raise DomainError(_("At most 20 filters are kept. Remove one first."), code="too_many_filters")
    return BoardFilter.objects.update_or_create(person=by, name=name, defaults={"query": query})[0]


@transaction.atomic
def remove_board_filter(*, by: User, key: int) -> None:
    """Remove one of the person's own filters, if it is there."""
    BoardFilter.objects.filter(person=by, pk=key).delete()

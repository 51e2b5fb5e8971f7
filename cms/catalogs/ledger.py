"""What the ledger says of added columns: named and worded for those who see them, and nothing for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cms.audit.models import AuditEvent
from cms.catalogs.audiences import audiences_seen
from cms.catalogs.extra import PREFIX
from cms.catalogs.models import ExtraColumn
from cms.catalogs.wording import ItemWords
from cms.organisations.models import Agency

_ABOUT_ITEMS = "catalog_item."


def veil_columns(user: Any, events: Sequence[AuditEvent]) -> None:
    """Word the added columns in events about items, and take out those that the person does not see.

    The reason of an event of which nothing is left is taken out too: it speaks of what is hidden. Two queries, and for
    events in a list, which come without content, one more where it is needed to tell that.
    """
    about = [event for event in events if event.action.startswith(_ABOUT_ITEMS)]
    if not about:
        return
    columns = list(ExtraColumn.objects.all())
    agencies = Agency.objects.filter(code__in={event.agency_code for event in about})
    places = {code: (path, block) for code, path, block in agencies.values_list("code", "path", "block")}
    in_doubt: dict[int, tuple[AuditEvent, ItemWords]] = {}
    for event in about:
        audiences = audiences_seen(user, *places.get(event.agency_code, ()))
        words = ItemWords([column for column in columns if column.audience in audiences])
        if event.holds_content:
            _veil_content(event, words)
        elif event.reason and len(words.columns) < len(columns):
            in_doubt[event.pk] = event, words
    _veil_reasons(in_doubt)


def _veil_content(event: AuditEvent, words: ItemWords) -> None:
    had_content = bool(event.before or event.after)
    event.before, event.after = _worded(event.before, words), _worded(event.after, words)
    if had_content and not (event.before or event.after):
        event.reason = ""


def _veil_reasons(in_doubt: Mapping[int, tuple[AuditEvent, ItemWords]]) -> None:
    """Take out reasons that speak of hidden columns alone; the contents are read one after the other, and not kept."""
    if not in_doubt:
        return
    contents = AuditEvent.objects.filter(pk__in=in_doubt).values_list("pk", "before", "after")
    for key, before, after in contents.iterator(chunk_size=1):
        event, words = in_doubt[key]
        if (before or after) and not (_leaves_any(before, words) or _leaves_any(after, words)):
            event.reason = ""


def _leaves_any(by_code: Mapping[str, Any], words: ItemWords) -> bool:
    return any(words.sees(name) for values in by_code.values() for name in values)


def _worded(by_code: Mapping[str, Any], words: ItemWords) -> dict[str, Any]:
    """Return {code of an item: {field: value}} with added columns under their headings."""
    worded = {code: _values(values, words) for code, values in by_code.items()}
    return {code: values for code, values in worded.items() if values}


def _values(values: Mapping[str, Any], words: ItemWords) -> dict[str, Any]:
    plain = {name: value for name, value in values.items() if not name.startswith(PREFIX)}
    added = {name: value for name, value in values.items() if name.startswith(PREFIX) and words.sees(name)}
    return plain | {words.label(name): words.shown(name, value) for name, value in added.items()}

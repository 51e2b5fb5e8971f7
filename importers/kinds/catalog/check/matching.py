"""Finds for each item of the file the item of the current version that it continues, and says what changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from cms.catalogs import extra
from cms.catalogs.item_fields import PARTS, agree
from cms.core.text import code_key, name_key
from importers.checking.verdict import CheckedRow
from importers.kinds.catalog.check.context import ITEM_FIELDS, BaseItem, Context
from importers.kinds.catalog.check.items import ReadItem

_content_of = attrgetter(*ITEM_FIELDS)

# Without codes an item is known by its words; each step asks for less than the one before.
_WORDS = (("field", "task", "name", "output"), ("task", "name", "output"), ("task", "name"))


def match_items(items: list[ReadItem], context: Context) -> tuple[list[CheckedRow], list[BaseItem]]:
    """The good items, each with its code, identity and changes, and the base items that no row continues."""
    pairs = _pair(items, context.base_items)
    new_code = _code_maker(items, context) if any("code" not in item.given for item in items) else str
    rows = []
    for item in items:
        if item.ok:
            base = pairs.get(id(item))
            if "code" not in item.given:
                item.values["code"] = base.code if base else new_code()
            rows.append(_checked(item, base, context.standard_score))
    matched = {id(base) for base in pairs.values()}
    return rows, [base for base in context.base_items if id(base) not in matched]


def _pair(items: list[ReadItem], base_items: Iterable[BaseItem]) -> dict[int, BaseItem]:
    """Base items by the id of the file's item. Bad rows count too: what they continue is not missing."""
    by_code = {code_key(base.code): base for base in base_items}
    pairs: dict[int, BaseItem] = {}
    for item in items:
        if "code" in item.given and (base := by_code.pop(code_key(item.values["code"]), None)):
            pairs[id(item)] = base
    uncoded = [item for item in items if "code" not in item.given]
    free = list(by_code.values()) if uncoded else []
    for fields in _WORDS:
        found = _pair_by_words(uncoded, free, fields)
        pairs.update(found)
        taken = {id(base) for base in found.values()}
        uncoded = [item for item in uncoded if id(item) not in found]
        free = [base for base in free if id(base) not in taken]
    return pairs


def _pair_by_words(items: list[ReadItem], free: list[BaseItem], fields: tuple[str, ...]) -> dict[int, BaseItem]:
    """Pair in the order of the file; words that stand more than once pair first with first, second with second."""
    waiting = defaultdict(list)
    for base in reversed(free):
        waiting[tuple(name_key(getattr(base, key)) for key in fields)].append(base)
    pairs = {}
    for item in items:
        if bases := waiting.get(tuple(name_key(item.values[key]) for key in fields)):
            pairs[id(item)] = bases.pop()
    return pairs


def _code_maker(items: list[ReadItem], context: Context) -> Callable[[], str]:
    """Gives the codes that follow the highest number ever used with the prefix: VP.001, VP.002 …"""
    pattern = re.compile(re.escape(code_key(context.prefix)) + r"\.([0-9]{1,9})")
    used = [base.code for base in context.base_items] + list(context.used_codes)
    used += [item.values["code"] for item in items if item.values["code"]]
    numbers = (int(match[1]) for code in used if (match := pattern.fullmatch(code_key(code))))
    last = max(numbers, default=0)

    def next_code() -> str:
        nonlocal last
        last += 1
        return f"{context.prefix}.{last:03d}"

    return next_code


def _checked(item: ReadItem, base: BaseItem | None, standard_score: Decimal) -> CheckedRow:
    row = CheckedRow(item.sheet, item.row, item.values)
    if base is None:
        return row
    _keep_what_is_not_given(item, base, standard_score)
    row.identity = base.identity
    if _content_of(base) == tuple(map(item.values.__getitem__, ITEM_FIELDS)):
        row.change = "same"
        return row
    for key in ITEM_FIELDS:
        old, new = getattr(base, key), item.values[key]
        if old != new and key != "extra":
            row.changes[key] = [old, new]
    row.changes |= {name: list(change) for name, change in extra.changes(base.extra, item.values["extra"]).items()}
    row.change = "changed" if row.changes else "same"
    return row


def _keep_what_is_not_given(item: ReadItem, base: BaseItem, standard_score: Decimal) -> None:
    """A column that the file does not have changes nothing; a score that no longer fits the coefficient is dropped.

    What was made from another column for want of its own stays as it was, too, as long as that other one says the same.
    """
    values: dict[str, Any] = item.values
    silent = {key: text for key, text in base.extra.items() if f"{extra.PREFIX}{key}" not in item.given}
    values["extra"] = values["extra"] | silent
    for key in ITEM_FIELDS:
        if key == "extra":
            continue
        source = item.made_from.get(key)
        if key not in item.given or (source and values[source] == getattr(base, source)):
            values[key] = getattr(base, key)
    score = values["score"]
    if "score" in item.given or score is None:
        return
    if not agree(score, values["coefficient"], standard_score):
        values.update(dict.fromkeys(("score", *(key for key in PARTS if key not in item.given))))

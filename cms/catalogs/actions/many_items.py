"""Writing many items of a version by one act: operations in order, each judged alone (docs/adr, 20)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import transaction
from django.db.models import CharField, Max, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from cms.catalogs.actions.drafting import finish_write, lock_for_edit, record_edit, require_reason
from cms.catalogs.actions.items import (
    Changes,
    Fault,
    edit_item,
    fault_of,
    fill_item,
    mark_changes,
    remark_on,
    require_fields,
)
from cms.catalogs.actions.seen import forget_seen
from cms.catalogs.enums import VersionState
from cms.catalogs.errors import OperationsRefused
from cms.catalogs.item_fields import ItemProblem, refusals
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogVersion, ItemRemark
from cms.catalogs.summary import Counted, counted
from cms.core.bulk import insert_rows
from cms.core.text import code_key
from cms.users.models import User

_UPDATED = (*CONTENT_FIELDS, "code_key", "search_text")
_INSERTED = ("version", "identity", "position", *_UPDATED, "batch", "sheet", "row")
# No key of a code begins so: keys are in capitals.
_AWAY = "away-"
_CHUNK = 500

Status = Literal["added", "changed", "unchanged", "removed", "refused"]


@dataclass(frozen=True)
class ItemOperation:
    """One item to add, change or remove.

    ``values`` are as in ``add_item`` and ``edit_items``, already checked; ``identity`` names the item to change or
    remove, and ``match`` tells of it, as it then stands, whether it is what is meant. ``faults`` are known beforehand.
    """

    op: Literal["add", "change", "remove"]
    values: Mapping[str, Any] = field(default_factory=dict)
    identity: uuid.UUID | None = None
    match: Callable[[CatalogItem], bool] | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of one operation; ``code`` and ``changes`` are as it left them."""

    status: Status
    item: CatalogItem | None = None
    code: str = ""
    changes: Changes = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


# An operation that changed something, with its item.
Effective = tuple[CatalogItem, Outcome]


@transaction.atomic
def write_items(
    *,
    by: User,
    version: CatalogVersion,
    operations: Sequence[ItemOperation],
    reason: str = "",
    all_or_none: bool = False,
) -> list[Outcome]:
    """Carry operations out as if one after the other, and return what came of each, in their order.

    What cannot be carried out is refused and the others go on; with ``all_or_none`` nothing is written then, and
    OperationsRefused tells every outcome. The version counts one write. Remarks are as in ``edit_items``. Raises
    DomainError when the version cannot be edited by this person now, a column is not theirs, or a reason is missing.
    """
    version = lock_for_edit(by=by, version=version)
    require_fields(by, version.catalog.agency, {name for operation in operations for name in operation.values})
    items = _Items(version, operations)
    outcomes = [items.after(operation) for operation in operations]
    if all_or_none and any(outcome.faults for outcome in outcomes):
        raise OperationsRefused(_("Nothing was written: some operations cannot be carried out."), outcomes=outcomes)
    effective = [(one.item, one) for one in outcomes if one.item and one.status != "unchanged"]
    if effective:
        require_reason(version, reason)
        items.write()
        if version.state == VersionState.SUBMITTED:
            _leave_remarks(by, items, effective, reason)
        finish_write(by, version, gone=items.gone(), come=items.come())
        record_edit(by, version, "catalog_item.write_many", *_before_and_after(effective), reason)
    return outcomes


class _Items:
    """The items that operations are about, as they stand after each; read by two queries, written by a few."""

    def __init__(self, version: CatalogVersion, operations: Sequence[ItemOperation]) -> None:
        self.version = version
        named = {operation.identity for operation in operations if operation.identity}
        wanted = {code_key(operation.values["code"]) for operation in operations if "code" in operation.values}
        read = list(version.items.filter(Q(identity__in=named) | Q(code_key__in=wanted)))
        self.items = {item.identity: item for item in read if item.identity in named}
        self.keys_before = {item.identity: item.code_key for item in read}
        self.counted_before = {item.identity: counted(item) for item in read}
        self.holders = {item.code_key: item.identity for item in read}
        self.position = version.items.aggregate(last=Max("position"))["last"] or 0
        self.added: list[CatalogItem] = []
        self.changed: dict[uuid.UUID, CatalogItem] = {}
        self.removed: dict[uuid.UUID, CatalogItem] = {}

    def after(self, operation: ItemOperation) -> Outcome:
        """Carry one operation out in memory, or say what is against it."""
        if operation.faults:
            return Outcome("refused", faults=operation.faults)
        if operation.op == "add":
            return self._add(operation)
        item = self.items.get(operation.identity) if operation.identity else None
        if item is None:
            return _refused("identity", "unknown_item", _("This version has no such item."))
        if operation.match is not None and not operation.match(item):
            sentence = _("The item has changed since you read it. Read it again, then decide anew.")
            return _refused("if_match", "precondition_failed", sentence)
        return self._change(item, operation) if operation.op == "change" else self._remove(item)

    def _add(self, operation: ItemOperation) -> Outcome:
        if code_key(operation.values["code"]) in self.holders:
            return Outcome("refused", faults=(code_taken("values.code"),))
        if problems := refusals(operation.values, self.version.terms):
            return _unsound(problems)
        item = CatalogItem(version=self.version, position=self.position + 1)
        fill_item(item, operation.values)
        self.position += 1
        self.holders[item.code_key] = item.identity
        self.added.append(item)
        return Outcome("added", item, item.code)

    def _change(self, item: CatalogItem, operation: ItemOperation) -> Outcome:
        key = item.code_key
        if self.holders.get(code_key(operation.values.get("code", item.code)), item.identity) != item.identity:
            return Outcome("refused", faults=(code_taken("values.code"),))
        before = item.content
        if problems := refusals(before | dict(operation.values), self.version.terms, before):
            return _unsound(problems)
        changes = edit_item(item, operation.values)
        if not changes:
            return Outcome("unchanged", item, item.code)
        del self.holders[key]
        self.holders[item.code_key] = item.identity
        self.changed[item.identity] = item
        return Outcome("changed", item, item.code, changes)

    def _remove(self, item: CatalogItem) -> Outcome:
        del self.items[item.identity], self.holders[item.code_key]
        self.changed.pop(item.identity, None)
        self.removed[item.identity] = item
        return Outcome("removed", item, item.code)

    def write(self) -> None:
        """Remove, change, then add: a code that one item gives up may be another's."""
        gone = [item.pk for item in self.removed.values()]
        for start in range(0, len(gone), _CHUNK):
            self.version.items.filter(pk__in=gone[start : start + _CHUNK]).delete()
        changed = list(self.changed.values())
        forget_seen(item.pk for item in changed)
        moved = [item.pk for item in changed if item.code_key != self.keys_before[item.identity]]
        if moved:
            away = Concat(Value(_AWAY), Cast("pk", CharField()))
            self.version.items.filter(pk__in=moved).update(code_key=away)
        CatalogItem.objects.bulk_create(
            changed, batch_size=_CHUNK, update_conflicts=True, unique_fields=["version", "identity"],
            update_fields=_UPDATED,
        )  # fmt: skip
        insert_rows(CatalogItem, _INSERTED, ([self._value(item, name) for name in _INSERTED] for item in self.added))

    def _value(self, item: CatalogItem, name: str) -> Any:
        return self.version.pk if name == "version" else getattr(item, name)

    def gone(self) -> list[Counted]:
        """Return what counted of the items that were changed or removed."""
        return [self.counted_before[identity] for identity in (*self.changed, *self.removed)]

    def come(self) -> list[Counted]:
        """Return what counts of the items that were changed or added."""
        return [counted(item) for item in (*self.changed.values(), *self.added)]

    def kept(self) -> dict[uuid.UUID, CatalogItem]:
        """Return the items that are now there, by identity, for what points to them."""
        touched = [*self.changed, *(item.identity for item in self.added)]
        return {item.identity: item for item in self.version.items.filter(identity__in=touched).only("pk", "identity")}


def _refused(name: str, code: str, message: str) -> Outcome:
    return Outcome("refused", faults=(Fault(name, code, message),))


def _unsound(problems: Iterable[ItemProblem]) -> Outcome:
    """Return what came of an operation that would leave an item as it must not be."""
    faults = map(fault_of, problems)
    return Outcome("refused", faults=tuple(Fault(f"values.{one.field}", one.code, one.message) for one in faults))


def code_taken(name: str) -> Fault:
    """Return what is wrong with a code that another item of the version has."""
    return Fault(name, "code_taken", _("Another item of this version has this code."))


def _leave_remarks(by: User, items: _Items, effective: Iterable[Effective], reason: str) -> None:
    """Leave one remark for each operation, as single writes do; what the agency does not see is left out."""
    kept = items.kept()
    edits: list[tuple[CatalogItem, Changes]] = []
    others: list[ItemRemark] = []
    for written, outcome in effective:
        item = _as_left(written, outcome.code, kept)
        if outcome.status == "changed":
            edits.append((item, outcome.changes))
        else:
            pair = (None, item.name) if outcome.status == "added" else (item.name, None)
            others.append(remark_on(by, item, {outcome.status: pair}, reason))
    mark_changes(by, edits, reason)
    ItemRemark.objects.bulk_create(others)


def _as_left(item: CatalogItem, code: str, kept: Mapping[uuid.UUID, CatalogItem]) -> CatalogItem:
    """Return an item that a remark can point to while it is there, called as an operation left it."""
    there = kept.get(item.identity)
    return CatalogItem(pk=there.pk if there else None, version=item.version, code=code, name=item.name)


def _before_and_after(effective: Iterable[Effective]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the ledger keeps, by code: as single writes tell it, each operation under a name of its own.

    Counts are not kept: beside changes that a reader does not see, they would tell of them.
    """
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for item, outcome in effective:
        name, times = outcome.code, 1
        while name in before or name in after:
            times += 1
            name = f"{outcome.code} ({times})"
        if outcome.status == "added":
            after[name] = item.content
        elif outcome.status == "removed":
            before[name] = item.content
        else:
            before[name] = {column: was for column, (was, _now) in outcome.changes.items()}
            after[name] = {column: now for column, (_was, now) in outcome.changes.items()}
    return before, after

"""Writing single items of a version: change, add, remove. While it is appraised, the agency sees each as a remark."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cms.catalogs import extra, permissions
from cms.catalogs.actions.drafting import apply_values, finish_write, lock_for_edit, record_edit, require_reason
from cms.catalogs.actions.seen import forget_seen
from cms.catalogs.enums import Audience, RemarkKind, VersionState
from cms.catalogs.errors import ItemRefused
from cms.catalogs.item_fields import BY_KEY, ItemProblem, name_positions, refusals
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogVersion, ExtraColumn, ItemRemark
from cms.catalogs.summary import counted
from cms.organisations.models import Agency
from cms.users.models import User

_PLAIN = tuple(name for name in CONTENT_FIELDS if name != "extra")
# {field: (before, after)}, added columns as ``extra.<key>``.
Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Fault:
    """Why an item cannot be written so: the field at fault ("" for none), a stable code, and a sentence."""

    field: str
    code: str
    message: str


def fault_of(problem: ItemProblem) -> Fault:
    """Return a problem as programs are told of it."""
    return Fault(BY_KEY[problem.field].api_name, problem.api_code, problem.sentence(_))


def require_sound(code: str, problems: Iterable[ItemProblem]) -> None:
    """Raise ItemRefused when there are problems."""
    if faults := tuple(map(fault_of, problems)):
        sentences = " ".join(fault.message for fault in faults)
        raise ItemRefused(
            _("Item %(code)s cannot be saved so. %(sentences)s") % {"code": code, "sentences": sentences}, faults=faults
        )


@transaction.atomic
def edit_items(
    *, by: User, version: CatalogVersion, items: Iterable[CatalogItem], changes: dict[str, Any], reason: str = ""
) -> int:
    """Give the same new values to some items of one version; return how many really changed.

    An added column is named ``extra.<key>`` and takes its stored text ("" empties it); the others stay as they are.
    While the Department of Home Affairs appraises, a reason is required and each change is marked as a remark that the
    agency sees. Raises DomainError when the version cannot be edited by this person now, or a column is not theirs;
    ItemRefused when an item would not pass its check.
    """
    version = lock_for_edit(by=by, version=version)
    require_fields(by, version.catalog.agency, changes)
    chosen = list(version.items.filter(pk__in=[item.pk for item in items]))
    before = {item: counted(item) for item in chosen}
    for item in chosen:
        content = item.content
        require_sound(item.code, refusals(content | changes, version.terms, content))
    edited = {item: done for item in chosen if (done := edit_item(item, changes))}
    if not edited:
        return 0
    require_reason(version, reason)
    forget_seen(item.pk for item in edited)
    _save(list(edited), {"extra" if name.startswith(extra.PREFIX) else name for name in changes})
    if version.state == VersionState.SUBMITTED:
        mark_changes(by, edited.items(), reason)
    finish_write(by, version, gone=map(before.__getitem__, edited), come=map(counted, edited))
    record_edit(
        by, version, "catalog_item.edit",
        {item.code: {name: was for name, (was, _now) in done.items()} for item, done in edited.items()},
        {item.code: {name: now for name, (_was, now) in done.items()} for item, done in edited.items()}, reason,
    )  # fmt: skip
    return len(edited)


def _save(items: list[CatalogItem], names: set[str]) -> None:
    names |= {"code_key", "search_text"}
    if len(items) == 1:
        # A quarter of the work, all of it under the lock.
        items[0].save(update_fields=names)
    else:
        CatalogItem.objects.bulk_update(items, names, batch_size=500)


@transaction.atomic
def add_item(
    *, by: User, version: CatalogVersion, values: dict[str, Any], reason: str = "", identity: uuid.UUID | None = None
) -> CatalogItem:
    """Add one item at the end of the version; added columns are named as in ``edit_items``, and so is ItemRefused.

    ``identity`` is that of an item that comes back; without one the item is new.
    """
    version = lock_for_edit(by=by, version=version)
    require_reason(version, reason)
    require_fields(by, version.catalog.agency, values)
    require_sound(values.get("code", ""), refusals(values, version.terms))
    last = version.items.aggregate(last=Max("position"))["last"] or 0
    item = CatalogItem(version=version, position=last + 1, identity=identity or uuid.uuid4())
    fill_item(item, values)
    item.full_clean(exclude=["version"])
    item.save(force_insert=True)
    if version.state == VersionState.SUBMITTED:
        remark_on(by, item, {"added": (None, item.name)}, reason).save()
    finish_write(by, version, come=[counted(item)])
    record_edit(by, version, "catalog_item.add", {}, {item.code: values}, reason)
    return item


@transaction.atomic
def remove_items(*, by: User, version: CatalogVersion, items: Iterable[CatalogItem], reason: str = "") -> int:
    """Take items out of the version; return how many there were."""
    version = lock_for_edit(by=by, version=version)
    require_reason(version, reason)
    chosen = list(version.items.filter(pk__in=[item.pk for item in items]))
    if version.state == VersionState.SUBMITTED:
        remarks = [remark_on(by, item, {"removed": (item.name, None)}, reason, gone=True) for item in chosen]
        ItemRemark.objects.bulk_create(remarks)
    version.items.filter(pk__in=[item.pk for item in chosen]).delete()
    finish_write(by, version, gone=map(counted, chosen))
    record_edit(by, version, "catalog_item.remove", {item.code: item.content for item in chosen}, {}, reason)
    return len(chosen)


def require_fields(by: User, agency: Agency, names: Iterable[str]) -> None:
    """Refuse names that are no field of an item, and columns that this person does not see or nobody fills in."""
    added = {name for name in names if name.startswith(extra.PREFIX)}
    if unknown := set(names) - added - set(_PLAIN):
        raise TypeError(f"not a field of an item: {sorted(unknown)}")
    if added:
        theirs = ExtraColumn.objects.in_use().seen_by(by, agency)
        permissions.require(added <= {column.field_name for column in theirs})


def _whole(item: CatalogItem, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes with the item's added columns as one field, and the positions with their names."""
    values = {name: value for name, value in changes.items() if not name.startswith(extra.PREFIX)}
    if values.get("positions"):
        values["positions"] = name_positions(values["positions"], item.version.known_positions)
    added = [name for name in changes if name.startswith(extra.PREFIX)]
    if added:
        values["extra"] = item.extra
    for name in added:
        extra.put(values, name, changes[name])
    return values


def fill_item(item: CatalogItem, values: Mapping[str, Any]) -> None:
    """Give a new item, unsaved, its content; added columns are named as in ``edit_items``."""
    apply_values(item, _whole(item, values))
    item.refresh_keys()


def edit_item(item: CatalogItem, changes: Mapping[str, Any]) -> Changes:
    """Set new values on the item, unsaved, and return those that differ."""
    before = apply_values(item, _whole(item, changes))
    done = {name: (was, getattr(item, name)) for name, was in before.items() if name != "extra"}
    return done | extra.changes(before.get("extra", item.extra), item.extra)


def mark_changes(by: User, edited: Iterable[tuple[CatalogItem, Changes]], reason: str) -> None:
    """Leave a remark for each change of an item, unless the agency sees nothing of what was changed."""
    hidden = {column.field_name for column in ExtraColumn.objects.filter(audience=Audience.APPRAISERS)}
    seen = [(item, done) for item, done in edited if set(done) - hidden]
    ItemRemark.objects.bulk_create(remark_on(by, item, done, reason) for item, done in seen)


def remark_on(by: User, item: CatalogItem, changes: Changes, reason: str, *, gone: bool = False) -> ItemRemark:
    """Return a remark, unsaved, that tells the agency of a change; it points to the item unless that is ``gone``."""
    there = None if gone or item.pk is None else item
    return ItemRemark(
        version=item.version, item=there, item_code=item.code, kind=RemarkKind.CHANGE, text=reason,
        changes={name: list(pair) for name, pair in changes.items()}, by=by,
    )  # fmt: skip

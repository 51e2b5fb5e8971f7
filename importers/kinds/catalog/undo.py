"""Taking an upload out of a draft again: only what it wrote goes back, and what people edited since stays.

The list as it would be is worked out whole and then written by the one verb that writes lists. What the upload wrote is
in its stored rows; where the items stood before is in its pack (``store.store``).
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalog_pages.tasks import CatalogTaskState
from cms.catalogs import actions as catalog_actions
from cms.catalogs import extra
from cms.catalogs.actions import ItemRow
from cms.catalogs.enums import AGENCY_EDITABLE, VersionState
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogVersion
from cms.core.text import code_key
from cms.users.models import User
from importers.batches import packing
from importers.batches.previews import rows_of
from importers.enums import BatchState, MissingItems, RowClass
from importers.kinds.catalog.store import details, read_values
from importers.kinds.catalog.target import forget_version
from importers.kinds.contract import LeftRow, UndoPlan
from importers.models import ImportBatch, ImportRow

_CHUNK = 500


@dataclass
class _Place:
    """Where an item stands in the list, and which line of which upload it came from."""

    position: int
    batch: str | None
    sheet: str
    row: int | None


@dataclass
class _List:
    """The list on its way back: values and places by identity, and what was done and left."""

    version: CatalogVersion
    values: dict[uuid.UUID, dict[str, Any]]
    places: dict[uuid.UUID, _Place]
    removed: int = 0
    restored: int = 0
    returned: int = 0
    left: list[LeftRow] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)


def plan(batch: ImportBatch) -> UndoPlan:
    """Return what taking the upload back would do to its version now."""
    # As it is now, whatever the caller has in hand.
    version = CatalogVersion.objects.filter(uploads=batch.pk).select_related("catalog__agency").first()
    if version is None or version.state not in AGENCY_EDITABLE:
        return UndoPlan(refusal=_refusal(version))
    going = _List(version, *_as_it_is(version))
    before = packing.stored(batch, packing.BEFORE) or {}
    was = {uuid.UUID(identity): _Place(*place) for identity, place in before.get("places", {}).items()}
    for row in rows_of(batch, RowClass.NEW, RowClass.CHANGED, RowClass.SAME):
        _take_back(going, row, was)
    if batch.missing == MissingItems.REMOVE:
        going.codes = {code_key(values["code"]) for values in going.values.values()}
        for row in rows_of(batch, RowClass.MISSING):
            _bring_back(going, row, was)
    discards = version.number if _is_as_begun(going, batch, before) else 0
    return UndoPlan(
        edition=version.edition, removed=going.removed, restored=going.restored, returned=going.returned,
        discards=discards, left=going.left, work=going,
    )  # fmt: skip


def _refusal(version: CatalogVersion | None) -> str:
    number = version.number if version else 0
    message = _("Version %(number)s has been submitted or decided, so nothing is taken out of it any more.")
    return message % {"number": number}


def _is_as_begun(going: _List, batch: ImportBatch, before: dict[str, Any]) -> bool:
    """Return whether the upload began this draft, and nothing but it would be left to tell of anybody's work."""
    version, began = going.version, before.get("began")
    if began is None or going.left or version.state != VersionState.DRAFT:
        return False
    now, unit = details(version), before.get("standard_unit")
    if unit and now["standard_unit"] == unit[1]:
        now["standard_unit"] = unit[0]
    # As JSON keeps them: it has no numbers for keys.
    if json.loads(json.dumps(now)) != began:
        return False
    others = ImportBatch.objects.filter(catalog__committed_to=version, state=BatchState.COMMITTED).exclude(pk=batch.pk)
    seen = others.exists() or version.remarks.exists() or CatalogTaskState.objects.filter(version=version).exists()
    return not seen and _order(going) == _items_of(version.base) and _is_same(going, version.base)


def _order(going: _List) -> list[uuid.UUID]:
    return sorted(going.values, key=lambda identity: going.places[identity].position)


def _items_of(base: CatalogVersion | None) -> list[uuid.UUID]:
    return list(base.items.order_by("position", "pk").values_list("identity", flat=True)) if base else []


def _is_same(going: _List, base: CatalogVersion | None) -> bool:
    return going.values == (_as_it_is(base)[0] if base else {})


def _as_it_is(version: CatalogVersion) -> tuple[dict[uuid.UUID, dict[str, Any]], dict[uuid.UUID, _Place]]:
    values, places = {}, {}
    for item in version.items.order_by("position", "pk"):
        values[item.identity] = {name: getattr(item, name) for name in CONTENT_FIELDS}
        upload = str(item.batch) if item.batch else None
        places[item.identity] = _Place(item.position, upload, item.sheet, item.row)
    return values, places


def _take_back(going: _List, row: ImportRow, was: dict[uuid.UUID, _Place]) -> None:
    identity = row.identity
    wrote, now = read_values(row.values), going.values.get(identity)
    if now is None:
        if row.change == RowClass.CHANGED:
            going.left.append(_left_row(wrote, _("It was removed from the list since.")))
    elif now != wrote:
        if row.change != RowClass.SAME:
            going.left.append(_left_row(now, _("It was edited since.")))
    elif row.change == RowClass.NEW:
        del going.values[identity], going.places[identity]
        going.removed += 1
    else:
        _restore(going, row, identity)
        going.places[identity] = was.get(identity, going.places[identity])


def _restore(going: _List, row: ImportRow, identity: uuid.UUID) -> None:
    if row.changes:
        values = going.values[identity]
        values |= read_values({name: before for name, (before, _) in row.changes.items() if name in CONTENT_FIELDS})
        for name in row.changes.keys() - set(CONTENT_FIELDS):
            extra.put(values, name, row.changes[name][0])
        going.restored += 1


def _bring_back(going: _List, row: ImportRow, was: dict[uuid.UUID, _Place]) -> None:
    identity, values = row.identity, read_values(row.values)
    if code_key(values["code"]) in going.codes:
        going.left.append(_left_row(values, _("It stays removed: another item has its code now.")))
        return
    going.values[identity] = values
    going.places[identity] = was.get(identity, _Place(len(going.values), None, "", None))
    going.returned += 1


def _left_row(values: dict[str, Any], why: str) -> LeftRow:
    return LeftRow(values["code"], values["name"], why)


def undo(*, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
    """Write the list as it was planned, and the standard unit as it was unless somebody has changed that.

    A draft that the upload began, and that would be as it began, is taken away instead.
    """
    going: _List = plan.work
    version = going.version
    if plan.discards:
        _discard(by, batch, version)
        return
    rows = [
        ItemRow(going.values[identity], identity, going.places[identity].sheet, going.places[identity].row)
        for identity in _order(going)
    ]
    catalog_actions.write_rows(
        by=by, version=version, rows=rows, missing="remove", edition=plan.edition, source={"undone": batch.file_name}
    )
    _name_uploads_again(version, going.places)
    unit = (packing.stored(batch, packing.BEFORE) or {}).get("standard_unit")
    version.refresh_from_db()
    if unit and version.standard_unit == unit[1]:
        catalog_actions.edit_details(by=by, version=version, standard_unit=unit[0])


def _discard(by: User, batch: ImportBatch, version: CatalogVersion) -> None:
    batch.catalog.committed_to = None
    take_away(by=by, version=version)


def take_away(*, by: User, version: CatalogVersion) -> None:
    """Take a draft away. The uploads that were compared with it or written into it keep their verdicts and counts."""
    forget_version(version)
    catalog_actions.discard_version(by=by, version=version)


def _name_uploads_again(version: CatalogVersion, places: dict[uuid.UUID, _Place]) -> None:
    """Writing a list leaves the written items without an upload; give them back the one that they came from."""
    by_upload = defaultdict(list)
    for identity in version.items.filter(batch=None).values_list("identity", flat=True):
        if identity in places and (upload := places[identity].batch):
            by_upload[upload].append(identity)
    for upload, identities in by_upload.items():
        for start in range(0, len(identities), _CHUNK):
            chosen = CatalogItem.objects.filter(version=version, identity__in=identities[start : start + _CHUNK])
            chosen.update(batch=uuid.UUID(upload))

"""Writing a checked catalog into the agency's draft."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from django.db.models import DecimalField
from django.utils.translation import gettext as _

from catalog_pages import actions as pages
from cms.catalogs import actions as catalog_actions
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogVersion
from cms.users.models import User
from importers.batches import packing
from importers.batches.previews import rows_of
from importers.enums import MissingItems, RowClass
from importers.kinds.contract import Base
from importers.models import ImportBatch


def blocking_reason(base: Base) -> str:
    """Return whether the version lies with somebody else."""
    version = base.record
    if version and not version.is_frozen and version.state not in AGENCY_EDITABLE:
        return _("A version of this catalog is being appraised, so the file cannot be written until it is returned.")
    return ""


def store(*, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> int | None:
    """Write the stored rows into the draft, started if there is none; nothing to change leaves all as it is."""
    version = base.record
    if not batch.changes_anything(missing):
        return _keep_target(batch, version)
    began, unit = None, None
    if version is None or version.is_frozen:
        version = _start_version(by, batch)
        began = details(version)
        version, unit = _take_standard_unit(by, batch, version)
    before = {"places": _places(version), "standard_unit": unit, "began": began}
    packing.keep(batch, packing.BEFORE, before)
    catalog_actions.write_rows(
        by=by, version=version, rows=_item_rows(batch), missing=_removal(missing), batch=batch.pk,
        edition=version.edition, source={"file": batch.file_name, "sha256": batch.sha256}, authors=batch.authors(),
    )  # fmt: skip
    version.refresh_from_db()
    return _keep_target(batch, version)


def _keep_target(batch: ImportBatch, version: CatalogVersion | None) -> int | None:
    batch.catalog.committed_to = version
    batch.catalog.save(update_fields=["committed_to"])
    return version.number if version else None


def _places(version: CatalogVersion) -> dict[str, list[Any]]:
    """Where each item stood, and which line of which upload it came from: an undo puts it there again."""
    rows = version.items.values_list("identity", "position", "batch", "sheet", "row")
    return {str(identity): list(place) for identity, *place in rows}


def _removal(missing: MissingItems) -> Literal["remove", "keep"]:
    return "keep" if missing == MissingItems.KEEP else "remove"


def _start_version(by: User, batch: ImportBatch) -> CatalogVersion:
    page = pages.open_page(by=by, agency=batch.agency)
    return catalog_actions.start_version(by=by, catalog=page.catalog)


def details(version: CatalogVersion) -> dict[str, Any]:
    """Return what a version says besides its items, as JSON keeps it: an undo sees whether somebody changed it."""
    # However many noughts stand behind the point.
    numbers = {name: f"{getattr(version, name).normalize():f}" for name in ("standard_score", "divisor")}
    return numbers | {
        "standard_unit": version.standard_unit, "frames": version.frames, "legal_basis": version.legal_basis,
        "year": version.year, "round": version.round_id,
    }  # fmt: skip


def _take_standard_unit(
    by: User, batch: ImportBatch, version: CatalogVersion
) -> tuple[CatalogVersion, list[str] | None]:
    """Fill a first version's standard unit from the file's title; return it with the unit before and after."""
    unit, score = batch.title.get("standard_unit"), batch.title.get("standard_score")
    consistent = score is None or Decimal(score) == version.standard_score
    if version.base is not None or not unit or not consistent:
        return version, None
    before = version.standard_unit
    version = catalog_actions.edit_details(by=by, version=version, standard_unit=unit[:300])
    return version, [before, version.standard_unit]


def _item_rows(batch: ImportBatch) -> list[catalog_actions.ItemRow]:
    rows = rows_of(batch, RowClass.NEW, RowClass.CHANGED, RowClass.SAME)
    return [catalog_actions.ItemRow(read_values(row.values), row.identity, row.sheet, row.row) for row in rows]


def read_values(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored values as an item holds them: JSON's text is a Decimal again, nothing of the file is read twice."""
    values = dict(stored)
    for name in _DECIMALS & values.keys():
        if values[name] is not None:
            values[name] = Decimal(values[name])
    return values


_DECIMALS = frozenset(name for name in CONTENT_FIELDS if isinstance(CatalogItem._meta.get_field(name), DecimalField))

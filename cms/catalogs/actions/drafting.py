"""Opening catalogs and versions, their details, and writing whole lists into a draft."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.db import transaction
from django.db.models import Field, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.actions.seen import forget_seen
from cms.catalogs.enums import AGENCY_EDITABLE, VersionState
from cms.catalogs.errors import ReasonRequired, StaleEdition, VersionIsFrozen
from cms.catalogs.models import (
    CONTENT_FIELDS,
    SEARCHED,
    Catalog,
    CatalogItem,
    CatalogRound,
    CatalogVersion,
    ExtraColumn,
    search_keys,
)
from cms.catalogs.rounds import round_for
from cms.catalogs.summary import Counted, Summary, summary_after, summary_of
from cms.core.bulk import insert_rows
from cms.core.errors import WrongState
from cms.organisations.models import Agency
from cms.users.models import User

_COPIED = (*CONTENT_FIELDS, "identity", "position", "code_key", "search_text", "batch", "sheet", "row")
_WRITTEN = (*CONTENT_FIELDS, "position", "code_key", "search_text", "batch", "sheet", "row")
_INSERTED = ("version", "identity", *_WRITTEN)
_DEFAULTS = [(name, cast(Field[Any, Any], CatalogItem._meta.get_field(name)).get_default()) for name in CONTENT_FIELDS]
_DETAILS = frozenset({"standard_unit", "standard_score", "divisor", "frames", "legal_basis", "year", "round"})


@dataclass(frozen=True)
class ItemRow:
    """One row to write: its content, where it stood, and the identity it continues (None for a new item)."""

    values: dict[str, Any]
    identity: uuid.UUID | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Written:
    """What a write did."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0


@transaction.atomic
def open_catalog(*, by: User | None, agency: Agency) -> Catalog:
    """Return the agency's catalog, opened if it had none."""
    catalog, created = Catalog.objects.get_or_create(agency=agency)
    if created:
        record(by=by, action="catalog.open", subject=catalog, agency_code=agency.code)
    return catalog


@transaction.atomic
def start_version(*, by: User, catalog: Catalog, year: int | None = None) -> CatalogVersion:
    """Start the next version as a copy of the last decided one, items keeping their identities.

    Whoever starts it is a writer of it; who wrote the decided one is not. Refuses while another version is still open.
    """
    permissions.require(permissions.can_write(by, catalog))
    Catalog.objects.select_for_update().get(pk=catalog.pk)
    if catalog.versions.open().exists():
        raise WrongState(_("This catalog already has a version that is not decided yet."))
    base = catalog.versions.frozen().order_by("-number").first()
    current_round = round_for(catalog.agency)
    version = CatalogVersion(catalog=catalog, base=base, round=current_round, created_by=by)
    version.number = (catalog.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    _fill_details(version, base, current_round, year)
    version.save()
    version.writers.add(by)
    if base:
        _copy_items(base, version)
        refresh_summary(version)
    record(
        by=by, action="catalog_version.start", subject=version, agency_code=catalog.agency.code,
        after={"number": version.number, "base": base and base.number},
    )  # fmt: skip
    return version


def _fill_details(
    version: CatalogVersion, base: CatalogVersion | None, current: CatalogRound | None, year: int | None
) -> None:
    source: Any = base or current or CatalogRound(year=year or timezone.localdate().year)
    version.standard_unit, version.standard_score = source.standard_unit, source.standard_score
    version.divisor = base.divisor if base else source.standard_score
    version.frames = dict(source.frames)
    version.legal_basis = base.legal_basis if base else ""
    version.year = year or (current or source).year


def _copy_items(base: CatalogVersion, version: CatalogVersion) -> None:
    rows = base.items.order_by("position", "pk").values_list(*_COPIED)
    insert_rows(CatalogItem, ("version", *_COPIED), ((version.pk, *row) for row in rows.iterator()))


def working_version(catalog: Catalog) -> CatalogVersion | None:
    """Return the version that is not decided yet, if there is one."""
    return catalog.versions.open().select_related("catalog__agency").first()


@transaction.atomic
def edit_details(*, by: User, version: CatalogVersion, reason: str = "", **changes: Any) -> CatalogVersion:
    """Change the version's own details: standard unit, its score, divisor, frames, legal basis, year, round."""
    version = lock_for_edit(by=by, version=version)
    if unknown := set(changes) - _DETAILS:
        raise TypeError(f"not a detail of a version: {sorted(unknown)}")
    before = {name: getattr(version, name) for name, value in changes.items() if getattr(version, name) != value}
    if not before:
        return version
    require_reason(version, reason)
    if "round" in before:
        _require_open_round(version, changes["round"])
    for name in before:
        setattr(version, name, changes[name])
    version.edition += 1
    version.save()
    version.writers.add(by)
    record_edit(by, version, "catalog_version.edit", before, {name: changes[name] for name in before}, reason)
    return version


def _require_open_round(version: CatalogVersion, round_: CatalogRound | None) -> None:
    if round_ and not CatalogRound.objects.open_to(version.catalog.agency).filter(pk=round_.pk).exists():
        raise WrongState(_("This round is for another block."))


@transaction.atomic
def write_rows(
    *,
    by: User,
    version: CatalogVersion,
    rows: Sequence[ItemRow],
    missing: Literal["remove", "keep"] = "remove",
    batch: uuid.UUID | None = None,
    edition: int | None = None,
    source: dict[str, Any] | None = None,
    authors: Iterable[User] = (),
) -> Written:
    """Write a whole uploaded list into a draft in one transaction: add, change, and remove (or keep) what is missing.

    ``rows`` is the complete list in its order, ``authors`` those whose work it is: like ``by`` they become writers.
    ``edition`` is the count at which the list was compared; if the version has been written to since, nothing happens
    and StaleEdition is raised. Only before submission (importing contract).
    """
    version = lock_for_edit(by=by, version=version)
    if version.state not in AGENCY_EDITABLE:
        raise WrongState(_("A submitted version is not uploaded over. Ask for it to be returned first."))
    if edition is not None and edition != version.edition:
        raise StaleEdition(_("The version has changed since this file was checked. Check the file again."))
    current = {item.identity: item for item in version.items.all()}
    written, changed, new = _merge(current, rows, batch)
    listed = {row.identity for row in rows}
    absent = [item for identity, item in current.items() if identity not in listed]
    removed = [item.pk for item in absent] if missing == "remove" else []
    for start in range(0, len(removed), 500):
        version.items.filter(pk__in=removed[start : start + 500]).delete()
    forget_seen(item.pk for item in changed)
    # New items come last: one may have the code that a changed one had.
    CatalogItem.objects.bulk_create(
        changed, batch_size=500, update_conflicts=True, unique_fields=["version", "identity"], update_fields=_WRITTEN
    )
    insert_rows(CatalogItem, _INSERTED, (_new_item(version, batch, position, row) for position, row in new))
    result = Written(written["new"], written["changed"], written["same"], len(removed))
    if new or changed or removed:
        finish_write(by, version, *authors)
        counts = {"new": result.new, "changed": result.changed, "same": result.same, "removed": result.removed}
        record_edit(by, version, "catalog_version.upload", {}, counts | (source or {}) | {"batch": batch}, "")
    return result


def _merge(
    current: dict[uuid.UUID, CatalogItem], rows: Sequence[ItemRow], batch: uuid.UUID | None
) -> tuple[Counter[str], list[CatalogItem], list[tuple[int, ItemRow]]]:
    """Sort rows into new, changed and same; return the items to be written over, and new rows with their positions."""
    counts: Counter[str] = Counter()
    written: list[CatalogItem] = []
    new: list[tuple[int, ItemRow]] = []
    for position, row in enumerate(rows, start=1):
        item = current.get(row.identity) if row.identity else None
        if item is None:
            new.append((position, row))
            continue
        changed = apply_values(item, row.values)
        counts["changed" if changed else "same"] += 1
        if changed or item.position != position:
            item.position, item.batch, item.sheet, item.row = position, batch, row.sheet, row.row
            written.append(item)
    counts["new"] = len(new)
    return counts, written, new


def _new_item(version: CatalogVersion, batch: uuid.UUID | None, position: int, row: ItemRow) -> tuple[Any, ...]:
    """Return the values of a new item in the order of _INSERTED."""
    values = row.values
    content = [values.get(name, default) for name, default in _DEFAULTS]
    keys = search_keys(*(values.get(name, "") for name in SEARCHED))
    return (version.pk, row.identity or uuid.uuid4(), *content, position, *keys, batch, row.sheet, row.row)


def apply_values(item: CatalogItem, values: dict[str, Any]) -> dict[str, Any]:
    """Set the values on the item, and return what the changed ones were before."""
    before = {name: getattr(item, name) for name, value in values.items() if getattr(item, name) != value}
    for name in before:
        setattr(item, name, values[name])
    if before:
        item.refresh_keys()
    return before


def lock_for_edit(*, by: User, version: CatalogVersion) -> CatalogVersion:
    """Return the version, locked until the transaction ends, if this person may change it now."""
    locked = CatalogVersion.objects.select_for_update(of=("self",)).select_related("catalog__agency").get(pk=version.pk)
    if locked.is_frozen:
        raise VersionIsFrozen(_("This version is approved and never changes. Start a new version."))
    permissions.require(permissions.can_edit(by, locked))
    return locked


def recounted(version: CatalogVersion) -> Summary:
    """Count all items of a version, their fields of work, groups and added columns."""
    rows = version.items.order_by().values_list("field", "group", "extra")
    return summary_of(rows, ExtraColumn.objects.listed().key_set())


def refresh_summary(version: CatalogVersion) -> None:
    """Keep the totals of a version that somebody filled at once, so that no page has to count."""
    version.summary = recounted(version)
    version.save(update_fields=["summary"])


def finish_write(
    by: User, version: CatalogVersion, *authors: User, gone: Iterable[Counted] = (), come: Iterable[Counted] = ()
) -> None:
    """Count the write, remember who writes and whose work it is, and keep the version's totals.

    ``gone`` is what counted of the touched items before the write, ``come`` what counts of them now: among thousands
    of items only those are looked at (ADR 31). With neither, all are counted.
    """
    gone, come = list(gone), list(come)
    if gone or come:
        has_extra = any(extra for _field, _group, extra in (*gone, *come))
        listed = ExtraColumn.objects.listed().key_set() if has_extra else frozenset()
        after = summary_after(version.summary, gone=gone, come=come, listed=listed)
    else:
        after = None
    version.summary = recounted(version) if after is None else after
    version.edition += 1
    version.save(update_fields=["edition", "summary"])
    version.writers.add(by, *authors)


def require_reason(version: CatalogVersion, reason: str) -> None:
    """Refuse a change without a reason while the Department of Home Affairs appraises."""
    if version.state == VersionState.SUBMITTED and not reason.strip():
        raise ReasonRequired(_("Say why: the agency will read the reason beside the change."))


def record_edit(
    by: User, version: CatalogVersion, action: str, before: dict[str, Any], after: dict[str, Any], reason: str
) -> None:
    """Write an edit of the version into the ledger."""
    record(
        by=by, action=action, subject=version, agency_code=version.catalog.agency.code,
        before=before, after=after, reason=reason,
    )  # fmt: skip

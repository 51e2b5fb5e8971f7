"""What a catalog file is compared with, and what the check must know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cms.catalogs import actions as catalog_actions
from cms.catalogs.difference import compare_versions
from cms.catalogs.extra import PREFIX
from cms.catalogs.models import Catalog, CatalogItem, CatalogRound, CatalogVersion, ExtraColumn
from cms.catalogs.rounds import round_for
from cms.organisations.models import Agency
from importers.checking.columns import Column, Layout
from importers.kinds.catalog.check.context import BaseItem, Context
from importers.kinds.catalog.check.layouts import COMMON, LAYOUTS
from importers.kinds.contract import Base
from importers.problems import Problem, warning
from importers.reading import Limits


def base_of(agency: Agency) -> Base:
    """Return the open version, else the last decided one, else nothing; and its count of writes."""
    catalog = Catalog.objects.filter(agency=agency).first()
    if catalog is None:
        return Base()
    version = catalog_actions.working_version(catalog) or catalog.versions.frozen().order_by("-number").first()
    return Base(version, version.edition) if version else Base()


def context_for(agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...]) -> Context:
    """Return what the check must know of the version that the file is for."""
    version = rules_of(agency, base)
    return Context(
        standard_score=version.divisor,
        prefix=agency.item_prefix,
        max_group=version.max_group,
        group_frames=version.group_frames,
        base_items=_base_items(base),
        used_codes=_used_codes(agency),
        positions=version.known_positions,
        layouts=tuple(_with_former_choices(layout, version) for layout in layouts),
        limits=limits,
    )


def _with_former_choices(layout: Layout, version: CatalogVersion) -> Layout:
    """Let a cell say again what items say: a choice that is none any more may stay, so that our own files come back."""
    held = {key: sorted(texts) for key, texts in version.summary.get("choices", {}).items()}
    columns = tuple(
        replace(column, choices=tuple(dict.fromkeys((*column.choices, *held.get(column.key.removeprefix(PREFIX), ())))))
        if column.kind == "choice"
        else column
        for column in layout.columns
    )
    return replace(layout, columns=columns)


def rules_of(agency: Agency, base: Base) -> CatalogVersion:
    """Return the version whose frames and divisor hold for a file: the base, or one as the agency's round begins it."""
    if base.record is not None:
        return base.record
    start = round_for(agency) or CatalogRound()
    return CatalogVersion(
        divisor=start.standard_score, standard_score=start.standard_score, standard_unit=start.standard_unit,
        frames=start.frames,
    )  # fmt: skip


def round_of(agency: Agency, base: Base) -> CatalogRound | None:
    """Return the round that a file is sent in: that of the open version, else the one going on for the agency."""
    if base.record is not None and not base.record.is_frozen:
        return base.record.round
    return round_for(agency)


def understood_layouts() -> tuple[Layout, ...]:
    """Return the layouts of templates, with the column of the common list that files of versions carry besides."""
    return tuple(replace(layout, columns=(*layout.columns, COMMON)) for layout in layouts())


def layouts() -> tuple[Layout, ...]:
    """Return the layouts of templates: those that ship, with the columns that the province added."""
    added = tuple(_added(column) for column in ExtraColumn.objects.in_files())
    return tuple(replace(layout, columns=(*layout.columns, *added)) for layout in LAYOUTS)


def _added(column: ExtraColumn) -> Column:
    kind: Any = column.kind
    return Column(
        column.field_name, column.name, kind=kind, required=column.required, filled=column.required, positive=False,
        choices=tuple(column.choices),
    )  # fmt: skip


def outdated(day: str, number: int, base: Base) -> Problem | None:
    """Say of a template how the list has changed since the version with an earlier number."""
    before = base.record.catalog.versions.filter(number=number).first()
    if before is None:
        return warning("template_before_first_version", day=day, current=base.number)
    counts = compare_versions(before, base.record, columns=ExtraColumn.objects.in_files().key_set()).counts
    return warning("template_of_earlier_version", day=day, number=number, current=base.number, **counts)


def _base_items(base: Base) -> list[BaseItem]:
    if base.record is None:
        return []
    fields = BaseItem.__dataclass_fields__
    return [BaseItem(*row) for row in base.record.items.order_by("position", "pk").values_list(*fields)]


def _used_codes(agency: Agency) -> frozenset[str]:
    """Codes with the agency's prefix in any version: once given, a code is never given to another item."""
    ours = CatalogItem.objects.filter(version__catalog__agency=agency, code__istartswith=f"{agency.item_prefix}.")
    return frozenset(ours.order_by().values_list("code", flat=True).distinct())

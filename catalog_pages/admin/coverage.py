"""Positions that no item of a version names, and items that nobody at the agency does."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.admin.screens import VersionScreen
from cms.catalogs.coverage import items_nobody_does, positions_without_items
from cms.catalogs.models import CatalogItem
from cms.core.screens import Column, ListScreen, below


class CoverageScreen(VersionScreen, ListScreen):
    """One of the two lists, as of today; each leads to the other."""

    header_icon = "group"
    other: tuple[str, Any]

    def buttons(self) -> list[tuple[str, Any]]:
        name, label = self.other
        return [(reverse(name, args=[self.version.pk]), label)]


class PositionsWithoutItemsView(CoverageScreen):
    page_title = _("Positions without an item")
    other = ("catalogs:undone_items", _("Items that nobody does"))
    empty = _("Every position of the agency is named by an item of this version.")
    columns = [
        Column("name", _("Job position"), below=lambda each: below(each.code)),
        Column("group", _("Position group"), "group.name"),
        Column("holders", _("Officers who hold it")),
    ]

    def get_queryset(self) -> Any:
        found: Any = positions_without_items(self.version, timezone.localdate())
        return found.select_related("group").order_by("-holders", "name", "pk")


class UndoneItemsView(CoverageScreen):
    page_title = _("Items that nobody does")
    other = ("catalogs:unnamed_positions", _("Positions without an item"))
    empty = _("Every item names a position that somebody at the agency holds.")
    order = ("position", "id")
    columns = [
        Column("code", _("Code"), is_code=True),
        Column("name", _("Product or work"), "name", classname="td-sentence"),
        Column("positions", _("Job position"), lambda each: _why(each)),
    ]

    def get_queryset(self) -> QuerySet[CatalogItem]:
        return items_nobody_does(self.version, timezone.localdate())


def _why(item: CatalogItem) -> Any:
    return _("nobody holds: %(positions)s") % {"positions": item.positions} if item.positions else _("none is named")

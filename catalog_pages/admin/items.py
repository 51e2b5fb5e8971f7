"""The items of a version: listed, filtered, searched, page by page."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from catalog_pages.admin.presenters import RemarkLine, remark_line
from catalog_pages.admin.screens import VersionScreen
from catalog_pages.admin.versions import possible_acts
from catalog_pages.column_filters import ColumnFilter, column_filters
from cms.catalogs import actions
from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import CatalogItem, CatalogVersion, ItemRemark
from cms.catalogs.wording import ItemWords
from cms.core.paging import keyset_page
from cms.curation.common import common_of_version

PAGE_SIZES = (50, 100)
# A finding about more items than this shows the first of them; nobody reads on further.
MOST_FOUND = 500
# So many added columns of an item stand in its line; the item's own screen has all.
SHOWN_COLUMNS = 4
FILTERS = ("q", "field", "group", "marked", "finding")


class ItemsView(VersionScreen, TemplateView):
    """One page of the items; no query here grows with the version but the page itself."""

    template_name = "catalog_pages/admin/items.html"
    page_title = _("List of items")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the page, the remarks on its items, and the filters, whose choices the version keeps."""
        query, version = self.request.GET, self.version
        columns = column_filters(version, self.words, query)
        size = PAGE_SIZES[1] if query.get("size") == str(PAGE_SIZES[1]) else PAGE_SIZES[0]
        page = keyset_page(
            filtered(version, query, columns), order=("position", "id"), size=size,
            after=query.get("after", ""), before=query.get("before", ""),
        )  # fmt: skip
        return super().get_context_data(
            page=page, lines=_lines(version, page.rows, remarks_on(version, page.rows, self.words), self.words),
            may=possible_acts(self.person, version),
            fields=sorted(version.summary.get("fields", {}).items()),
            groups=sorted(version.summary.get("groups", {}).items()),
            chosen={name: query.get(name, "") for name in FILTERS}, size=size, sizes=PAGE_SIZES,
            columns=columns, is_filtered=any([*map(query.get, FILTERS), *(column.chosen for column in columns)]),
            **kwargs,
        )  # fmt: skip


def filtered(version: CatalogVersion, query: Any, columns: list[ColumnFilter]) -> QuerySet[CatalogItem]:
    """Return the version's items that the filters of an address let through."""
    items: Any = version.items.all()
    if query.get("field"):
        items = items.filter(field="" if query["field"] == "-" else query["field"])
    if query.get("group", "").isdecimal():
        items = items.filter(group=int(query["group"][:4]))
    if query.get("marked") in ("notes", "changes"):
        kind = RemarkKind.NOTE if query["marked"] == "notes" else RemarkKind.CHANGE
        marked = ItemRemark.objects.filter(version=version, kind=kind, resolved_at__isnull=True, item__isnull=False)
        items = items.filter(pk__in=marked.values("item_id"))
    if query.get("finding"):
        items = items.filter(code__in=_found_codes(version, query["finding"]))
    for column in columns:
        items = column.narrow(items)
    found: QuerySet[CatalogItem] = items.search(query.get("q", "").replace("\x00", ""))
    return found


def _found_codes(version: CatalogVersion, rule: str) -> list[str]:
    codes = [code for finding in actions.findings(version) if finding.rule == rule for code in finding.codes]
    return codes[:MOST_FOUND]


def remarks_on(version: CatalogVersion, items: list[CatalogItem], words: ItemWords) -> dict[int, list[RemarkLine]]:
    """Return the open remarks on these items, by the item's key."""
    by_key = {item.pk: item for item in items}
    remarks = version.remarks.filter(item__in=by_key, resolved_at__isnull=True).select_related("by", "resolved_by")
    lines: dict[int, list[RemarkLine]] = defaultdict(list)
    for remark in remarks:
        if remark.item_id is not None:
            remark.item = by_key[remark.item_id]
            lines[remark.item_id].append(remark_line(remark, words))
    return lines


def _lines(
    version: CatalogVersion, items: list[CatalogItem], remarks: dict[int, list[RemarkLine]], words: ItemWords
) -> list[dict[str, Any]]:
    common = common_of_version(version, items)
    return [
        {
            "item": item,
            "common": common[item.identity].words(item.coefficient) if item.identity in common else "",
            "added": [*words.optional(item.content), *words.filled(item.extra)[:SHOWN_COLUMNS]],
            "remarks": remarks.get(item.pk, []),
            "changed": any(line.is_change for line in remarks.get(item.pk, [])),
        }
        for item in items
    ]

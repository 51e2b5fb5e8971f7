"""The difference of two versions of a catalog, field by field."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from catalog_pages.admin.screens import CatalogObjectScreen
from cms.catalogs.difference import Difference, compare_versions
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation.common import common_changes

PAGE_SIZE = 50
SECTIONS = {"changed": _("Changed"), "new": _("New"), "removed": _("Removed"), "common": _("Common list")}


class DifferenceScreen(CatalogObjectScreen):
    """A screen about two versions of a catalog: ``before`` and ``after`` in the address are their numbers."""

    @cached_property
    def versions(self) -> list[CatalogVersion]:
        """Return the versions that this person can choose from, the newest first."""
        return list(
            self.catalog.versions.worked_on_by(self.person).select_related("catalog__agency").order_by("-number")[:200]
        )

    def pair(self) -> tuple[CatalogVersion | None, CatalogVersion]:
        """Return the versions to compare; unless chosen, the newest and the one before it."""
        after = self._chosen("after", default=0)
        before = self._chosen("before", default=self.versions.index(after) + 1)
        return before, after

    def _chosen(self, side: str, *, default: int) -> Any:
        """Return the version of this number, or the default one; before the first version there is nothing (None)."""
        number = self.request.GET.get(side, "")
        if number:
            found = next((version for version in self.versions if str(version.number) == number), None)
        else:
            found = self.versions[default] if default < len(self.versions) else None
        if found is None and (number or side == "after"):
            raise Http404
        return found


class DifferenceView(DifferenceScreen, TemplateView):
    """New, changed and removed items between two versions, one section at a time."""

    template_name = "catalog_pages/admin/difference.html"
    page_title = _("Differences")

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self.refused_url(), "label": str(self.catalog.agency)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = self.pair()
        difference = compare_versions(before, after, columns=self.words.keys)
        section = self._section(difference)
        common = self._common(before, after)
        counts = {name: difference.counts[name] for name in SECTIONS if name != "common"}
        # Links change seldom.
        counts |= {"common": len(common)} if common or section == "common" else {}
        rows = common if section == "common" else getattr(difference, section)
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        shown = list(page)
        if section == "changed":
            shown = [{"item": row.after, "changes": self.words.changes(row.changes)} for row in page]
        return super().get_context_data(
            catalog=self.catalog, before=before, after=after, versions=self.versions, page=page, rows=shown,
            section=section, same=difference.same, is_empty=difference.is_empty, file_kinds=("xlsx", "csv"),
            sections=[(name, SECTIONS[name], count) for name, count in counts.items()], **kwargs,
        )  # fmt: skip

    def _common(self, before: CatalogVersion | None, after: CatalogVersion) -> list[dict[str, Any]]:
        """Return the items that became or ceased to be items of the common list, in the order of the list."""
        became, ceased = common_changes(before, after) if before else ([], [])
        items = CatalogItem.objects.filter(version__in=[before, after], identity__in=[*became, *ceased])
        latest = {item.identity: item for item in items.order_by("version__number")}
        known = set(became)
        rows = [{"item": item, "is_common": item.identity in known} for item in latest.values()]
        return sorted(rows, key=lambda row: row["item"].position)

    def _section(self, difference: Difference) -> str:
        asked = self.request.GET.get("section", "")
        if asked in SECTIONS:
            return asked
        return next((name for name in SECTIONS if difference.counts.get(name)), "changed")

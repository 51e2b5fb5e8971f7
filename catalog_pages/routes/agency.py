"""Addresses below an agency's page: its catalog, each published version and item for ever, differences, files."""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from catalog_pages import presenters, published_versions
from catalog_pages.exports import about_table, difference_table, items_table
from catalog_pages.routes.answers import cacheable, file_answer, page_of_rows, query_without_place
from cms.catalogs.difference import compare_versions
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion, CatalogVersionQuerySet, ExtraColumn
from cms.catalogs.wording import ItemWords
from cms.core.dates import DateError, parse_date
from cms.curation.common import CommonItem, common_of_catalog, common_of_rows, common_of_version, stamp_of, with_common
from cms.curation.link_changes import link_changes, stamp_of_changes

_NUMBER = re.compile(r"[0-9]{1,9}")


class AgencyCatalogRoutes(RoutablePageMixin):
    """``/danh-muc/<agency>/…``. Only published versions exist here; all else is "not found"."""

    catalog_id: int

    @cached_property
    def with_agency(self) -> Catalog:
        """Return the page's catalog together with its agency."""
        return Catalog.objects.select_related("agency").get(pk=self.catalog_id)

    @cached_property
    def public_versions(self) -> list[CatalogVersion]:
        """Return the published versions, newest first."""
        return published_versions.public_versions(self.with_agency)

    @property
    def common_versions(self) -> CatalogVersionQuerySet:
        """Return the version of the common list that everybody may see today, for what is said of common items."""
        pages: Any = type(self)
        open_pages = pages.objects.live().public().order_by().values("pk")
        return CatalogVersion.objects.public().effective_on().filter(catalog__page__in=open_pages)

    @cached_property
    def words(self) -> ItemWords:
        """Return the words for items, with the added columns that everybody sees."""
        return ItemWords(ExtraColumn.objects.public())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer any address of this page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))

    @path("", name="current")
    def current(self, request: HttpRequest) -> Any:
        version = published_versions.current_of(self.public_versions)
        if version is None and not getattr(request, "is_preview", False):
            raise Http404
        return self._version_page(request, version)

    @path("phien-ban/", name="versions")
    def versions(self, request: HttpRequest) -> Any:
        self._require_published()
        return self._page(request, "version_list", current=self.public_versions[0])

    @path("phien-ban/<int:number>/", name="version")
    def version(self, request: HttpRequest, number: int) -> Any:
        """Show one version: its address for ever."""
        return self._version_page(request, self._version(number))

    @path("phien-ban/<int:number>/muc/<uuid:identity>/", name="item")
    def item(self, request: HttpRequest, number: int, identity: uuid.UUID) -> Any:
        """Show one item of one version: its address for ever, with what became of it in the other versions."""
        version = self._version(number)
        item = version.items.filter(identity=identity).first()
        if item is None:
            raise Http404
        history = presenters.item_history(self._items_of_all_versions(identity), self.words)
        facts = presenters.item_facts(item, self.words)
        common = common_of_version(version, [item], self.common_versions).get(identity)
        return self._page(
            request, "item", version=version, item=item, facts=facts, history=history,
            common_words=common.words(item.coefficient) if common else "",
            common_url=self._common_url(request, common) if common else "",
        )  # fmt: skip

    @path("muc/<uuid:identity>/", name="latest_item")
    def latest_item(self, request: HttpRequest, identity: uuid.UUID) -> Any:
        """Lead to an item in the newest version that holds it."""
        items = self._items_of_all_versions(identity)
        if not items:
            raise Http404
        return redirect(self._url(request, "item", items[0].version.number, identity))

    @path("so-sanh/", name="choose_difference")
    def choose_difference(self, request: HttpRequest) -> Any:
        """Lead to the difference that was chosen in the form (``tu``, ``den``)."""
        self._require_published()
        chosen = [request.GET.get(name, "") for name in ("tu", "den")]
        if not all(_NUMBER.fullmatch(text) for text in chosen):
            return redirect(self._url(request, "versions"))
        before, after = sorted(map(int, chosen))
        if before == after:
            return redirect(self._url(request, "version", after))
        return redirect(self._url(request, "difference", before, after))

    @path("so-sanh/<int:before>/<int:after>/", name="difference")
    def difference(self, request: HttpRequest, before: int, after: int) -> Any:
        """Show what is new, changed field by field, and removed between two versions."""
        earlier, later = self._pair(before, after)
        difference = compare_versions(earlier, later, columns=self.words.keys)
        excerpt = presenters.difference_excerpt(difference, self.words)
        return self._page(
            request, "difference", before=earlier, after=later, counts=difference.counts, excerpt=excerpt,
            links=presenters.changed_links(link_changes(earlier, later, self.common_versions)),
        )  # fmt: skip

    @path("so-sanh/<int:before>/<int:after>/<str:kind>/", name="difference_file")
    def difference_file(self, request: HttpRequest, before: int, after: int, kind: str) -> Any:
        """Send the difference of two versions as csv or xlsx."""
        earlier, later = self._pair(before, after)
        name = f"so-sanh-{self.with_agency.agency.code}-{before}-{after}"
        words = self.words
        links = link_changes(earlier, later, self.common_versions)
        contents = f"{earlier.content_hash}-{later.content_hash}-{words.stamp}-{stamp_of_changes(links)}"
        # What the common list says of its items changes while both versions stay as they are.
        changed = timezone.now() if links else _public_since(later)
        return file_answer(
            request, lambda: [difference_table(compare_versions(earlier, later, columns=words.keys), words, links)],
            kind=kind, name=name, contents=contents, changed=changed,
            rows=earlier.item_count + later.item_count,
        )  # fmt: skip

    @path("tai-ve/<int:number>/<str:kind>/", name="file")
    def file(self, request: HttpRequest, number: int, kind: str) -> Any:
        """Send a version as csv or xlsx."""
        version = self._version(number)
        name = f"danh-muc-{self.with_agency.agency.code}-phien-ban-{number}"
        owner = hashlib.sha256(self.with_agency.agency.name.encode()).hexdigest()[:12]
        common = common_of_catalog(version.catalog_id, self.common_versions)
        stamps = f"{self.words.stamp}-{stamp_of(common)}"
        contents = f"{version.content_hash}-{version.effective_to or ''}-{stamps}-{owner}"
        # Links come and go while the version stays as it is.
        changed = timezone.now() if common else _public_since(version)
        return file_answer(
            request, lambda: [items_table(version, self.words, common), about_table(version)],
            kind=kind, name=name, contents=contents, changed=changed, rows=version.item_count,
        )  # fmt: skip

    @path("ngay/", name="choose_day")
    def choose_day(self, request: HttpRequest) -> Any:
        """Lead to the version of the day that was chosen in the form (``ngay``)."""
        self._require_published()
        try:
            day = parse_date(request.GET.get("ngay", ""))
        except DateError:
            return redirect(self._url(request, "versions"))
        return redirect(self._url(request, "day", day.isoformat()))

    @path("ngay/<str:day>/", name="day")
    def day(self, request: HttpRequest, day: str) -> Any:
        """Lead to the version that held on a day."""
        try:
            on = datetime.date.fromisoformat(day)
        except ValueError as problem:
            raise Http404 from problem
        version = next((version for version in self.public_versions if version.holds_on(on)), None)
        if version is None:
            raise Http404
        return redirect(self._url(request, "version", version.number))

    def _version_page(self, request: HttpRequest, version: CatalogVersion | None) -> Any:
        if version is None:
            return self._page(request, "version")
        item_filter = presenters.ItemFilter.of(request.GET, version, self.words)
        items = with_common(item_filter.items().defer("search_text"), version)
        listed = page_of_rows(request, items, order=["position", "pk"])
        return self._page(
            request, "version",
            version=version, item_filter=item_filter, listed=listed, query=query_without_place(request),
            lines=presenters.item_lines(listed.rows, self.words, common_of_rows(listed.rows, self.common_versions)),
            groups=presenters.group_facts(version), is_current=version == self.public_versions[0],
            in_effect=version.holds_on(timezone.localdate()),
            changed=presenters.summarize_changes(version, self.public_versions, self.words),
            timeliness=presenters.timeliness(version, self.public_versions),
        )  # fmt: skip

    def _page(self, request: HttpRequest, template: str, **context: Any) -> Any:
        context |= {"agency": self.with_agency.agency, "versions": self.public_versions}
        return self.render(request, template=f"catalog_pages/{template}.html", context_overrides=context)

    def _url(self, request: HttpRequest, name: str, *args: Any) -> str:
        return self.get_url(request) + self.reverse_subpage(name, args=args)

    def _require_published(self) -> None:
        if not self.public_versions:
            raise Http404

    def _version(self, number: int) -> CatalogVersion:
        version = next((version for version in self.public_versions if version.number == number), None)
        if version is None:
            raise Http404
        return version

    def _pair(self, before: int, after: int) -> tuple[CatalogVersion, CatalogVersion]:
        if before >= after:
            raise Http404
        return self._version(before), self._version(after)

    def _common_url(self, request: HttpRequest, common: CommonItem) -> str:
        """Return the address of an item of the common list, whatever its version."""
        page = common.item.version.catalog.page
        return str(page.get_url(request) + page.reverse_subpage("latest_item", args=[common.item.identity]))

    def _items_of_all_versions(self, identity: uuid.UUID) -> list[CatalogItem]:
        """Return the item as each published version holds it, newest first."""
        versions = {version.pk: version for version in self.public_versions}
        items = list(CatalogItem.objects.filter(version__in=versions, identity=identity))
        for item in items:
            item.version = versions[item.version_id]
        order = list(versions)
        return sorted(items, key=lambda item: order.index(item.version_id))


def _public_since(version: CatalogVersion) -> datetime.datetime:
    if version.public_since is None:
        raise AssertionError("only published versions are shown")
    return version.public_since

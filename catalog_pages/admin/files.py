"""A version, or the difference of two, as a file: drafts too, for those who work on them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views import View

from catalog_pages.admin.differences import DifferenceScreen
from catalog_pages.admin.screens import VersionScreen
from catalog_pages.exports import about_table, difference_table, items_table
from catalog_pages.routes.answers import file_answer
from cms.catalogs.difference import compare_versions
from cms.curation.common import common_of_catalog, stamp_of
from cms.curation.link_changes import link_changes, stamp_of_changes


class VersionFileView(VersionScreen, View):
    """The items of a version under the headings of the template, so that the file can be mended and uploaded again."""

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
        version = self.version
        common = common_of_catalog(version.catalog_id)
        return file_answer(
            request,
            lambda: [items_table(version, self.words, common), about_table(version)],
            kind=kind,
            name=f"danh-muc-{version.catalog.agency.code}-phien-ban-{version.number}",
            contents=f"{version.pk}-{version.edition}-{version.state}-{self.words.stamp}-{stamp_of(common)}",
            changed=timezone.now(),
        )


class DifferenceFileView(DifferenceScreen, View):
    """The difference of two versions, a row for each field."""

    def get(self, request: HttpRequest, catalog_pk: int, kind: str) -> HttpResponseBase:
        before, after = self.pair()
        earlier = before.number if before else 0
        links = link_changes(before, after)
        stamps = f"{self.words.stamp}-{stamp_of_changes(links)}"
        return file_answer(
            request,
            lambda: [difference_table(compare_versions(before, after, columns=self.words.keys), self.words, links)],
            kind=kind,
            name=f"so-sanh-{self.catalog.agency.code}-{earlier}-{after.number}",
            contents=f"{before and before.edition}-{after.pk}-{after.edition}-{stamps}",
            changed=timezone.now(),
        )

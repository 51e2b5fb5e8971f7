"""Addresses of criteria frameworks below the home page: those that hold today, and each version for ever."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from catalog_pages import published_versions
from catalog_pages.routes.answers import page_of_rows
from cms.frameworks import decree
from cms.frameworks.applies_to import names_in
from cms.frameworks.effect import holding
from cms.frameworks.models import FrameworkVersion
from cms.frameworks.presenters import describe


class FrameworkRoutes(RoutablePageMixin):
    """``/khung-tieu-chi/…``, and the decree's articles. Only frozen versions exist here; a draft is "not found"."""

    @path("khung-tieu-chi/", name="frameworks")
    def frameworks(self, request: HttpRequest) -> Any:
        """List the versions that hold today, and those of a later day."""
        listed = page_of_rows(request, published_versions.frameworks_in_effect(), order=["name", "pk"])
        return self._page(request, "framework_list", listed=listed, coming=published_versions.coming_frameworks())

    @path("khung-tieu-chi/<slug:code>/", name="framework")
    def framework(self, request: HttpRequest, code: str) -> Any:
        """Lead to the version of a framework that holds today, else to its latest."""
        versions = FrameworkVersion.objects.filter(framework__code=code).order_by("-number")
        version = versions.effective_on().first() or versions.first()
        if version is None:
            raise Http404
        return redirect(self.get_url(request) + self.reverse_subpage("framework_version", args=[code, version.number]))

    @path("khung-tieu-chi/<slug:code>/<int:number>/", name="framework_version")
    def framework_version(self, request: HttpRequest, code: str, number: int) -> Any:
        """Show a version, whole, as people read it: its address for ever."""
        versions = published_versions.framework_versions(code)
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            raise Http404
        in_effect = holding(version.framework)
        description = describe(version.definition, **names_in(version.data))
        return self._page(
            request, "framework", version=version, versions=versions, in_effect=in_effect, description=description
        )

    @path("nghi-dinh-335/", name="decree")
    def decree(self, request: HttpRequest) -> Any:
        """Show the articles of the decree to which receipts and frameworks refer."""
        return self._page(request, "decree", title=decree.TITLE, document=decree.DOCUMENT, articles=decree.ARTICLES)

    def _page(self, request: HttpRequest, template: str, **context: Any) -> Any:
        return self.render(request, template=f"catalog_pages/{template}.html", context_overrides=context)

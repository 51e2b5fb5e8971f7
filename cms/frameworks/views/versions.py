"""Versions of a framework: their list, each as a person reads it, its frozen bytes, and what differs between two."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.frameworks.applies_to import names_in
from cms.frameworks.conversion import definition_data
from cms.frameworks.difference import compare
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.frameworks.presenters import describe, public_address
from cms.frameworks.views.screens import FrameworkScreen, editor_url
from cms.scoring.canonical import canonical_bytes

PAGE_SIZE = 50
# How the draft is named in the address of a comparison.
DRAFT = "draft"


class VersionListView(FrameworkScreen):
    """Every version of the framework, newest first."""

    template_name = "frameworks/version_list.html"
    page_title = _("Versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = (
            self.framework.versions.select_related("published_by", "decision", "framework")
            .defer("content")
            .order_by("-number")
        )
        page = Paginator(versions, PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, editor_url=editor_url(self.framework), **kwargs)


class FrameworkVersionScreen(FrameworkScreen):
    """A screen about one version."""

    @cached_property
    def version(self) -> FrameworkVersion:
        """Return the version of the address, if this person works on its framework."""
        frameworks = CriteriaFramework.objects.worked_on_by(self.person)
        versions = FrameworkVersion.objects.select_related(
            "framework__agency", "published_by", "base_version", "decision"
        )
        own = versions.filter(framework__in=frameworks.order_by())
        return get_object_or_404(own, framework=self.kwargs["pk"], number=self.kwargs["number"])

    @cached_property
    def framework(self) -> CriteriaFramework:
        """Return the framework of the version."""
        return self.version.framework


class FrameworkVersionView(FrameworkVersionScreen):
    """One version, whole, as a person reads it."""

    template_name = "frameworks/version.html"

    def get_page_title(self) -> str:
        return str(_("Version %(number)s") % {"number": self.version.number})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            version=self.version,
            description=describe(self.version.definition, **names_in(self.version.data)),
            public_address=public_address(self.version),
            **kwargs,
        )


class VersionJsonView(FrameworkVersionScreen):
    """The bytes that were frozen and hashed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return json_bytes(self.version.content.encode(), f"{self.framework.code}-{self.version.number}")


class DraftJsonView(FrameworkScreen):
    """The draft's definition, to be changed elsewhere and sent in again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = definition_data(self.framework.get_latest_revision_as_object())
        return json_bytes(canonical_bytes(data), f"{self.framework.code}-ban-nhap")


class FrameworkDifferenceView(FrameworkScreen):
    """What differs between two versions, or between a version and the draft (``before``, ``after``)."""

    template_name = "frameworks/difference.html"
    page_title = _("Differences")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compare what was chosen; unless chosen, the draft with the last version."""
        numbers = [str(each) for each in self.framework.versions.values_list("number", flat=True)]
        after = self.request.GET.get("after", DRAFT)
        before = self.request.GET.get("before") or next(iter(numbers), DRAFT)
        if not {before, after} <= {DRAFT, *numbers}:
            raise Http404
        old, new = self._data(before), self._data(after)
        changes = compare(old, new, **names_in(old, new))
        return super().get_context_data(
            choices=[DRAFT, *numbers], before=before, after=after, changes=changes, **kwargs
        )

    def _data(self, chosen: str) -> dict[str, Any]:
        if chosen == DRAFT:
            return definition_data(self.framework.get_latest_revision_as_object())
        return self.framework.versions.get(number=chosen).data


def json_bytes(content: bytes, name: str) -> HttpResponse:
    """Return JSON, byte for byte, as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)

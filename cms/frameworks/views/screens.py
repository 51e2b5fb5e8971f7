"""What the screens beside the editor share: who is let in, which framework they are about, where a refusal leads."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.screens import PageScreen
from cms.frameworks import permissions
from cms.frameworks.models import CriteriaFramework


class RoomScreen(PageScreen):
    """A screen of the room of frameworks, for those who have any framework to work on."""

    header_icon = "tasks"
    opens_to = staticmethod(permissions.can_enter)
    above = ("wagtailsnippets_frameworks_criteriaframework:list", _("Criteria frameworks"))


class FrameworkScreen(RoomScreen):
    """A screen about the draft of one framework. Those that the person does not work on are not found."""

    @cached_property
    def framework(self) -> CriteriaFramework:
        """Return the framework of the address."""
        found = CriteriaFramework.objects.worked_on_by(self.person).select_related("agency")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": editor_url(self.framework), "label": self.framework.name}]

    def get_page_subtitle(self) -> str:
        return self.framework.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(framework=self.framework, **kwargs)
        return context

    def refused_url(self) -> str:
        """Lead a refused act back to the trials of the framework."""
        return reverse("frameworks:trials", args=[self.kwargs["pk"]])


def frameworks_url() -> str:
    """Return the address of the list of frameworks."""
    return reverse(CriteriaFramework.snippet_viewset.get_url_name("list"))


def editor_url(framework: CriteriaFramework) -> str:
    """Return the address of the framework's editor."""
    return reverse(CriteriaFramework.snippet_viewset.get_url_name("edit"), args=[framework.pk])


def json_file(data: Any, name: str) -> JsonResponse:
    """Return data as a file that the browser saves, with Vietnamese letters as they are."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

"""The sources of a draft: which wait to be confirmed, what is known about them inside, and the editor's word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms.frameworks import permissions
from cms.frameworks.actions import confirm_sources
from cms.frameworks.conversion import definition_data
from cms.frameworks.messages import place
from cms.frameworks.sources import digest_of, sources_of
from cms.frameworks.views.screens import FrameworkScreen, editor_url


class SourcesView(FrameworkScreen):
    """The sources that the draft names and that need a confirmation before the draft is published."""

    template_name = "frameworks/sources.html"
    page_title = _("Sources")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the sources that wait, each with its places, and those that were confirmed."""
        data = definition_data(self.framework.get_latest_revision_as_object())
        sources = sources_of(data)
        waiting = [
            {"source": each, "digest": digest_of(each.text), "places": [place(path, data) for path in each.paths]}
            for each in sources.waiting
        ]
        return super().get_context_data(
            waiting=waiting,
            confirmed=sources.confirmed,
            may_confirm=permissions.can_add(self.person),
            editor_url=editor_url(self.framework),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        done = confirm_sources(
            by=self.person,
            framework=self.framework,
            digests=request.POST.getlist("source"),
            compared_with=request.POST.get("compared_with", "")[:300],
        )
        message = ngettext("%(count)s source is confirmed.", "%(count)s sources are confirmed.", len(done))
        messages.success(request, message % {"count": len(done)})
        return redirect(request.path)

    def refused_url(self) -> str:
        return reverse("frameworks:sources", args=[self.kwargs["pk"]])

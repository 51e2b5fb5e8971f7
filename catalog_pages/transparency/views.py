"""The screen on which figures are prepared, looked at and published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from catalog_pages.models import TransparencyPage
from catalog_pages.transparency import actions
from catalog_pages.transparency.builders import TITLES
from catalog_pages.transparency.changes import changes_between
from catalog_pages.transparency.models import FiguresState, TransparencyDraft, TransparencyRelease
from catalog_pages.transparency.presenters import present_figure
from cms.core.screens import Screen

MOST_LISTED = 20


class ReleaseForm(forms.Form):
    """What to say beside a release; ``seen`` is the hash of the figures that the person looks at."""

    note = forms.CharField(
        label=_("Note for readers"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example what was corrected. Shown on the page beside the figures."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class FiguresScreen(Screen):
    """What the screen and its two acts share: who is let in, and where a refusal leads back to."""

    opens_to = staticmethod(actions.can_preview)

    def refused_url(self) -> str:
        return reverse("transparency:release")


class ReleaseView(FiguresScreen, TemplateView):
    """What is public, the figures that were prepared, what they would change, and the button that publishes them."""

    template_name = "catalog_pages/transparency/admin_release.html"
    page_title = _("Public figures")
    header_icon = "table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the draft with its charts and changes, and the releases so far; nothing is counted here."""
        last, draft = TransparencyRelease.objects.first(), TransparencyDraft.objects.select_related("asked_by").first()
        context = super().get_context_data(
            last=last, draft=draft, may_publish=actions.can_publish(self.person), steps=len(TITLES),
            releases=TransparencyRelease.objects.defer("content").select_related("published_by")[:MOST_LISTED],
            **self._page_links(), **kwargs,
        )  # fmt: skip
        if draft is None or draft.state != FiguresState.READY:
            return context
        return context | {
            "is_stale": draft.is_stale(last), "is_changed": draft.differs_from(last),
            "changes": changes_between(last.figures, draft.figures) if last else [],
            "presented": [present_figure(figure) for figure in draft.figures.values()],
            "form": ReleaseForm(initial={"seen": draft.content_hash}),
        }  # fmt: skip

    def _page_links(self) -> dict[str, Any]:
        """Return where the page is read, and where whoever may arranges it."""
        page = TransparencyPage.objects.live().first()
        if page is None:
            return {}
        may_edit = page.permissions_for_user(self.person).can_edit()
        edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else ""
        return {"public_page": page, "page_url": page.url, "page_edit_url": edit_url}


class PrepareView(FiguresScreen, View):
    """Have the figures counted."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        actions.prepare_draft(by=self.person)
        return redirect("transparency:release")


class PublishView(FiguresScreen, View):
    """Publish what was looked at."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = ReleaseForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return redirect("transparency:release")
        data = form.cleaned_data
        release = actions.publish_draft(by=self.person, note=data["note"], seen=data["seen"])
        messages.success(request, _now("Release %(number)s is public.") % {"number": release.number})
        return redirect("transparency:release")

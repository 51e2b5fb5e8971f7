"""The screen on which figures are looked at and published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from catalog_pages.transparency import actions
from catalog_pages.transparency.charts import draw
from catalog_pages.transparency.makers import make_all
from catalog_pages.transparency.models import TransparencyRelease, frozen_text, hash_of
from cms.core.admin_views import AdminScreen

MOST_LISTED = 20


class ReleaseForm(forms.Form):
    """What to say beside a release; ``seen`` is the hash of the figures that the person looks at."""

    note = forms.CharField(
        label=_("Note for readers"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example what was corrected. Shown on the page beside the figures."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class ReleaseView(AdminScreen, TemplateView):
    """The figures as they stand now, what has changed since the last release, and the button that publishes."""

    template_name = "catalog_pages/transparency/admin_release.html"
    page_title = _("Public figures")
    header_icon = "table"

    def may_open(self, request: HttpRequest) -> bool:
        """Let in those who appraise and those who publish."""
        return actions.can_preview(request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead from the front of the admin."""
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.get_page_title()}]

    def refused_url(self) -> str:
        """Lead back here."""
        return reverse("transparency:release")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the figures with their charts, and the releases so far."""
        last = TransparencyRelease.objects.first()
        figures = make_all()
        now = hash_of(frozen_text(figures))
        shown = [
            {"figure": figure, "chart": draw(figure), "is_changed": not last or last.figures.get(figure.code) != figure}
            for figure in figures
        ]
        return super().get_context_data(
            shown=shown, last=last, is_changed=not last or last.content_hash != now,
            may_publish=actions.can_publish(self.person),
            form=kwargs.pop("form", ReleaseForm(initial={"seen": now})),
            releases=TransparencyRelease.objects.defer("content").select_related("published_by")[:MOST_LISTED],
            **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Publish what was looked at."""
        form = ReleaseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        wanted = form.cleaned_data
        release = actions.publish_release(by=self.person, note=wanted["note"], seen=wanted["seen"])
        messages.success(request, _now("Release %(number)s is public.") % {"number": release.number})
        return redirect("transparency:release")

"""Agencies' frameworks beside a base that moves: before it is published, afterwards, and each by itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import DomainError
from cms.core.forms import VietnameseDateField
from cms.frameworks import actions, permissions
from cms.frameworks.bases import Beside, default_confirm_by, departures, due, touched, unmet
from cms.frameworks.messages import described
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.frameworks.views.screens import FrameworkScreen, editor_url
from cms.scoring.definition import Definition
from cms.scoring.problems import Problem

# The limits of each are walked, so a page of them is short.
PAGE_SIZE = 20


class SpecialisedView(FrameworkScreen):
    """The agencies' frameworks made of a framework of the province, with what is due of each."""

    template_name = "frameworks/specialised.html"
    page_title = gettext_lazy("Agencies' own")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of their versions that hold or will."""
        page = _page(self.request, self.framework, timezone.localdate())
        rows = [{"version": each, "due": [_shown(beside) for beside in due(each)]} for each in page]
        return super().get_context_data(page=page, rows=rows, **kwargs)


class BaseView(FrameworkScreen):
    """An agency's framework beside the later versions of its base: confirm it, or let the next draft follow."""

    template_name = "frameworks/base.html"
    page_title = gettext_lazy("Beside its base")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what is due and what the person may do about it."""
        found = unmet(self.framework)
        rows = [_shown(each) | {"may_confirm": permissions.can_confirm(self.person, each.version)} for each in found]
        return super().get_context_data(
            rows=rows, may_follow=permissions.can_change(self.person, self.framework),
            reviews=permissions.can_review(self.person), editor_url=editor_url(self.framework), **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Confirm a version beside a base version, or write the draft that follows the last."""
        if request.POST.get("act") == "follow":
            actions.follow_base(by=self.person, framework=self.framework)
            messages.success(request, _("The draft says now what the last version of the base says."))
            return redirect(editor_url(self.framework))
        chosen = f"{request.POST.get('version')}-{request.POST.get('base_version')}"
        beside = next((each for each in unmet(self.framework) if _key(each) == chosen), None)
        if beside is None:
            raise DomainError(_("Nothing is due here any more."), code="nothing_due")
        actions.confirm_beside_base(by=self.person, version=beside.version, base_version=beside.base_version)
        messages.success(request, _("Version %(number)s is confirmed.") % {"number": beside.version.number})
        return redirect(request.path)

    def refused_url(self) -> str:
        """Lead a refused act back to this screen, or to the list where the person does not work on the framework."""
        return reverse("frameworks:base", args=[self.kwargs["pk"]])


class ConfirmByForm(forms.Form):
    """By when agencies' frameworks are confirmed beside the version that is approved."""

    confirm_by = VietnameseDateField(label=gettext_lazy("To be confirmed by"))


def before_publishing(request: HttpRequest, draft: CriteriaFramework, definition: Definition | None) -> dict[str, Any]:
    """Return, for the approval of a later version of a base, the agencies' versions that it touches, page by page."""
    if draft.agency_id is not None or definition is None or definition.effective_from is None:
        return {}
    today = timezone.localdate()
    page = _page(request, draft, max(definition.effective_from, today))
    rows = [{"version": each, "departures": _described(each, departures(each.definition, definition))} for each in page]
    form = ConfirmByForm(initial={"confirm_by": default_confirm_by(today, definition.effective_from)})
    return {"touched": page, "touched_rows": rows, "confirm_by": form["confirm_by"]} if rows else {}


def confirm_by_of(request: HttpRequest) -> datetime.date | None:
    """Return the day that the approver wrote, None where the form did not ask; refuses what is no day."""
    if "confirm_by" not in request.POST:
        return None
    form = ConfirmByForm(request.POST)
    if not form.is_valid():
        raise DomainError(" ".join(map(str, form.errors["confirm_by"])), code="confirm_by_is_no_day")
    day: datetime.date = form.cleaned_data["confirm_by"]
    return day


def _page(request: HttpRequest, base: CriteriaFramework, day: datetime.date) -> Any:
    return Paginator(touched(base, day), PAGE_SIZE).get_page(request.GET.get("p"))


def _shown(beside: Beside) -> dict[str, Any]:
    return {"beside": beside, "departures": _described(beside.version, beside.departures)}


def _described(version: FrameworkVersion, found: Iterable[Problem]) -> list[dict[str, str]]:
    return described(list(found), version.data)


def _key(beside: Beside) -> str:
    return f"{beside.version.pk}-{beside.base_version.pk}"

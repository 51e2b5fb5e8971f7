"""Wagtail's own screens over surveys: closed where they would show or take away answers, with the way to ours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from catalog_pages.surveys.models import SurveyAnswer
from catalog_pages.surveys.page import SurveyPage
from catalog_pages.surveys.permissions import can_hold_surveys
from cms.organisations.wagtail_hooks import PermittedItem


def no_submissions(user: Any, pages: Any) -> Any:
    """Return no page: Wagtail's lists of submissions open to nobody, ours show what may be shown."""
    return pages.none()


def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page that is an answered survey, or stands above one."""
    return _refuse(request, [page])


def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same of many pages at once."""
    return _refuse(request, [each for each in objects if isinstance(each, Page)]) if action_type == "delete" else None


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if SurveyAnswer.objects.filter(survey__path__startswith=page.path).exists():
            messages.error(request, _("Somebody has answered this survey, so its page is not deleted."))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def surveys_item() -> MenuItem:
    """Lead those who hold surveys to them."""
    return PermittedItem(
        gettext_lazy("Surveys"), reverse_lazy("surveys:list"), name="surveys", icon_name="form", order=436,
        opens_to=can_hold_surveys,
    )  # fmt: skip


def results_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """Lead from the page of a survey to its links and results."""
    if not isinstance(page, SurveyPage) or page.pk is None or not can_hold_surveys(user):
        return []
    return [Button(_("Links and results"), reverse("surveys:results", args=[page.pk]), icon_name="form", priority=50)]

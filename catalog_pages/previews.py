"""Drafts of the portal's pages for who holds a token: of one revision, for an hour, while its maker may edit it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page, Revision

from catalog_pages.portal_pages import PortalPage
from cms.core.errors import DomainError
from cms.users.models import User

SECONDS = 3600
_SALT = "catalog_pages.previews"


class BadPreview(DomainError):
    """The token is none of ours, is too old, or names what its maker may no longer edit."""

    code = "bad_preview"


def make_token(user: Any, page: Page) -> str:
    """Return a token for the latest draft of a page. Raises BadPreview where the person may not edit the page."""
    if not _may_preview(user, page):
        raise BadPreview("there is nothing to preview")
    return signing.dumps([page.latest_revision_id, user.pk], salt=_SALT)


def _may_preview(user: Any, page: Any) -> bool:
    has_draft = bool(page.latest_revision_id)
    return has_draft and bool(page.permissions_for_user(user).can_edit()) and isinstance(page, PortalPage)


def draft_of(token: str) -> Page:
    """Return the page as a token's revision has it. Raises BadPreview."""
    try:
        key, maker = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except signing.BadSignature as problem:
        raise BadPreview("the token is none of ours, or too old") from problem
    revision = Revision.page_revisions.filter(pk=key).first()
    user = User.objects.filter(pk=maker, is_active=True).first()
    page = revision.as_object() if revision else None
    if page is None or user is None or not page.permissions_for_user(user).can_edit():
        raise BadPreview("the draft is gone, or its maker may no longer edit it")
    return page


def open_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead to the latest draft at THUOCDO_FRONT_END_URL, else to the draft as data."""
    page = get_object_or_404(Page, pk=page_id).specific
    try:
        query = urlencode({"preview": make_token(request.user, page)})
    except BadPreview as refusal:
        raise Http404 from refusal
    front_end = settings.THUOCDO_FRONT_END_URL
    detail = reverse("api_pages:pages:detail", args=[page.pk])
    response = redirect(f"{front_end}?{query}#/trang/{page.pk}" if front_end else f"{detail}?{query}")
    # What follows is not told where the token came from.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def preview_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """Offer the draft at the front-end to whoever may edit the page."""
    if not _may_preview(user, page):
        return []
    address = reverse("portal_preview", args=[page.pk])
    return [Button(_("Preview at the front-end"), address, icon_name="view", priority=60, attrs={"target": "_blank"})]


urlpatterns: list[URLPattern] = [path("portal-preview/<int:page_id>/", open_preview, name="portal_preview")]

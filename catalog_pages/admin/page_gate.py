"""Wagtail's own screens over a catalog's page, closed wherever they would lead past the workbench.

The page carries an address and a text. That a list is submitted, accepted, decided, published, hidden or deleted is
never done by the page's buttons: they know nothing of versions, decisions and the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from catalog_pages.models import AgencyCatalogPage
from cms.catalogs.models import Catalog
from cms.core.errors import DomainError

# The views of Wagtail's over a catalog's page that are open; whatever else an upgrade brings is closed until it stands
# here. They read, save the text, and end in the project's actions (``MoveByActionView``).
OPEN_VIEWS = frozenset({
    "add_subpage", "confirm_workflow_cancellation", "content_type_use", "content_type_use_results", "edit", "history",
    "history_results", "index", "index_results", "preview_on_edit", "revisions_compare", "revisions_revert",
    "revisions_view", "search", "search_results", "usage", "view_draft", "workflow_action", "workflow_history",
    "workflow_history_detail", "workflow_preview",
})  # fmt: skip
_EXPLORING_VIEWS = frozenset({"index", "index_results"})
# What the editor may post beside a text to save.
OPEN_POSTS = frozenset({"action-publish"})
_OPEN_MENU_ITEMS = frozenset({"action-save-draft", "action-publish", "action-page-locked"})


def closed(request: HttpRequest, page: AgencyCatalogPage | None = None) -> HttpResponse:
    """Say that this is done in the workbench, and lead there."""
    messages.error(request, _("A catalog's page is not changed this way. Use the catalog's own screens."))
    if page is None:
        return redirect("catalogs:overview")
    return redirect("catalogs:catalog", page.catalog_id)


def closed_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer for every view that is not in OPEN_VIEWS."""
    return closed(request)


class _TextOnly:
    """The editor without any way to move the workflow; publishing is for a page that is public already."""

    page: AgencyCatalogPage
    request: HttpRequest
    locked_for_user: bool
    is_cancelling_workflow = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if any(name.startswith("action-") and name not in OPEN_POSTS for name in request.POST):
            return closed(request, self.page)
        if request.POST.get("action-publish") and not may_publish_text(self.page):
            return closed(request, self.page)
        return super().post(request, *args, **kwargs)  # type: ignore[misc]


class TextEditView(_TextOnly, EditView):
    """Edit the page's text."""


class TextRevertView(_TextOnly, RevisionsRevertView):
    """Bring back an earlier text of the page."""


class MoveByActionView(WorkflowActionView):
    """Wagtail's accept, return and decide, which end in the project's actions; refusals are sentences."""

    request: HttpRequest
    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return render_modal_workflow(
                    request, "", None, {}, json_data={"step": "success", "redirect": self.redirect_url}
                )
            return redirect(self.redirect_url)


class AgencyCatalogPageViewSet(PageViewSet):
    """Wagtail's views over a catalog's page; whoever has no part in the page does not find it."""

    model = AgencyCatalogPage
    edit_view_class = TextEditView
    revisions_revert_view_class = TextRevertView
    workflow_action_view_class = MoveByActionView

    @cached_property
    def views(self) -> dict[str, Callable[..., Any]]:
        """Return Wagtail's views by name, all but the open ones replaced, each behind the gate."""
        return {
            name: _gated(view if name in OPEN_VIEWS else closed_view, explores=name in _EXPLORING_VIEWS)
            for name, view in super().views.items()
        }

    @cached_property
    def parent_models(self) -> list[type[Page]]:
        """Return the pages explored by these views; a catalog's page, too, has the gate before its explorer."""
        return [*super().parent_models, AgencyCatalogPage]


class ReadOnlyPages(PagesAdminAPIViewSet):
    """The API behind Wagtail's page explorer; its acts publish, unpublish and delete past the workbench."""

    actions: dict[str, Any] = {}


def close_page_actions(router: WagtailAPIRouter) -> None:
    """Answer 404 to every act on a page over Wagtail's own API; its screens need none of them."""
    router.register_endpoint("pages", ReadOnlyPages)


def _gated(view: Callable[..., Any], *, explores: bool) -> Callable[..., Any]:
    def gated_view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = kwargs.get("page_id") or kwargs.get("page_to_move_id") or kwargs.get("pk")
        if key is not None:
            _require_part(request, get_object_or_404(AgencyCatalogPage, pk=key))
        elif explores and (page := AgencyCatalogPage.objects.filter(pk=kwargs.get("parent_page_id")).first()):
            _require_part(request, page)
        return view(request, *args, **kwargs)

    return gated_view


def _require_part(request: HttpRequest, page: AgencyCatalogPage) -> None:
    """Raise Http404 unless the person works on the page's catalog and has rights to the page."""
    rights = page.permissions_for_user(request.user)
    works_on_it = Catalog.objects.worked_on_by(request.user).filter(pk=page.catalog_id).exists()
    if not (works_on_it and (rights.can_edit() or rights.can_publish())):
        raise Http404


def may_publish_text(page: AgencyCatalogPage) -> bool:
    """Return whether the page is public already, so that publishing can only bring out a new text."""
    return bool(page.live) and not page.current_workflow_state


def keep_text_buttons(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Leave only saving, and publishing a text, among the editor's buttons."""
    page = context.get("page")
    if not isinstance(page, AgencyCatalogPage):
        return
    menu_items[:] = [item for item in menu_items if item.name in _OPEN_MENU_ITEMS]
    if not may_publish_text(page):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


def refuse_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Refuse to publish, unpublish, move or delete catalog pages in bulk, alone or below another page."""
    paths = [page.path for page in objects if hasattr(page, "path")]
    if any(AgencyCatalogPage.objects.filter(path__startswith=path).exists() for path in paths):
        return closed(request)
    return None


def refuse_above(request: HttpRequest, page: Any, *args: Any) -> HttpResponse | None:
    """Refuse to delete, move, copy or unpublish a page above the catalogs' pages, which would take them along."""
    below = AgencyCatalogPage.objects.filter(path__startswith=page.path)
    return closed(request) if below.exists() else None

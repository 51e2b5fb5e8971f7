"""Registers the workbench in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.models import Site
from wagtail.sites.views import IndexView as SitesIndex

from catalog_pages import link_report, open_links, previews, second_person
from catalog_pages.admin import menu, page_gate, panels, search_kinds
from catalog_pages.admin import waiting as catalogs_waiting
from catalog_pages.admin.screens import works_on_catalogs
from catalog_pages.change_sets import waiting
from catalog_pages.surveys import page_gate as survey_gate

hooks.register("register_admin_menu_item", menu.catalogs_menu)
# After Wagtail's own, in whose place these stand.
hooks.register("register_rich_text_features", open_links.register_links, order=1000)
hooks.register("construct_main_menu", menu.hide_useless_items)
hooks.register("construct_help_menu", menu.hide_help)
hooks.register("construct_homepage_panels", panels.put_home_panels)
hooks.register("construct_page_action_menu", page_gate.keep_text_buttons)
hooks.register("construct_page_action_menu", second_person.hide_direct_publishing)
hooks.register("register_page_header_buttons", previews.preview_button)
hooks.register("register_reports_menu_item", link_report.link_report_item)
hooks.register("before_publish_page", second_person.refuse_direct_publishing)
hooks.register("before_bulk_action", page_gate.refuse_bulk_action)
hooks.register("before_bulk_action", survey_gate.refuse_bulk_deletion)
hooks.register("before_delete_page", survey_gate.refuse_deletion)
hooks.register("filter_form_submissions_for_user", survey_gate.no_submissions)
hooks.register("register_admin_menu_item", survey_gate.surveys_item)
hooks.register("register_page_header_buttons", survey_gate.results_button)
hooks.register("construct_admin_api", page_gate.close_page_actions)
for _kind in (search_kinds.catalogs, search_kinds.items, search_kinds.published_items, search_kinds.pages):
    hooks.register("register_search_kind", _kind)
for _waiting in (
    catalogs_waiting.to_submit, catalogs_waiting.to_review, catalogs_waiting.columns_to_confirm,
    waiting.to_answer, waiting.to_appraise, waiting.to_decide,
):  # fmt: skip
    hooks.register("register_waiting", _waiting)
for _moment in ("before_delete_page", "before_move_page", "before_copy_page", "before_unpublish_page"):
    hooks.register(_moment, page_gate.refuse_above)

# Wagtail heads these columns with what its code calls them.
for _column in SitesIndex.columns:
    if _column.name in {"port", "site_name", "root_page"}:
        _column.label = capfirst(Site._meta.get_field(_column.name).verbose_name)


@hooks.register("register_admin_urls")
def register_workbench() -> list[URLPattern | URLResolver]:
    """Put the workbench below /admin/catalogs/, and what is made public beside it."""
    return [
        path("catalogs/", include("catalog_pages.admin.urls")),
        path("transparency/", include("catalog_pages.transparency.urls")),
        path("fairness/", include("catalog_pages.fairness.urls")),
        path("surveys/", include("catalog_pages.surveys.urls")),
        path("change-sets/", include("catalog_pages.change_sets.urls")),
        *previews.urlpatterns,
        *link_report.urlpatterns,
    ]


@hooks.register("register_admin_viewset")
def register_page_gate() -> page_gate.AgencyCatalogPageViewSet:
    """Close Wagtail's own ways past the workbench."""
    return page_gate.AgencyCatalogPageViewSet()


# After Wagtail's own hooks have put their items in.
@hooks.register("construct_homepage_summary_items", order=1000)
def drop_site_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counting pages and images says nothing to those who work on catalogs."""
    if works_on_catalogs(request.user):
        items.clear()


@hooks.register("insert_global_admin_css")
def add_style() -> str:
    """Load the workbench's style."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))

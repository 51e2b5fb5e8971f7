"""What we use of Wagtail beyond what its documentation promises: each with the reason, and with the state it was in.

``name`` is a template of Wagtail's that one of ours stands before, or the path of a function or class; ``digest`` is
that of its source in the Wagtail that we use. When an upgrade changes a source, ``test_wagtail_insides.py`` fails: read
what changed beside what ours does with it, mend ours or not, and write the new digest here. Before adding a line, look
for a documented hook, setting or block that serves as well.
"""

from typing import NamedTuple


class Inside(NamedTuple):
    """One thing of Wagtail's that its documentation does not promise."""

    name: str
    digest: str
    reason: str


INSIDES = (
    # Templates. Blocks that the documentation names are overridden where it says so, but in files of Wagtail's names.
    Inside("wagtailadmin/base.html", "d9022f8527df", "branding blocks, documented; the file has to exist"),
    Inside("wagtailadmin/skeleton.html", "e24190d53b6e", "block branding_title; the file has to exist"),
    Inside(
        "wagtailadmin/home.html",
        "7eb3ee7b5a9d",
        "no documented way to take the search of pages and Wagtail's version away",
    ),
    Inside("wagtailadmin/shared/header.html", "37d78005e661", "its search button speaks English only"),
    Inside(
        "wagtailadmin/shared/headers/_actions.html", "facea723b6b9", "its label for screen readers speaks English only"
    ),
    Inside("wagtailadmin/shared/user_avatar.html", "10cbd09a2e94", "writes None where the platform itself acted"),
    Inside("wagtailadmin/tables/boolean_cell.html", "f52d1f7945b2", "writes True, False and None"),
    Inside("wagtailadmin/chooser/email_link.html", "2d808caee58d", "labels the address after its field, in English"),
    Inside(
        "wagtailadmin/reports/listing/_list_page_types_usage.html",
        "d8b25a2f35ef",
        "shows what types are called in code",
    ),
    Inside(
        "wagtailadmin/pages/listing/_page_title_column_header.html",
        "6edca9f62c0d",
        "counts 1 None where kinds are mixed",
    ),
    # Put in place of Wagtail's own at the start.
    Inside(
        "wagtail.admin.views.mixins.SpreadsheetExportMixin",
        "0d15b76e1663",
        "exports hold text that spreadsheets run: cms/core/spreadsheets.py",
    ),
    Inside(
        "wagtail.sites.views.IndexView",
        "d206d12e5402",
        "columns are headed with names of code: catalog_pages/wagtail_hooks.py",
    ),
    Inside("wagtail.sites.wagtail_hooks.register_viewset", "2cb7e9e733f1", "uses that list of sites"),
    Inside(
        "wagtail.admin.views.account.NameEmailSettingsPanel",
        "fd65efe42166",
        "asks for two names; ours is one: cms/users/apps.py",
    ),
    Inside(
        "wagtail.admin.apps.WagtailAdminAppConfig.ready",
        "adeaa2ff1121",
        "connects e-mails, taken back in cms/core/apps.py",
    ),
    # The editor of frameworks and its drafts.
    Inside(
        "wagtail.admin.views.generic.models.RevisionsCompareView._get_comparison",
        "9b8a6de5b90b",
        "differences in words, place by place",
    ),
    Inside(
        "wagtail.admin.views.generic.models.RevisionsCompareView._get_revision_and_heading",
        "20b914202541",
        "the day as Vietnamese people write it",
    ),
    Inside(
        "wagtail.admin.views.generic.mixins.CreateEditViewOptionalFeaturesMixin.run_action_method",
        "eb7742e6a1d9",
        "a draft with problems stays a draft and says which",
    ),
    Inside(
        "wagtail.admin.views.generic.mixins.RevisionsRevertMixin.save_instance",
        "dd9847168d0b",
        "whoever wrote what is brought back is noted",
    ),
    Inside(
        "wagtail.admin.views.generic.models.CreateView.get_initial_form_instance",
        "b0f5e8f41d4d",
        "the form begins with the decree",
    ),
    Inside(
        "wagtail.admin.views.generic.models.EditView.header_more_buttons",
        "cdb89fe1eb4b",
        "buttons of our screens on top",
    ),
    Inside("wagtail.admin.views.generic.models.EditView.get_copy_url", "bc2b7ea37575", "copying is a screen of ours"),
    Inside("wagtail.admin.views.generic.models.IndexView.get_copy_url", "8fd177037b3c", "copying is a screen of ours"),
    Inside(
        "wagtail.admin.views.generic.models.IndexView.get_list_more_buttons",
        "533b34ac5b4c",
        "buttons of our screens in a row",
    ),
    Inside(
        "wagtail.admin.views.generic.base.BaseListingView.search_queryset", "6a7eef64f299", "search without diacritics"
    ),
    Inside(
        "wagtail.admin.views.generic.preview.PreviewOnEdit.get",
        "03eeab9c7f68",
        "a preview before anything was sent is the saved draft",
    ),
    Inside(
        "wagtail.admin.views.generic.workflow.WorkflowAction.post",
        "684d1cf06f5a",
        "refusals of the actions are sentences",
    ),
    Inside(
        "wagtail.admin.views.generic.models.IndexView.header_buttons", "f9557a0ebb4d", "buttons of our screens on top"
    ),
    Inside(
        "wagtail.admin.views.generic.models.IndexView.header_more_buttons",
        "313a541eeb65",
        "buttons of our screens on top",
    ),
    Inside(
        "wagtail.admin.views.generic.models.CreateView.save_instance",
        "3b2afe69d70f",
        "saved by our actions, so that the ledger knows",
    ),
    Inside(
        "wagtail.admin.views.generic.models.CreateView.form_valid",
        "2579ac7d0d72",
        "refusals of the actions are sentences in the form",
    ),
    Inside(
        "wagtail.admin.views.generic.models.CreateView.post", "23c0e3961fd1", "refusals of the actions are sentences"
    ),
    Inside(
        "wagtail.admin.views.generic.models.EditView.save_instance",
        "f7ab6292173f",
        "saved by our actions, so that the ledger knows",
    ),
    Inside(
        "wagtail.admin.views.generic.models.EditView.form_valid",
        "2579ac7d0d72",
        "refusals of the actions are sentences in the form",
    ),
    Inside("wagtail.admin.views.generic.models.EditView.post", "6c9da1ade331", "refusals of the actions are sentences"),
    # Rounds of a block are for its editors alone; Wagtail asks its policy of the model, not of the row.
    Inside("wagtail.admin.views.generic.base.BaseListingView.get_base_queryset", "b9e2e55e1b05", "lists kept rounds"),
    Inside("wagtail.admin.views.generic.base.BaseObjectMixin.get_object", "a7f54da4aabf", "refuses others' rounds"),
    Inside("wagtail.admin.views.generic.models.EditView.get_object", "8a19c980d6f0", "refuses others' rounds"),
    Inside("wagtail.admin.views.generic.usage.UsageView.get_object", "57aad0fd16cf", "refuses others' rounds"),
    # Screens of ours, catalogs' pages and the portal.
    Inside(
        "wagtail.admin.views.generic.base.WagtailAdminTemplateMixin",
        "58b8cf54beee",
        "the frame of every screen of ours, with _show_breadcrumbs",
    ),
    Inside(
        "wagtail.admin.views.generic.workflow.BaseWorkflowFormView.dispatch",
        "9bd0f0408840",
        "refusals of the actions are sentences",
    ),
    Inside(
        "wagtail.admin.views.pages.edit.EditView.post",
        "2df9d3a0b968",
        "only the text of a catalog's page is saved there",
    ),
    Inside(
        "wagtail.admin.viewsets.pages.PageViewSet", "925cf83c8df5", "views of a catalog's page are closed unless named"
    ),
    Inside("wagtail.admin.api.views.PagesAdminAPIViewSet", "84d4aec6ba1e", "its acts on pages are taken away"),
    Inside(
        "wagtail.models.PagePermissionTester", "797acd98e920", "who may do what with a catalog's page and the portal's"
    ),
    Inside(
        "wagtail.models.WorkflowMixin.current_workflow_state",
        "8029ca20417e",
        "_current_workflow_states: a text comes out beside a running workflow",
    ),
    Inside(
        "wagtail.actions.publish_page_revision.PublishPageRevisionAction._after_publish", "fb570606ddb3", "the same"
    ),
    Inside(
        "wagtail.management.commands.publish_scheduled.Command.handle",
        "bed49330f863",
        "our catalogs before Wagtail's pages",
    ),
    # Headless pages: the documentation shows how to subclass the views, not what each of their methods does.
    Inside("wagtail.api.v2.views.BaseAPIViewSet", "2329142df632", "errors, caching and limits as elsewhere in our API"),
    Inside("wagtail.api.v2.views.PagesAPIViewSet", "e6134841021a", "only what everybody may see"),
    Inside("wagtail.images.api.v2.views.ImagesAPIViewSet", "65fb039b659f", "only of open collections"),
    Inside("wagtail.documents.api.v2.views.DocumentsAPIViewSet", "2d4c95788bc8", "only of open collections"),
    Inside(
        "wagtail.api.v2.serializers.BaseSerializer.to_representation",
        "dc98f21e829b",
        "addresses on the host that was asked",
    ),
    Inside("wagtail.rich_text.pages.PageLinkHandler", "8c6f48a3ccfb", "links lead to what is open only"),
    Inside("wagtail.documents.rich_text.DocumentLinkHandler", "4e7d06175ec5", "links lead to what is open only"),
)

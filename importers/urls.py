"""Addresses of the way in, below the admin's ``imports/``."""

from django.urls import path

from importers.kinds import USUAL
from importers.kinds.catalog import screens as catalog_screens
from importers.screens import batches, mapping, mending, sending

app_name = "importers"

urlpatterns = [
    path("", batches.BatchListView.as_view(), name="batch_list"),
    path("agencies/", sending.ChooseAgencyView.as_view(), name="choose_agency"),
    path("agencies/<int:agency_pk>/<slug:kind>/upload/", sending.upload, name="upload_kind"),
    path("agencies/<int:agency_pk>/<slug:kind>/template/", sending.TemplateView.as_view(), name="template_kind"),
    # Addresses from the time when there was one kind.
    path("agencies/<int:agency_pk>/upload/", sending.upload, {"kind": USUAL}, name="upload"),
    path("agencies/<int:agency_pk>/template/", sending.TemplateView.as_view(), {"kind": USUAL}, name="template"),
    path("agencies/<int:agency_pk>/columns/", mapping.MappingsView.as_view(), name="mappings"),
    path("versions/<int:pk>/discard/", catalog_screens.DiscardView.as_view(), name="discard"),
    path("<uuid:pk>/", batches.BatchView.as_view(), name="batch"),
    path("<uuid:pk>/progress/", batches.ProgressView.as_view(), name="progress"),
    path("<uuid:pk>/commit/", batches.CommitView.as_view(), name="commit"),
    path("<uuid:pk>/abandon/", batches.AbandonView.as_view(), name="abandon"),
    path("<uuid:pk>/another-work/", batches.AnotherWorkView.as_view(), name="another_work"),
    path("<uuid:pk>/check-again/", batches.CheckAgainView.as_view(), name="check_again"),
    path("<uuid:pk>/correct/", mending.CorrectView.as_view(), name="correct"),
    path("<uuid:pk>/columns/", mapping.MatchColumnsView.as_view(), name="columns"),
    path("<uuid:pk>/undo/", mending.UndoView.as_view(), name="undo"),
    path("<uuid:pk>/marked/", batches.MarkedView.as_view(), name="marked"),
    path("<uuid:pk>/original/", batches.OriginalView.as_view(), name="original"),
]

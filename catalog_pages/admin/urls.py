"""Addresses of the workbench, below /admin/catalogs/."""

from django.urls import path

from catalog_pages.admin import (
    column_proposals,
    coverage,
    differences,
    files,
    item_edit,
    items,
    moves,
    overview,
    steps,
    versions,
)

app_name = "catalogs"

urlpatterns = [
    path("", overview.OverviewView.as_view(), name="overview"),
    path("steps/", steps.StepListScreen.as_view(), name="steps"),
    path("steps/add/", steps.StepAddScreen.as_view(), name="step_add"),
    path("steps/<int:step_id>/", steps.StepEditScreen.as_view(), name="step_edit"),
    path("steps/<int:step_id>/remove/", steps.StepRemoveScreen.as_view(), name="step_remove"),
    path("next/", overview.NextWaitingView.as_view(), name="next"),
    path("open/<int:agency_pk>/", overview.OpenCatalogView.as_view(), name="open"),
    path("<int:catalog_pk>/", versions.CatalogView.as_view(), name="catalog"),
    path("<int:catalog_pk>/start/", versions.StartVersionView.as_view(), name="start"),
    path("<int:catalog_pk>/difference/", differences.DifferenceView.as_view(), name="difference"),
    path("<int:catalog_pk>/difference/<str:kind>/", files.DifferenceFileView.as_view(), name="difference_file"),
    path("columns/<int:column_pk>/proposal/", column_proposals.ColumnProposalView.as_view(), name="column_proposal"),
    path("versions/<int:pk>/file/<str:kind>/", files.VersionFileView.as_view(), name="file"),
    path("versions/<int:pk>/", versions.VersionView.as_view(), name="version"),
    path("versions/<int:pk>/details/", versions.DetailsView.as_view(), name="details"),
    path("versions/<int:pk>/submit/", moves.SubmitView.as_view(), name="submit"),
    path("versions/<int:pk>/withdraw/", moves.WithdrawView.as_view(), name="withdraw"),
    path("versions/<int:pk>/return/", moves.ReturnView.as_view(), name="return"),
    path("versions/<int:pk>/accept/", moves.AcceptView.as_view(), name="accept"),
    path("versions/<int:pk>/decide/", moves.DecideView.as_view(), name="decide"),
    path("versions/<int:pk>/opinion/", moves.OpinionView.as_view(), name="opinion"),
    path("versions/<int:pk>/note/", moves.NoteView.as_view(), name="note"),
    path("versions/<int:pk>/notes/<int:remark_pk>/close/", item_edit.CloseNoteView.as_view(), name="close_note"),
    path("versions/<int:pk>/positions/", coverage.PositionsWithoutItemsView.as_view(), name="unnamed_positions"),
    path("versions/<int:pk>/undone/", coverage.UndoneItemsView.as_view(), name="undone_items"),
    path("versions/<int:pk>/items/", items.ItemsView.as_view(), name="items"),
    path("versions/<int:pk>/items/add/", item_edit.ItemAddView.as_view(), name="item_add"),
    path("versions/<int:pk>/items/bulk/", item_edit.BulkView.as_view(), name="items_bulk"),
    path("versions/<int:pk>/items/<int:item_pk>/", item_edit.ItemEditView.as_view(), name="item"),
    path("versions/<int:pk>/items/<int:item_pk>/note/", item_edit.ItemNoteView.as_view(), name="item_note"),
]

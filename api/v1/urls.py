"""Addresses of version 1. A catalog is named by its agency's code, a version by its number, an item by its identity."""

from django.urls import include, path

from api.v1.views import assignments, change_sets, curation, evidence, moves, proposals
from api.v1.views.agencies import AgencyDetail, AgencyList
from api.v1.views.catalogs import CatalogDetail, CatalogList
from api.v1.views.columns import ColumnList
from api.v1.views.common_items import CommonItemList
from api.v1.views.differences import VersionDifference
from api.v1.views.documentation import redoc, redoc_script, schema, swagger
from api.v1.views.evaluations import (
    EvaluationDetail,
    EvaluationList,
    OrganisationResultList,
    PeriodDetail,
    PeriodList,
    ReceiptDetail,
    ReceiptList,
    ResultChanges,
    ResultDetail,
    ResultList,
)  # fmt: skip
from api.v1.views.events import EventList
from api.v1.views.exports import ItemExport
from api.v1.views.frameworks import (
    FrameworkConformity,
    FrameworkDefinition,
    FrameworkDetail,
    FrameworkList,
    FrameworkSchema,
    FrameworkVersionDetail,
    FrameworkVersionList,
)  # fmt: skip
from api.v1.views.guide import guide, program
from api.v1.views.imports import acts, columns, files, lists, uploads
from api.v1.views.item_acts import ItemsBulk, OneItem, VersionItems
from api.v1.views.items import ItemList
from api.v1.views.outside_figures import OutsideFigureList, OutsideFiguresBulk
from api.v1.views.remarks import FindingsView, RemarkList
from api.v1.views.root import Root
from api.v1.views.rounds import RoundList
from api.v1.views.scores import CapPreview, PeriodPreview, ScorePreview
from api.v1.views.transparency import FigureDetail, LatestRelease, ReleaseContent, ReleaseDetail, ReleaseList
from api.v1.views.versions import CatalogVersionList, VersionDetail, VersionList
from api.v1.views.webhooks import DeliveryDetail, DeliveryList, DeliveryReplay, WebhookList

app_name = "api_v1"

_version = [
    path("", VersionDetail.as_view(), name="version"),
    path("items/", VersionItems.as_view(), name="version-items"),
    path("items/bulk/", ItemsBulk.as_view(), name="items-bulk"),
    path("items/<uuid:identity>/", OneItem.as_view(), name="item"),
    path("difference/", VersionDifference.as_view(), name="difference"),
    path("remarks/", RemarkList.as_view(), name="remarks"),
    path("findings/", FindingsView.as_view(), name="findings"),
    path("submit/", moves.Submit.as_view(), name="submit"),
    path("withdraw/", moves.Withdraw.as_view(), name="withdraw"),
    path("return/", moves.Return.as_view(), name="return"),
    path("accept/", moves.Accept.as_view(), name="accept"),
    path("opinion/", moves.Opinion.as_view(), name="opinion"),
    path("decide/", moves.Decide.as_view(), name="decide"),
]
_framework_version = [
    path("", FrameworkVersionDetail.as_view(), name="framework-version"),
    path("conformity/", FrameworkConformity.as_view(), name="framework-conformity"),
    path("definition/", FrameworkDefinition.as_view(), name="framework-definition"),
]
_import = [
    path("", uploads.ImportDetail.as_view(), name="import"),
    path("errors/", lists.ImportErrors.as_view(), name="import-errors"),
    path("warnings/", lists.ImportWarnings.as_view(), name="import-warnings"),
    path("notes/", lists.ImportNotes.as_view(), name="import-notes"),
    path("rows/", lists.ImportRows.as_view(), name="import-rows"),
    path("original/", files.ImportOriginal.as_view(), name="import-original"),
    path("marked/", files.ImportMarked.as_view(), name="import-marked"),
    path("commit/", acts.ImportCommit.as_view(), name="import-commit"),
    path("abandon/", acts.ImportAbandon.as_view(), name="import-abandon"),
    path("check-again/", acts.ImportCheckAgain.as_view(), name="import-check-again"),
    path("corrections/", acts.ImportCorrections.as_view(), name="import-corrections"),
    path("columns/", columns.ImportColumns.as_view(), name="import-columns"),
    path("undo/", acts.ImportUndo.as_view(), name="import-undo"),
]

_assignment = [
    path("", assignments.AssignmentDetail.as_view(), name="assignment"),
    path("report/", assignments.AssignmentReport.as_view(), name="assignment-report"),
    path("finish/", assignments.AssignmentFinish.as_view(), name="assignment-finish"),
    path("confirm/", assignments.AssignmentConfirm.as_view(), name="assignment-confirm"),
    path("return/", assignments.AssignmentReturn.as_view(), name="assignment-return"),
    path("evidence/", evidence.AssignmentEvidence.as_view(), name="assignment-evidence"),
    path("evidence/files/", evidence.AssignmentEvidenceFiles.as_view(), name="assignment-evidence-files"),
    path("evidence/<uuid:evidence>/file/", evidence.AssignmentEvidenceFile.as_view(), name="assignment-evidence-file"),
]
_outside = "assignments/systems/<slug:system>/<path:outside_id>/"

_cluster = [
    path("", curation.ClusterDetail.as_view(), name="cluster"),
    path("take/", curation.ClusterTake.as_view(), name="cluster-take"),
    path("release/", curation.ClusterRelease.as_view(), name="cluster-release"),
    path("judge/", curation.ClusterJudge.as_view(), name="cluster-judge"),
]

_proposal = [
    path("", proposals.ProposalDetail.as_view(), name="proposal"),
    path("answer/", proposals.ProposalAnswer.as_view(), name="proposal-answer"),
    path("judge/", proposals.ProposalJudge.as_view(), name="proposal-judge"),
    path("take-out/", proposals.ProposalTakeOut.as_view(), name="proposal-take-out"),
    path("again/", proposals.ProposalAgain.as_view(), name="proposal-again"),
]
_change_set = [
    path("", change_sets.ChangeSetDetail.as_view(), name="change-set"),
    path("gather/", change_sets.SetGather.as_view(), name="change-set-gather"),
    path("close/", change_sets.SetClose.as_view(), name="change-set-close"),
    path("reopen/", change_sets.SetReopen.as_view(), name="change-set-reopen"),
    path("remind/", change_sets.SetRemind.as_view(), name="change-set-remind"),
    path("finish/", change_sets.SetFinish.as_view(), name="change-set-finish"),
    path("undo/", change_sets.SetUndo.as_view(), name="change-set-undo"),
    path("release/", change_sets.SetRelease.as_view(), name="change-set-release"),
]

_release = [
    path("", ReleaseDetail.as_view(), name="transparency-release"),
    path("content/", ReleaseContent.as_view(), name="transparency-content"),
    path("figures/<slug:code>/", FigureDetail.as_view(), name="transparency-figure"),
]

urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("agencies/", AgencyList.as_view(), name="agencies"),
    path("agencies/<slug:code>/", AgencyDetail.as_view(), name="agency"),
    path("catalogs/", CatalogList.as_view(), name="catalogs"),
    path("catalogs/<slug:agency>/", CatalogDetail.as_view(), name="catalog"),
    path("catalogs/<slug:agency>/versions/", CatalogVersionList.as_view(), name="catalog-versions"),
    path("catalogs/<slug:agency>/versions/<int:number>/", include(_version)),
    path("rounds/", RoundList.as_view(), name="rounds"),
    path("columns/", ColumnList.as_view(), name="columns"),
    path("versions/", VersionList.as_view(), name="versions"),
    path("items/", ItemList.as_view(), name="items"),
    path("common-items/", CommonItemList.as_view(), name="common-items"),
    path("items/export/", ItemExport.as_view(), name="items-export"),
    path("imports/", uploads.ImportList.as_view(), name="imports"),
    path("imports/templates/<slug:agency>/", files.ImportTemplate.as_view(), name="import-template"),
    path("imports/mappings/", columns.MappingList.as_view(), name="mappings"),
    path("imports/mappings/<int:id>/", columns.MappingDetail.as_view(), name="mapping"),
    path("imports/<uuid:id>/", include(_import)),
    path("assignments/", assignments.AssignmentList.as_view(), name="assignments"),
    path("assignments/bulk/", assignments.AssignmentsBulk.as_view(), name="assignments-bulk"),
    path("assignments/messages/", assignments.MessageList.as_view(), name="assignments-messages"),
    path("assignments/<uuid:identity>/", include(_assignment)),
    path(_outside, assignments.OutsideAssignment.as_view(), name="assignment-outside"),
    path("proposals/", proposals.ProposalList.as_view(), name="proposals"),
    path("proposals/<int:proposal>/", include(_proposal)),
    path("change-sets/", change_sets.ChangeSetList.as_view(), name="change-sets"),
    path("change-sets/<int:change_set>/", include(_change_set)),
    path("likeness/", curation.LikenessOfTexts.as_view(), name="likeness"),
    path("clusters/", curation.ClusterList.as_view(), name="clusters"),
    path("clusters/<int:cluster>/", include(_cluster)),
    path("judgements/", curation.JudgementList.as_view(), name="judgements"),
    path("judgements/<int:judgement>/undo/", curation.JudgementUndo.as_view(), name="judgement-undo"),
    path("events/", EventList.as_view(), name="events"),
    path("periods/", PeriodList.as_view(), name="periods"),
    path("periods/<int:period>/", PeriodDetail.as_view(), name="period"),
    path("evaluations/", EvaluationList.as_view(), name="evaluations"),
    path("evaluations/<uuid:identity>/", EvaluationDetail.as_view(), name="evaluation"),
    path("results/", ResultList.as_view(), name="results"),
    path("results/changes/", ResultChanges.as_view(), name="result-changes"),
    path("results/<uuid:identity>/<int:number>/", ResultDetail.as_view(), name="result"),
    path("organisation-results/", OrganisationResultList.as_view(), name="organisation-results"),
    path("outside-figures/", OutsideFigureList.as_view(), name="outside-figures"),
    path("outside-figures/bulk/", OutsideFiguresBulk.as_view(), name="outside-figures-bulk"),
    path("receipts/", ReceiptList.as_view(), name="receipts"),
    path("receipts/<uuid:identity>/<int:number>/", ReceiptDetail.as_view(), name="receipt"),
    path("webhooks/", WebhookList.as_view(), name="webhooks"),
    path("webhooks/<int:id>/deliveries/", DeliveryList.as_view(), name="webhook-deliveries"),
    path("webhooks/<int:id>/deliveries/<int:delivery>/", DeliveryDetail.as_view(), name="webhook-delivery"),
    path("webhooks/<int:id>/deliveries/<int:delivery>/replay/", DeliveryReplay.as_view(), name="webhook-replay"),
    path("frameworks/", FrameworkList.as_view(), name="frameworks"),
    path("frameworks/schema/", FrameworkSchema.as_view(), name="framework-schema"),
    path("frameworks/<slug:code>/", FrameworkDetail.as_view(), name="framework"),
    path("frameworks/<slug:code>/versions/", FrameworkVersionList.as_view(), name="framework-versions"),
    path("frameworks/<slug:code>/versions/<int:number>/", include(_framework_version)),
    path("transparency/releases/", ReleaseList.as_view(), name="transparency-releases"),
    path("transparency/releases/latest/", LatestRelease.as_view(), name="transparency-latest"),
    path("transparency/releases/<int:number>/", include(_release)),
    path("scores/preview/", ScorePreview.as_view(), name="scores-preview"),
    path("scores/periods/", PeriodPreview.as_view(), name="scores-periods"),
    path("scores/caps/", CapPreview.as_view(), name="scores-caps"),
    path("schema/", schema, name="schema"),
    path("docs/", swagger, name="docs"),
    path("guide/", guide, name="guide"),
    path("guide/<str:name>", program, name="guide-program"),
    path("redoc/", redoc, name="redoc"),
    path("redoc/bundle.js", redoc_script, name="redoc-script"),
]

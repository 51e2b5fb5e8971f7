"""What is done with an upload."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, NEEDED_KEY
from api.v1.serializers.import_requests import CommitSerializer, CorrectSerializer, NothingSerializer, UndoSerializer
from api.v1.serializers.imports import CorrectionSerializer, ImportDetailSerializer, UndoPlanSerializer
from api.v1.views.imports.base import Act
from api.v1.views.imports.lists import ImportPart
from cms.core.paging import Page
from importers import actions
from importers.batches.pages import corrections_page
from importers.batches.rows import columns_named
from importers.models import ImportBatch

DONE = {200: ImportDetailSerializer}
CHECKED = {200: ImportDetailSerializer, 202: ImportDetailSerializer}


@extend_schema(tags=["imports"])
class ImportCommit(Act):
    """Writing what was previewed."""

    needs_key = True
    body_class = CommitSerializer

    @extend_schema(
        operation_id="imports_commit", parameters=[NEEDED_KEY], request=CommitSerializer, responses=CHECKED
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Write what was previewed, in one transaction or not at all. A second time changes nothing.

        Many rows are written by a task: 202, and the address in Location tells when `progress` is over.
        """
        return self.carried_out()

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Commit."""
        seen = body["seen"].astimezone(datetime.UTC).isoformat()
        return actions.confirm(by=self.person, batch=batch, missing=body["missing"], seen=seen)


@extend_schema(tags=["imports"])
class ImportAbandon(Act):
    """Dropping an upload."""

    body_class = NothingSerializer

    @extend_schema(operation_id="imports_abandon", parameters=[KEY], request=None, responses=DONE)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Drop an upload that was not written."""
        return self.carried_out()

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Abandon."""
        return actions.abandon(by=self.person, batch=batch)


@extend_schema(tags=["imports"])
class ImportCheckAgain(Act):
    """Checking the same bytes once more."""

    body_class = NothingSerializer

    @extend_schema(operation_id="imports_check_again", parameters=[KEY], request=None, responses=CHECKED)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the same bytes against what the list is now."""
        return self.carried_out()

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Check again."""
        return actions.check_again(by=self.person, batch=batch)


@extend_schema(tags=["imports"])
class ImportUndo(Act):
    """Taking back what was written."""

    http_method_names = ["get", "head", "options", "post"]
    body_class = UndoSerializer

    @extend_schema(operation_id="imports_undo_plan", responses=UndoPlanSerializer)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return what an undo would do now, or why it cannot be."""
        plan = actions.plan_undo(self.batch)
        return Response(UndoPlanSerializer(context=self.get_serializer_context()).to_representation(plan))

    @extend_schema(operation_id="imports_undo", parameters=[KEY], request=UndoSerializer, responses=DONE)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the upload back as a whole; rows that somebody has edited since stay, and are named."""
        return self.carried_out()

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Undo."""
        return actions.undo(by=self.person, batch=batch, edition=body["edition"])


@extend_schema(tags=["imports"])
class ImportCorrections(ImportPart, Act):
    """Cells that were mended here, beside what the file holds."""

    http_method_names = ["get", "head", "options", "post"]
    serializer_class = CorrectionSerializer
    body_class = CorrectSerializer

    def read(self, size: int, after: str, before: str) -> Page[Any]:
        """Return one page of the corrections, the first ones first."""
        return corrections_page(self.batch, size=size, after=after, before=before)

    @extend_schema(operation_id="imports_corrections", responses=CorrectionSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one page of the cells that were mended."""
        return super().get(request, *args, **kwargs)

    @extend_schema(operation_id="imports_correct", parameters=[KEY], request=CorrectSerializer, responses=CHECKED)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Mend cells of one row that has a problem; the whole file is then checked anew."""
        return self.carried_out()

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Correct; a column is named as the errors name it."""
        sheet, row = body["sheet"], body["row"]
        cells = columns_named(batch, sheet, row, body["cells"])
        batch = actions.correct(by=self.person, batch=batch, sheet=sheet, row=row, cells=cells)
        batch.refresh_from_db()
        return batch

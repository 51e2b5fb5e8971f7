"""Matching the columns of a file that has headings of its own, and what an agency's files have taught so far."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY
from api.pagination import TOP_KEY, Ordering, invalid, whole_number
from api.v1.filters.imports import MappingFilters
from api.v1.serializers.import_columns import (
    FileColumnsSerializer,
    MappingSerializer,
    MatchSerializer,
    ReadAsSerializer,
    keys_of,
    read_key,
)
from api.v1.serializers.import_requests import NothingSerializer
from api.v1.serializers.imports import ImportDetailSerializer
from api.v1.views.imports.base import Act, ImportsView
from api.views import DetailView, ListView
from importers import actions
from importers.checking.headings import header_key
from importers.kinds import KINDS
from importers.mappings.forms import missing_message, refusals
from importers.mappings.models import ColumnMapping
from importers.mappings.presenters import table_to_match
from importers.mappings.table import FileTable
from importers.models import ImportBatch
from importers.permissions import agencies_to_upload_for

CHECKED = {200: ImportDetailSerializer, 202: ImportDetailSerializer}
SHEET = OpenApiParameter("sheet", str, description="The sheet to look at; without it the one that fits best.")
ROW = OpenApiParameter("row", int, description="The row of the header, where it was not found by itself.")
_LAST_ROW = 99_999


@extend_schema(tags=["imports"])
class ImportColumns(Act):
    """Which column of the file is which."""

    http_method_names = ["get", "head", "options", "post"]
    serializer_class = FileColumnsSerializer
    body_class = MatchSerializer

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the parameters that name a table."""
        return super().known_parameters | (frozenset() if self.writes else {"sheet", "row"})

    @extend_schema(operation_id="imports_columns", parameters=[SHEET, ROW], responses=FileColumnsSerializer)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the columns of the file as they were recognised, and what is proposed for the others.

        409 `wrong_state` where there is nothing to match: the file was written, dropped, or has no table.
        """
        row = whole_number(request, "row", 0, lowest=1, highest=_LAST_ROW)
        return Response(self.get_serializer(_table(self, request.query_params.get("sheet", ""), row)).data)

    @extend_schema(operation_id="imports_match_columns", parameters=[KEY], request=MatchSerializer, responses=CHECKED)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say which column of the file is which. It is remembered for the agency, and the file is checked again."""
        return self.carried_out()

    def act(self, batch: ImportBatch, body: dict[str, Any]) -> ImportBatch:
        """Match; headings are compared as everywhere: without regard to case, accents' form and white space."""
        table = _table(self, body["sheet"], body.get("row", 0))
        batch = actions.map_columns(by=self.person, batch=batch, words=table.words(_chosen(table, body["columns"])))
        batch.refresh_from_db()
        return batch


def _table(view: ImportColumns, sheet: str, row: int) -> FileTable:
    """Return the table that is named; raises NotAllowed, WrongState and ValidationError."""
    table = table_to_match(view.person, view.batch, sheet, row)
    if sheet and sheet != table.proposed.sheet:
        known = ", ".join(table.sheets)
        raise invalid("sheet", "unknown_value", _("Unknown sheet. Known ones: %(known)s.") % {"known": known})
    if row and row not in table.rows:
        known = ", ".join(map(str, table.rows))
        raise invalid("row", "unknown_value", _("No header can be in this row. Rows: %(known)s.") % {"known": known})
    return table


def _chosen(table: FileTable, sent: dict[str, str | None]) -> dict[int, str]:
    """Return the choices by number of the file's column; raises ValidationError with everything that is wrong."""
    numbers = {proposal.column.key: proposal.column.number for proposal in table.open_columns}
    keys = keys_of(table.layouts)
    wrong: dict[str, str] = {}
    chosen: dict[int, str] = {}
    named: dict[int, str] = {}
    for heading, key in sent.items():
        number = numbers.get(header_key(heading))
        if number is None:
            wrong[heading] = _("The file has no such heading that can be matched.")
        elif number in named:
            wrong[heading] = _("This heading is there twice.")
        elif key is not None and key not in keys:
            wrong[heading] = _unknown(keys)
        else:
            chosen[number], named[number] = read_key(key), heading
    chosen = table.as_known() | chosen
    refused = refusals(table, chosen)
    wrong |= {heading: refused[number] for number, heading in named.items() if number in refused}
    if wrong:
        raise ValidationError(
            {f"columns.{heading}": [ErrorDetail(said, "invalid_choice")] for heading, said in wrong.items()}
        )
    if missing := table.missing(chosen):
        raise invalid("columns", "missing_column", missing_message(missing))
    return chosen


def _unknown(keys: set[str | None]) -> str:
    return _("Unknown column. Known ones: %(known)s.") % {"known": ", ".join(sorted(filter(None, keys)))}


class MappingsView(ImportsView):
    """An address about what an agency's headings are remembered to stand for."""

    def remembered(self) -> QuerySet[ColumnMapping]:
        """Return what is remembered for the agencies for which the person uploads."""
        own = ColumnMapping.objects.filter(agency__in=agencies_to_upload_for(self.person), kind__in=self.kinds)
        return own.select_related("agency")


@extend_schema(tags=["imports"])
class MappingList(MappingsView, ListView):
    """What headings of agencies' files are remembered to stand for; every later file is read by it."""

    http_method_names = ["get", "head", "options"]
    queryset = ColumnMapping.objects.none()
    serializer_class = MappingSerializer
    filterset_class = MappingFilters
    orderings = {"id": Ordering(("pk",)), "-id": Ordering(("pk",), top=(TOP_KEY,))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return them."""
        return self.remembered()

    @extend_schema(operation_id="imports_mappings_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of them."""
        return super().get(request, *args, **kwargs)


@extend_schema(tags=["imports"])
class MappingDetail(MappingsView, DetailView):
    """One heading, and what it is remembered to stand for."""

    http_method_names = ["get", "head", "options", "patch", "delete"]
    queryset = ColumnMapping.objects.none()
    serializer_class = MappingSerializer

    @cached_property
    def mapping(self) -> ColumnMapping:
        """Return the mapping that the address names, or it is Http404."""
        return get_object_or_404(self.remembered(), pk=self.kwargs["id"])

    def get_object(self) -> ColumnMapping:
        """Return it."""
        return self.mapping

    @extend_schema(operation_id="imports_mappings_retrieve")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return it."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="imports_mappings_change", parameters=[KEY],
        request=ReadAsSerializer, responses={200: MappingSerializer},
    )  # fmt: skip
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Have the heading stand for another column, from the next check of a file on."""
        mapping, body = self.mapping, self.sent(ReadAsSerializer)
        keys = keys_of(KINDS[mapping.kind].layouts())
        if body["column"] is not None and body["column"] not in keys:
            raise invalid("column", "invalid_choice", _unknown(keys))
        return self.once(lambda: self._changed(mapping, read_key(body["column"])), body)

    def _changed(self, mapping: ColumnMapping, key: str) -> Response:
        changed = actions.change_mapping(by=self.person, mapping=mapping, column=key)
        return Response(self.get_serializer(changed).data)

    @extend_schema(
        operation_id="imports_mappings_forget", parameters=[KEY], request=None, responses={204: None}
    )  # fmt: skip
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Forget the heading: later files are read as if nobody had matched it."""
        body = self.sent(NothingSerializer)
        return self.once(self._forgotten, body)

    def _forgotten(self) -> Response:
        actions.forget_mapping(by=self.person, mapping=self.mapping)
        return Response(status=status.HTTP_204_NO_CONTENT)

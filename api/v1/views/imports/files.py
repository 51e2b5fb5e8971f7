"""The file of an upload, as it came and with its bad cells marked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from api.v1.views.imports.base import OfImport
from importers import downloads


class _AsItIs(DefaultContentNegotiation):
    """A file comes in its own form, whatever the caller says that it would like."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Choose the form of a problem, should there be one."""
        return renderers[0], renderers[0].media_type


class _ImportFile(OfImport):
    content_negotiation_class = _AsItIs


@extend_schema(tags=["imports"])
class ImportOriginal(_ImportFile):
    """The bytes as they came."""

    @extend_schema(
        operation_id="imports_original", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the file as it came."""
        return downloads.original(self.batch)


@extend_schema(tags=["imports"])
class ImportMarked(_ImportFile):
    """The sender's own file with its bad cells coloured and commented."""

    @extend_schema(operation_id="imports_marked", responses={(200, downloads.XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the file with its bad cells coloured and commented, to be mended and sent again."""
        return downloads.marked(self.batch)

"""The lists of one upload, in pages: its errors, warnings, notes, and rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar, cast

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import GivenPages, invalid
from api.v1.serializers.imports import ImportProblemSerializer, ImportRowSerializer
from api.v1.views.imports.base import OfImport
from cms.core.paging import Page
from importers.batches.pages import problems_page, rows_page
from importers.enums import RowClass
from importers.kinds import kind_of
from importers.kinds.contract import Showing

CHANGE = OpenApiParameter("change", str, enum=RowClass.values, description="Only rows of this class.")


def documented(name: str, serializer: Any, **more: Any) -> Callable[[Any], Any]:
    """Describe the GET of a list by what its view says of itself and by the shape of its rows."""

    def decorate(view: Any) -> Any:
        said = extend_schema(
            tags=["imports"], operation_id=name, description=view.__doc__, responses=serializer(many=True), **more
        )
        return extend_schema_view(get=said)(view)

    return decorate


class ImportPart(OfImport):
    """A list of an upload; a subclass says in ``read`` where its pages come from."""

    pagination_class = GivenPages

    def read(self, size: int, after: str, before: str) -> Page[Any]:
        """Return one page; raises BadCursor."""
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one page."""
        page = cast(GivenPages, self.paginator).read(self.read, request)
        serializer = self.get_serializer()
        return self.get_paginated_response([serializer.to_representation(row) for row in page.rows])


class _Problems(ImportPart):
    serializer_class = ImportProblemSerializer
    severity: ClassVar[str]

    def read(self, size: int, after: str, before: str) -> Page[Any]:
        """Return one page of the problems of this severity."""
        return problems_page(self.batch, self.severity, size=size, after=after, before=before)


@documented("imports_errors", ImportProblemSerializer)
class ImportErrors(_Problems):
    """What stands against the file, in its order: the objects that the command prints."""

    severity = "error"


@documented("imports_warnings", ImportProblemSerializer)
class ImportWarnings(_Problems):
    """What a person should look at; none of it stands against the file."""

    severity = "warning"


@documented("imports_notes", ImportProblemSerializer)
class ImportNotes(_Problems):
    """White space that was tidied while reading; nothing to mend."""

    severity = "note"


@documented("imports_rows", ImportRowSerializer, parameters=[CHANGE])
class ImportRows(ImportPart):
    """The rows of the preview, which are what a commit writes; rows with an error are not among them."""

    serializer_class = ImportRowSerializer

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the parameters of a list, and the class of the rows."""
        return super().known_parameters | {"change"}

    @cached_property
    def showing(self) -> Showing:
        """Return how the rows look to the caller."""
        return kind_of(self.batch).show(self.request.user, self.batch.agency)

    def read(self, size: int, after: str, before: str) -> Page[Any]:
        """Return one page of the rows of the class that is asked for."""
        change = self.request.query_params.get("change", "")
        if change and change not in RowClass.values:
            message = _("Unknown class. Known ones: %(known)s.") % {"known": ", ".join(RowClass.values)}
            raise invalid("change", "unknown_value", message)
        return rows_page(self.batch, change, size=size, after=after, before=before)

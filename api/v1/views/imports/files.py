"""Files: the one of an upload, as it came and with its bad cells marked; and the template to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.negotiation import AsItIs
from api.pagination import invalid
from api.v1.views.imports.base import ImportsView, OfImport
from cms.core.periods import read_period
from cms.organisations.models import Agency
from importers.batches import downloads
from importers.kinds import KINDS, USUAL
from importers.permissions import agencies_to_upload_for

KIND = OpenApiParameter("kind", str, enum=list(KINDS), description="Kind of upload.")
PERIOD = OpenApiParameter(
    "period", str, description="Of which period, for results of work: `2026-07`, `2026-Q3`, `2026-H1` or `2026`."
)
LAYOUT = OpenApiParameter(
    "layout", str, enum=[offer.code for kind in KINDS.values() if len(kind.offers) > 1 for offer in kind.offers],
    description="Which of the layouts that are read; without it the platform's own. For catalogs alone.",
)  # fmt: skip


@extend_schema(tags=["imports"])
class ImportTemplate(ImportsView):
    """The workbook that an agency fills in."""

    content_negotiation_class = AsItIs
    known_parameters = frozenset({"kind", "layout", "period"})

    @extend_schema(
        operation_id="imports_template", parameters=[KIND, LAYOUT, PERIOD],
        responses={(200, downloads.XLSX): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the agency's template, with the lists and rules that hold for it today."""
        asked = request.query_params
        kind = _known(asked, "kind", self.kinds, USUAL)
        layouts = [offer.code for offer in KINDS[kind].offers]
        layout = _known(asked, "layout", layouts, layouts[0])
        period = asked.get("period", "")
        if KINDS[kind].has_period and read_period(period) is None:
            raise invalid("period", "unknown_value", _("Write a period as 2026-07, 2026-Q3, 2026-H1 or 2026."))
        agency: Agency = get_object_or_404(agencies_to_upload_for(self.person, kind), code=self.kwargs["agency"])
        return downloads.template(agency, KINDS[kind], layout, period if KINDS[kind].has_period else "")


def _known(asked: QueryDict, name: str, known: Sequence[str], usual: str) -> str:
    value = asked.get(name) or usual
    if value not in known:
        raise invalid(name, "unknown_value", _("Unknown value. Known ones: %(known)s.") % {"known": ", ".join(known)})
    return value


class _ImportFile(OfImport):
    content_negotiation_class = AsItIs


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

"""Files of an upload as they are handed out, by the browser's addresses and the API's alike (security, T6)."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.translation import gettext as _

from cms.core.stored_files import never_inline
from cms.organisations.models import Agency
from importers.batches.marked_workbook import marked_workbook
from importers.kinds.contract import Kind
from importers.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ANY_BYTES = "application/octet-stream"


def original(batch: ImportBatch) -> HttpResponseBase:
    """Return the bytes as they came, under their own name; Http404 where they are no longer kept."""
    if not batch.original:
        raise Http404
    file = batch.original.open("rb")
    return never_inline(FileResponse(file, as_attachment=True, filename=batch.file_name, content_type=_ANY_BYTES))


def marked(batch: ImportBatch) -> HttpResponseBase:
    """Return the sender's own file with its bad cells coloured and commented (the import contract, promise 3).

    Http404 where it was never read as a table; raises WrongState when it cannot be marked.
    """
    if not batch.has_cells:
        raise Http404
    name = f"{PurePath(batch.file_name).stem}{_(' (cells to mend)')}.xlsx"
    return never_inline(FileResponse(marked_workbook(batch), as_attachment=True, filename=name, content_type=XLSX))


def template(agency: Agency, kind: Kind, layout: str = "", period: str = "") -> HttpResponseBase:
    """Return the agency's workbook to fill in: in the layout that is named, or in the usual one of the kind."""
    usual, *others = kind.offers
    offer = next((other for other in others if other.code == layout), usual)
    parts = filter(None, (kind.template_name, agency.code, period, offer.file_part, "xlsx"))
    file = kind.template(agency, offer, period)
    return never_inline(FileResponse(file, as_attachment=True, filename=".".join(parts), content_type=XLSX))

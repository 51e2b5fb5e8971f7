"""Every item that may be read, in one file written while it is read: memory does not grow with the province.

What strangers get is made once for each content; what the signed-in may read besides is their own, and made for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import IO, Any, ClassVar

from django.db.models import CharField, F, Func, QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.caching import REPRESENTATION
from api.negotiation import AsItIs
from api.pagination import invalid
from api.v1.filters.items import ItemFilters
from api.v1.links import Links
from api.v1.serializers.items import COMMON, MEMBERS, with_common_item
from api.v1.written import Place, beginning, whole, with_json
from api.views import ReadView
from catalog_pages.exports import FORMAT
from cms.catalogs.audiences import audiences_seen
from cms.catalogs.extra import only
from cms.catalogs.models import CatalogItem, CatalogVersion, ExtraColumn
from cms.core.cached_files import cached_file, temporary_file
from cms.core.table_files import csv_lines, xlsx_file_in_child
from cms.core.workbooks import ExportTable
from cms.curation.linked import links_stamp

NDJSON = "application/x-ndjson"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {"ndjson": NDJSON, "csv": CSV, "xlsx": XLSX}
_FETCHED, _WRITTEN = 2000, 500
# More rows than a sheet of Excel has.
MOST_IN_A_SHEET = 1_048_575

KIND = OpenApiParameter(
    "as", str, enum=list(_KINDS),
    description="A line of JSON for each item (`ndjson`, the default), `csv` for programs and Excel, or `xlsx`.",
)  # fmt: skip


class FourPlaces(Func):
    """A decimal as text with four places, made by the database: a Decimal for each value costs more than the rest."""

    output_field: ClassVar[Any] = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps numbers as they come; nothing stays nothing."""
        template = "CASE WHEN %(expressions)s IS NULL THEN NULL ELSE printf('%%%%.4f', %(expressions)s) END"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, (*params, *params)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL keeps four places."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **extra)


class ItemExport(ReadView):
    """All items that may be read and that the filters let through, in the order of agencies' lists.

    The lines of ndjson have the fields of `items/`. In csv and xlsx, texts that a spreadsheet could run are made
    harmless.
    """

    content_negotiation_class = AsItIs
    filterset_class = ItemFilters
    queryset = CatalogItem.objects.none()
    waits_for_slot = True

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the filters, and the kind of file."""
        return super().known_parameters | {"as"}

    @extend_schema(
        operation_id="items_export", tags=["items"], parameters=[KIND], filters=True,
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in _KINDS.values()},
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the file."""
        kind = request.query_params.get("as") or "ndjson"
        if kind not in _KINDS:
            sentence = _("Unknown kind of file. Known ones: %(known)s.") % {"known": ", ".join(_KINDS)}
            raise invalid("as", "unknown_value", sentence)
        versions = CatalogVersion.objects.visible_to(request.user)
        items = self.filter_queryset(CatalogItem.objects.filter(version__in=versions))
        places = self._places(versions)
        write: Callable[[QuerySet[CatalogItem], dict[int, Place]], Iterator[bytes]] = getattr(self, f"_{kind}")

        def make(file: IO[bytes]) -> None:
            file.writelines(write(items, places))

        if request.user.is_authenticated:
            return self._answer(temporary_file(make), kind)
        return self._answer(cached_file(self._content(versions, places), make, slot="large"), kind)

    def _content(self, versions: QuerySet[CatalogVersion], places: dict[int, Place]) -> str:
        """Return all that an answer to strangers depends on: what is published, where the links lead, what is asked."""
        request = self.request
        stamps = versions.order_by("pk").values_list("pk", "content_hash", "state", "effective_to")
        asked = sorted((name, sorted(values)) for name, values in request.query_params.lists())
        seen = [(pk, agency, number, sorted(columns)) for pk, (agency, number, columns) in sorted(places.items())]
        return repr((
            "items", FORMAT, REPRESENTATION, request.build_absolute_uri("/"), asked, seen, list(stamps),
            links_stamp(), timezone.localdate(),
        ))  # fmt: skip

    def _places(self, versions: QuerySet[CatalogVersion]) -> dict[int, Place]:
        """Versions are a few for each agency, so they are all kept at hand."""
        user = self.request.user
        columns = list(ExtraColumn.objects.seen_anywhere_by(user).values_list("key", "audience"))
        found = versions.values_list(
            "pk", "catalog__agency__code", "number", "catalog__agency__path", "catalog__agency__block"
        )
        return {
            pk: (
                agency, number,
                frozenset(key for key, audience in columns if audience in audiences_seen(user, path, block)),
            )
            for pk, agency, number, path, block in found
        }  # fmt: skip

    def _ndjson(self, items: QuerySet[CatalogItem], places: dict[int, Place]) -> Iterator[bytes]:
        return _lines(items, places, Links(self.request))

    def _csv(self, items: QuerySet[CatalogItem], places: dict[int, Place]) -> Iterator[bytes]:
        return (lines.encode() for lines in csv_lines(_table(items, places)))

    def _xlsx(self, items: QuerySet[CatalogItem], places: dict[int, Place]) -> Iterator[bytes]:
        if items.count() > MOST_IN_A_SHEET:
            raise invalid("as", "too_many_rows", _("A sheet does not hold so many items. Ask for csv, or for fewer."))
        with xlsx_file_in_child(_table(items, places), title="danh-muc") as file:
            yield from iter(partial(file.read, 1024 * 1024), b"")

    def _answer(self, file: IO[bytes], kind: str) -> HttpResponseBase:
        media_type = XLSX if kind == "xlsx" else f"{_KINDS[kind]}; charset=utf-8"
        return FileResponse(file, as_attachment=True, filename=f"danh-muc.{kind}", content_type=media_type)


def _rows(items: QuerySet[CatalogItem]) -> Iterator[tuple[Any, ...]]:
    decimals = {f"{one.column}_text": FourPlaces(F(one.column)) for one in MEMBERS if one.is_decimal}
    columns = (f"{one.column}_text" if one.is_decimal else one.column for one in MEMBERS)
    return _read(with_common_item(items).annotate(**decimals).values_list("version_id", *columns, COMMON, "extra"))


def _read(items: Any) -> Iterator[tuple[Any, ...]]:
    """Read in the order of agencies' lists, some rows at a time."""
    return iter(items.order_by("version_id", "position", "pk").iterator(chunk_size=_FETCHED))


def _lines(items: QuerySet[CatalogItem], places: dict[int, Place], links: Links) -> Iterator[bytes]:
    rows = _read(with_json(items).values_list("version_id", "item_json", "extra_json"))
    beginnings = {key: beginning(links, place) for key, place in places.items()}
    while some := list(islice(rows, _WRITTEN)):
        lines = [whole(beginnings[key], text, extra, places[key][2]) for key, text, extra in some]
        yield ("\n".join(lines) + "\n").encode()


def _table(items: QuerySet[CatalogItem], places: dict[int, Place]) -> ExportTable:
    keys = sorted(frozenset().union(*(columns for _agency, _number, columns in places.values())))
    headings = ("agency", "version", *(one.name for one in MEMBERS), COMMON, *(f"extra.{key}" for key in keys))
    return ExportTable("DanhMuc", headings, [16] * len(headings), _cells(_rows(items), places, keys))


def _cells(rows: Iterator[tuple[Any, ...]], places: dict[int, Place], keys: list[str]) -> Iterator[list[Any]]:
    for row in rows:
        agency, number, columns = places[row[0]]
        extra = only(row[-1], columns)
        yield [agency, number, str(row[1]), *row[2:-2], str(row[-2] or ""), *(extra.get(key, "") for key in keys)]

"""The rows of the open data sets at a moment, read while they are written: memory does not grow with the province.

Only what is published is here: versions behind public pages, frozen frameworks, releases, and agencies without anything
about persons. Rows come in a fixed order, with plain values in the order of the dictionary's columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

from django.db.models import IntegerField, OuterRef, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from catalog_pages.open_data import history
from catalog_pages.open_data.dictionary import DATASETS, Dataset, Field
from catalog_pages.open_data.moments import Moment
from catalog_pages.published import published_pages
from catalog_pages.transparency.models import TransparencyRelease
from cms.catalogs.extra import PREFIX, value_of
from cms.catalogs.item_fields import BY_KEY
from cms.catalogs.models import CatalogItem, CatalogVersion, CatalogVersionQuerySet
from cms.curation.models import CommonLink
from cms.frameworks.models import FrameworkVersion

_CHUNK = 2000
_KINDS = {"number": "number", "boolean": "yes_no", "date": "date", "string": "text"}
DatasetRow = Sequence[Any]


@dataclass(frozen=True)
class DatasetRows:
    """A dataset as it is at a moment, with the columns that it then has, and its rows, to be read once."""

    dataset: Dataset
    values: Iterator[DatasetRow]


def dataset_at(code: str, moment: Moment) -> Dataset:
    """Return a dataset with the columns that it has at a moment."""
    return DATASETS[code].with_fields(history.added_columns(moment)) if code == "danh-muc" else DATASETS[code]


def rows_at(code: str, moment: Moment) -> DatasetRows:
    """Return the rows of a dataset; ``code`` is one of DATASETS."""
    dataset = dataset_at(code, moment)
    added = dataset.fields[len(DATASETS[code].fields) :]
    return DatasetRows(dataset, _READERS[code](moment, added))


def counts(moment: Moment) -> dict[str, int]:
    """Return how many rows those datasets have whose rows need not be read to be counted."""
    items = Cast(KeyTextTransform("items", "summary"), IntegerField())
    # Asked for once: which pages are closed to some is a query of its own.
    pages = published_pages()
    total = _in_force(moment, pages).annotate(count=items).aggregate(total=Sum("count"))["total"]
    return {"danh-muc": total or 0, "phien-ban": public_versions(moment, pages).count()}


def public_versions(moment: Moment, pages: Any = None) -> CatalogVersionQuerySet:
    """Return the versions that were public at a moment, behind pages that are public now: ``pages``, where known."""
    # Pages of agencies are some hundred, and their catalogs are asked for by key.
    public = CatalogVersion.objects.public(moment.day, decided_before=moment.until)
    return public.filter(catalog__page__in=published_pages() if pages is None else pages)


def _in_force(moment: Moment, pages: Any = None) -> CatalogVersionQuerySet:
    latest = CatalogVersion.objects.latest_public(moment.day, decided_before=moment.until)
    return latest.filter(catalog__page__in=published_pages() if pages is None else pages)


def _agencies(moment: Moment, added: Sequence[Field]) -> Iterator[DatasetRow]:
    return (_day_in(agency) for _key, agency in history.agencies(moment))


def _day_in(agency: dict[str, Any]) -> DatasetRow:
    # The ledger keeps days as text.
    *values, day = (agency[name] for name in history.AGENCY_FIELDS)
    return (*values, datetime.date.fromisoformat(day) if isinstance(day, str) else day)


def _versions(moment: Moment, added: Sequence[Field]) -> Iterator[DatasetRow]:
    agencies = history.agency_names(moment)
    public = public_versions(moment).select_related("catalog")
    listed = public.order_by("catalog__agency__code", "number").iterator(chunk_size=_CHUNK)
    for version, following in pairwise(chain(listed, [None])):
        later = following if following and version and following.catalog_id == version.catalog_id else None
        if version:
            yield (*agencies[version.catalog.agency_id], *_version(version, later))


def _version(version: CatalogVersion, later: CatalogVersion | None) -> DatasetRow:
    """Its last day is the day before the next public version: what is decided and not yet public stays unsaid."""
    last_day = later and later.effective_from and later.effective_from - datetime.timedelta(days=1)
    return (
        version.number, version.year, version.decision_number, version.decision_date,
        version.effective_from, last_day, later is None, version.public_since, version.item_count,
        version.standard_unit, version.standard_score, version.divisor, version.content_hash,
    )  # fmt: skip


def _places(moment: Moment) -> dict[int, tuple[Any, ...]]:
    """Return what a row of an item in force begins with, by the key of its version: agency and number."""
    agencies = history.agency_names(moment)
    standing = _in_force(moment).values_list("pk", "catalog__agency", "number")
    return {pk: (*agencies[agency], number) for pk, agency, number in standing}


def _items(moment: Moment, added: Sequence[Field]) -> Iterator[DatasetRow]:
    places = _places(moment)
    items = CatalogItem.objects.filter(version__in=list(places)).order_by("version_id", "position", "pk")
    columns = [(field.name.removeprefix(PREFIX), _KINDS[field.kind]) for field in added]
    listed = items.values_list("version_id", "identity", "position", *BY_KEY, "extra")
    for version, identity, position, *values, extra in listed.iterator(chunk_size=_CHUNK):
        more = [value_of(kind, extra.get(key, "")) for key, kind in columns]
        yield (*places[version], str(identity), position, *values, *more)


def _links(moment: Moment, added: Sequence[Field]) -> Iterator[DatasetRow]:
    """Tell items in force that are linked to an item of the common list in force."""
    places = _places(moment)
    in_force = CatalogItem.objects.filter(version__in=list(places))
    commons = dict(in_force.filter(version__catalog__agency__depth=1).values_list("identity", "code"))
    links = CommonLink.objects.standing_at(moment.until)
    linked = links.filter(catalog=OuterRef("version__catalog"), identity=OuterRef("identity")).values("common")[:1]
    items = in_force.annotate(common=Subquery(linked)).filter(common__in=list(commons))
    listed = items.order_by("version_id", "position", "pk").values_list("version_id", "identity", "code", "common")
    for version, identity, code, common in listed.iterator(chunk_size=_CHUNK):
        yield (*places[version], str(identity), code, str(common), commons[common])


def _criteria(moment: Moment, added: Sequence[Field]) -> Iterator[DatasetRow]:
    holding = FrameworkVersion.objects.effective_on(moment.day, published_before=moment.until)
    for version in holding.order_by("framework_id", "number").iterator(chunk_size=20):
        data = version.data
        lines = (line for section in data["sections"] for line in _section(section))
        for place, line in enumerate(lines, start=1):
            yield (
                data["code"], version.number, place, version.name, data["subject"], version.effective_from,
                version.effective_to, *line,
            )  # fmt: skip


def _section(section: dict[str, Any]) -> Iterator[DatasetRow]:
    for branch in ("criteria", "indicators"):
        for parent, node in _walk(section.get(branch) or [], branch, ""):
            yield (
                section["code"], section["title"], node["code"], parent, bool(node[branch]), node["title"],
                _number(node.get("max")), _number(node.get("weight")), ", ".join(node["roles"]), node["guidance"],
                node["citation"],
            )  # fmt: skip


def _walk(nodes: list[dict[str, Any]], branch: str, parent: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in nodes:
        yield parent, node
        yield from _walk(node[branch], branch, node["code"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _figures(moment: Moment, added: Sequence[Field]) -> Iterator[DatasetRow]:
    releases = TransparencyRelease.objects.filter(published_at__lt=moment.until).order_by("number")
    for release in releases.iterator(chunk_size=5):
        for figure in release.figures.values():
            address = f"/du-lieu-mo/so-lieu/{release.number}/{figure.code}"
            table = f"{address}.csv" if figure.columns else ""
            yield (
                release.number, figure.code, release.published_at, figure.title, len(figure.rows), table,
                f"{address}.json", release.content_hash, release.note,
            )  # fmt: skip


_READERS: dict[str, Callable[[Moment, Sequence[Field]], Iterator[DatasetRow]]] = {
    "co-quan": _agencies, "phien-ban": _versions, "danh-muc": _items, "lien-ket": _links, "tieu-chi": _criteria,
    "so-lieu": _figures,
}  # fmt: skip

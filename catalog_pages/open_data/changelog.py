"""What was published when: versions of catalogs and frameworks, and releases of figures, the newest first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages import published, published_versions
from catalog_pages.models import HomePage, TransparencyPage
from catalog_pages.transparency.models import TransparencyRelease
from cms.catalogs.models import CatalogVersion
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.paging import Page, page_beyond
from cms.frameworks.models import FrameworkVersion

PAGE_SIZE = 50
Source = Literal["catalog", "framework", "release"]
_ORDER = ("published_text", "source", "pk")


@dataclass(frozen=True)
class ChangelogEntry:
    """Something that was published: when, its title, a sentence about it, and its address."""

    source: Source
    pk: int
    published_at: datetime.datetime
    title: str
    sentence: str
    address: str

    @property
    def published_text(self) -> str:
        """Return the time as cursors hold it."""
        return self.published_at.isoformat()


def changes(*, after: str = "", before: str = "", size: int = PAGE_SIZE) -> Page[ChangelogEntry]:
    """Return a page of what was published, the newest first; raises BadCursor for a made-up place."""
    return page_beyond(_fetch, order=_ORDER, size=size, after=after, before=before)


def first_day() -> datetime.date | None:
    """Return the day on which something was published first, or None."""
    first = [rows.order_by("published_at").values_list("published_at", flat=True).first() for rows in _rows().values()]
    days = [moment for moment in first if moment]
    return timezone.localdate(min(days)) if days else None


def _rows() -> dict[Source, QuerySet[Any]]:
    # What the ledger has recorded; the rest follows with the timer.
    recorded = CatalogVersion.objects.public().filter(published_at__isnull=False)
    public = recorded.filter(catalog__page__in=published.published_pages())
    return {
        "catalog": public.select_related("catalog__agency", "catalog__page"),
        "framework": FrameworkVersion.objects.select_related("framework").defer("content"),
        "release": TransparencyRelease.objects.defer("content"),
    }


def _fetch(cursor: list[Any] | None, backwards: bool, count: int) -> list[ChangelogEntry]:
    """Return the next ones: so many of each kind, put in order and cut."""
    found: list[tuple[Source, Any]] = []
    for source, rows in _rows().items():
        beyond = rows if cursor is None else rows.filter(_beyond(source, cursor, backwards))
        ordering = ("published_at", "pk") if backwards else ("-published_at", "-pk")
        found += [(source, row) for row in beyond.order_by(*ordering)[:count]]
    ordered = sorted(found, key=lambda pair: (pair[1].published_at, pair[0], pair[1].pk), reverse=not backwards)
    return _entries(ordered[:count])


def _beyond(source: Source, cursor: list[Any], backwards: bool) -> Q:
    """Compare by time, then by kind, then by key, as the list is ordered."""
    text, kind, key = cursor
    moment = datetime.datetime.fromisoformat(text)
    if timezone.is_naive(moment):
        raise ValueError("a cursor holds the time with its zone")
    operator = "gt" if backwards else "lt"
    past = Q(**{f"published_at__{operator}": moment})
    if source == kind:
        return past | Q(published_at=moment, **{f"pk__{operator}": key})
    is_beyond = source > kind if backwards else source < kind
    return past | Q(published_at=moment) if is_beyond else past


def _entries(found: Iterable[tuple[Source, Model]]) -> list[ChangelogEntry]:
    rows = list(found)
    catalogs = [row.catalog_id for source, row in rows if isinstance(row, CatalogVersion)]
    versions = published_versions.versions_by_catalog(catalogs)
    describe: Mapping[Source, Callable[[Any], tuple[str, str, str]]] = {
        "catalog": lambda row: _catalog(row, versions[row.catalog_id]), "framework": _framework, "release": _release,
    }  # fmt: skip
    return [
        ChangelogEntry(source, row.pk, attrgetter("published_at")(row), *describe[source](row)) for source, row in rows
    ]


def _catalog(version: CatalogVersion, versions: list[CatalogVersion]) -> tuple[str, str, str]:
    before = next((older for older in versions if older.number < version.number), None)
    title = _("%(agency)s, version %(number)s") % {"agency": version.catalog.agency.name, "number": version.number}
    values = {
        "decision": version.decision_number, "from": format_date_vi(version.effective_from or datetime.date.min),
        "count": _count(version), "before": _count(before) if before else "",
    }  # fmt: skip
    sentence = _("Decision %(decision)s, effective from %(from)s; %(count)s items.") % values
    if before:
        sentence = _("Decision %(decision)s, effective from %(from)s; %(count)s items (%(before)s before).") % values
    page = version.catalog.page
    return title, sentence, page.url + page.reverse_subpage("version", args=[version.number])


def _count(version: CatalogVersion) -> str:
    return format_decimal_vi(Decimal(version.item_count))


def _framework(version: FrameworkVersion) -> tuple[str, str, str]:
    title = _("Criteria framework %(name)s, version %(number)s") % {"name": version.name, "number": version.number}
    sentence = _("Effective from %(from)s.") % {"from": format_date_vi(version.effective_from)}
    return title, sentence, HomePage.framework_address(version.framework.code, version.number)


def _release(release: TransparencyRelease) -> tuple[str, str, str]:
    title = _("Figures of release %(number)s") % {"number": release.number}
    page = TransparencyPage.objects.live().first()
    address = page.url + page.reverse_subpage("release", args=[release.number]) if page else ""
    return title, release.note or _("Figures of the transparency page."), address

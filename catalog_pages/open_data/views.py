"""The place of open data: the page for people, the files, what programs read about them, what was published when."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import IO, Any

import orjson
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from catalog_pages import structured_data
from catalog_pages.models import TransparencyPage
from catalog_pages.open_data import changelog, descriptors
from catalog_pages.open_data.datasets import counts, dataset_at, rows_at
from catalog_pages.open_data.dictionary import DATASETS, FIELD_TYPE_LABELS, Dataset
from catalog_pages.open_data.feeds import changes_feed
from catalog_pages.open_data.files import MEDIA_TYPES, write_file
from catalog_pages.open_data.licences import LICENCES
from catalog_pages.open_data.moments import Moment, end_of, now
from catalog_pages.open_data.state import State, columns_fingerprint, state_at
from catalog_pages.routes.answers import cacheable, slot_for
from catalog_pages.transparency.models import TransparencyRelease
from cms.core.cached_files import cached_file
from cms.core.dates import DateError, parse_date
from cms.core.paging import BadCursor, Page

_A_MINUTE, _A_DAY = 60, 86_400
_LATEST = 5
_FIGURE_KINDS = ("csv", "json", "svg", "xlsx")


@require_safe
def overview(request: HttpRequest, day: datetime.date | None = None) -> Any:
    """Show what there is, now or at the end of a day; ``ngay`` leads to the day that was chosen in the form."""
    requested_day = request.GET.get("ngay")
    if requested_day and (chosen := _day_that_is_over(requested_day)):
        return redirect("open_data:day", chosen)
    moment = _moment(day)
    datasets = _datasets(moment)
    info = _catalog_info(request, moment, state_at(moment))
    context = {
        "requested_day": requested_day, "moment": moment, "info": info, "datasets": datasets,
        "type_labels": FIELD_TYPE_LABELS,
        "media_types": MEDIA_TYPES, "counts": counts(moment),
        "latest": [] if moment.is_final else changelog.changes(size=_LATEST).rows,
        "for_search_engines": structured_data.script(descriptors.search_engine_data(info, datasets, MEDIA_TYPES)),
    }  # fmt: skip
    return cacheable(request, render(request, "catalog_pages/open_data/overview.html", context))


@require_safe
def changes(request: HttpRequest) -> Any:
    """List what was published when, the newest first (``sau`` or ``truoc`` a place)."""
    listed = _page_of_changes(request)
    return cacheable(request, render(request, "catalog_pages/open_data/changes.html", {"listed": listed}))


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """Answer the same for feed readers, in Atom."""
    place = request.build_absolute_uri
    text = changes_feed(_page_of_changes(request), _province(), place, after=request.GET.get("sau", ""))
    return cacheable(request, HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


@require_safe
def file(request: HttpRequest, dataset: str, kind: str, day: datetime.date | None = None) -> HttpResponseBase:
    """Send a dataset, as it is or as it was at the end of a day."""
    if dataset not in DATASETS or kind not in MEDIA_TYPES:
        raise Http404
    moment = _moment(day)
    state = state_at(moment)
    columns = columns_fingerprint(dataset_at(dataset, moment))

    parts, count = ("file", dataset, kind, columns), counts(moment).get(dataset, 0)

    def make(file: IO[bytes]) -> None:
        write_file(kind, rows_at(dataset, moment), file, count=count, created=state.changed)

    def answer() -> HttpResponseBase:
        name = f"{dataset}-{moment.day.isoformat()}.{kind}"
        stored = cached_file(
            f"open data {state.etag(*parts)}", make, slot=slot_for(request, counts(moment).get(dataset, 0))
        )
        charset = "" if kind == "xlsx" else "; charset=utf-8"
        return FileResponse(stored, as_attachment=True, filename=name, content_type=f"{MEDIA_TYPES[kind]}{charset}")

    return _conditional(request, moment, state, answer, *parts)


@require_safe
def data_package(request: HttpRequest, day: datetime.date | None = None) -> HttpResponseBase:
    """Describe the files and their columns as a Data Package."""
    moment = _moment(day)
    return _descriptor(request, moment, "application/json", descriptors.data_package)


@require_safe
def dcat(request: HttpRequest) -> HttpResponseBase:
    """Describe the data sets for catalogs of open data, as DCAT in JSON-LD."""

    def describe(info: descriptors.CatalogInfo, datasets: list[Dataset]) -> dict[str, Any]:
        return descriptors.dcat(info, datasets, MEDIA_TYPES)

    return _descriptor(request, now(), "application/ld+json", describe)


@require_safe
def figure(request: HttpRequest, number: int, code: str, kind: str) -> HttpResponseBase:
    """Lead to a figure of a release: this address stays when the transparency page is moved."""
    release = TransparencyRelease.objects.filter(number=number).first()
    page = TransparencyPage.objects.live().first()
    if release is None or page is None or code not in release.figures or kind not in _FIGURE_KINDS:
        raise Http404
    return redirect(page.url + page.reverse_subpage("figure_file", args=[number, code, kind]))


def _descriptor(
    request: HttpRequest,
    moment: Moment,
    media_type: str,
    describe: Callable[[descriptors.CatalogInfo, list[Dataset]], dict[str, Any]],
) -> HttpResponseBase:
    state, datasets = state_at(moment), _datasets(moment)
    info = _catalog_info(request, moment, state)

    def answer() -> HttpResponseBase:
        return HttpResponse(orjson.dumps(describe(info, datasets), option=orjson.OPT_INDENT_2), content_type=media_type)

    columns = (columns_fingerprint(dataset) for dataset in datasets)
    return _conditional(
        request, moment, state, answer, media_type, info.base, info.publisher, info.licence.code, *columns
    )


def _conditional(
    request: HttpRequest, moment: Moment, state: State, answer: Callable[[], HttpResponseBase], *parts: str
) -> HttpResponseBase:
    """Answer, or say that the visitor has it already: nothing is then read.

    A day that is over may be kept for a day and no longer: a column that is taken from the public has to be gone.
    """
    etag, changed = state.etag(*parts), state.changed.timestamp()
    response = get_conditional_response(request, etag=etag, last_modified=int(changed)) or answer()
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(changed)
    patch_cache_control(response, public=True, max_age=_A_DAY if moment.is_final else _A_MINUTE)
    return response


def _moment(day: datetime.date | None) -> Moment:
    moment = now() if day is None else end_of(day)
    if moment is None:
        raise Http404
    return moment


def _datasets(moment: Moment) -> list[Dataset]:
    return [dataset_at(code, moment) for code in DATASETS]


def _catalog_info(request: HttpRequest, moment: Moment, state: State) -> descriptors.CatalogInfo:
    return descriptors.CatalogInfo(
        publisher=_province(), licence=LICENCES[settings.THUOCDO_OPEN_DATA_LICENCE],
        base=request.build_absolute_uri(reverse("open_data:overview")), prefix=moment.prefix, day=moment.day,
        is_final=moment.is_final, changed=timezone.localtime(state.changed), since=changelog.first_day(),
    )  # fmt: skip


def _province() -> str:
    return str(settings.THUOCDO_PROVINCE_NAME)


def _day_that_is_over(text: str) -> datetime.date | None:
    try:
        day = parse_date(text)
    except DateError:
        return None
    return day if end_of(day) else None


def _page_of_changes(request: HttpRequest) -> Page[changelog.ChangelogEntry]:
    try:
        return changelog.changes(after=request.GET.get("sau", ""), before=request.GET.get("truoc", ""))
    except BadCursor as problem:
        raise Http404 from problem

"""Addresses of the transparency page: the latest release, every release for ever, and each figure as page and file."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from catalog_pages.exports import Table
from catalog_pages.routes.answers import cacheable, file_answer, page_of_rows
from catalog_pages.transparency.charts import draw
from catalog_pages.transparency.figures import Figure, records
from catalog_pages.transparency.models import TransparencyRelease

_HASHED_FOR_EVER = "public, max-age=31536000, immutable"


class TransparencyRoutes(RoutablePageMixin):
    """``/minh-bach/``, ``/minh-bach/ban/3/``, ``/minh-bach/ban/3/tien-do/`` and its files."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer any address of this page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))

    @path("", name="latest")
    def latest(self, request: HttpRequest) -> Any:
        """Show the page with the figures published last."""
        return self._show(request, TransparencyRelease.objects.first(), is_latest=True)

    @path("ban/", name="releases")
    def releases(self, request: HttpRequest) -> Any:
        """List the releases, the newest first."""
        newest_first = TransparencyRelease.objects.defer("content").annotate(upside_down=-F("number"))
        listed = page_of_rows(request, newest_first, order=["upside_down"])
        return self._render(request, "releases", listed=listed)

    @path("ban/<int:number>/", name="release")
    def release(self, request: HttpRequest, number: int) -> Any:
        """Show the page with the figures of one release."""
        release = _release(number)
        return self._show(
            request, release, is_latest=not TransparencyRelease.objects.filter(number__gt=number).exists()
        )

    @path("so-lieu/<slug:code>/", name="lasting_figure")
    def lasting_figure(self, request: HttpRequest, code: str) -> Any:
        """Lead to a figure in the release published last."""
        release = TransparencyRelease.objects.first()
        if release is None or code not in release.figures:
            raise Http404
        return redirect(self.get_url(request) + self.reverse_subpage("figure", args=[release.number, code]))

    @path("ban/<int:number>/<slug:code>/", name="figure")
    def figure(self, request: HttpRequest, number: int, code: str) -> Any:
        """Show one figure of one release: its address for ever."""
        release = _release(number)
        figure = _figure(release, code)
        return self._render(request, "figure", release=release, figure=figure, chart=draw(figure))

    @path("ban/<int:number>/<slug:code>/<slug:kind>/", name="figure_file")
    def figure_file(self, request: HttpRequest, number: int, code: str, kind: str) -> Any:
        """Send one figure of one release as csv, xlsx, json or svg."""
        release = _release(number)
        figure = _figure(release, code)
        name = f"{code}-ban-{number}"
        if kind == "json":
            return _json_answer(release, figure)
        if kind == "svg":
            return _svg_answer(figure)
        table = Table("SoLieu", [column.label for column in figure.columns], [24] * len(figure.columns), figure.rows)
        return file_answer(
            request, lambda: [table], kind=kind, name=name, contents=f"{release.content_hash}-{code}",
            changed=release.published_at,
        )  # fmt: skip

    def _show(self, request: HttpRequest, release: TransparencyRelease | None, *, is_latest: bool) -> Any:
        return self._render(request, "page", release=release, is_latest=is_latest)

    def _render(self, request: HttpRequest, template: str, **context: Any) -> Any:
        return self.render(request, template=f"catalog_pages/transparency/{template}.html", context_overrides=context)


def _release(number: int) -> TransparencyRelease:
    release = TransparencyRelease.objects.filter(number=number).first()
    if release is None:
        raise Http404
    return release


def _figure(release: TransparencyRelease, code: str) -> Figure:
    if code not in release.figures:
        raise Http404
    return release.figures[code]


def _json_answer(release: TransparencyRelease, figure: Figure) -> HttpResponse:
    content = {
        "release": release.number, "published_at": release.published_at.isoformat(), "sha256": release.content_hash,
        "code": figure.code, "title": figure.title, "summary": figure.summary, "notes": figure.notes,
        "columns": [{"name": column.name, "label": column.label, "kind": column.kind} for column in figure.columns],
        "rows": records(figure),
    }  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json", headers={"Cache-Control": _HASHED_FOR_EVER})


def _svg_answer(figure: Figure) -> HttpResponse:
    chart = draw(figure)
    if chart is None:
        raise Http404
    text = render_to_string("catalog_pages/transparency/_chart.svg", {"figure": figure, "chart": chart, "alone": True})
    return HttpResponse(text, content_type="image/svg+xml", headers={"Cache-Control": _HASHED_FOR_EVER})

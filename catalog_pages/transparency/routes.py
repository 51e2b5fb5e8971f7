"""Addresses of the transparency page: the latest release, every release for ever, and each figure as page and file."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from catalog_pages.routes.answers import cacheable, file_answer, page_of_rows
from catalog_pages.transparency import publication_rules
from catalog_pages.transparency.changes import changes_between
from catalog_pages.transparency.charts import draw_chart, frame_chart
from catalog_pages.transparency.figures import WITHHELD, Figure
from catalog_pages.transparency.models import TransparencyRelease
from catalog_pages.transparency.presenters import figure_json, present_figure, source_line, source_rows
from cms.core.workbooks import ExportTable

_HASHED_FOR_EVER = "public, max-age=31536000, immutable"


class TransparencyRoutes(RoutablePageMixin):
    """``/minh-bach/``, ``/minh-bach/ban/3/``, ``/minh-bach/ban/3/tien-do/`` and its files.

    What stands below ``ban/3/`` says nothing of later releases, nor of how the page is arranged today: it stays.
    """

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer any address of this page; anonymous visitors may keep the answer briefly."""
        return cacheable(request, super().serve(request, *args, **kwargs))

    @path("", name="latest")
    def latest(self, request: HttpRequest) -> Any:
        """Show the page with the figures published last."""
        return self._render(request, "page", release=TransparencyRelease.objects.first())

    @path("cach-tinh/", name="methods")
    def methods(self, request: HttpRequest) -> Any:
        """Explain how figures are counted, withheld, published and corrected, and what the terms mean."""
        release = TransparencyRelease.objects.first()
        figures = list(release.figures.values()) if release else []
        return self._render(
            request, "methods", release=release, figures=figures, rules=publication_rules, withheld=WITHHELD
        )

    @path("ban/", name="releases")
    def releases(self, request: HttpRequest) -> Any:
        """List the releases, the newest first."""
        newest_first = TransparencyRelease.objects.defer("content").annotate(upside_down=-F("number"))
        listed = page_of_rows(request, newest_first, order=["upside_down"])
        return self._render(request, "releases", listed=listed)

    @path("ban/<int:number>/", name="release")
    def release(self, request: HttpRequest, number: int) -> Any:
        """Show all figures of one release."""
        release = _release(number)
        presented = [present_figure(figure) for figure in release.figures.values()]
        return self._render(request, "release", release=release, presented=presented)

    @path("ban/<int:number>/tai-ve/", name="release_file")
    def release_file(self, request: HttpRequest, number: int) -> Any:
        """Send the very text that was frozen and hashed: ``sha256sum`` of the file gives the hash of the release."""
        release = _release(number)
        disposition = f'attachment; filename="minh-bach-ban-{number}.json"'
        headers = {"Cache-Control": _HASHED_FOR_EVER, "Content-Disposition": disposition}
        return HttpResponse(release.content, content_type="application/json", headers=headers)

    @path("ban/<int:number>/so-voi/<int:other>/", name="difference")
    def difference(self, request: HttpRequest, number: int, other: int) -> Any:
        """List what a release changed against another, figure by figure."""
        release, before = _release(number), _release(other)
        changes = changes_between(before.figures, release.figures)
        return self._render(request, "difference", release=release, before=before, changes=changes)

    @path("so-lieu/<slug:code>/", name="latest_figure")
    def latest_figure(self, request: HttpRequest, code: str) -> Any:
        """Lead to a figure in the release published last."""
        release = TransparencyRelease.objects.first()
        if release is None or code not in release.figures:
            raise Http404
        return redirect(self.get_url(request) + self.reverse_subpage("figure", args=[release.number, code]))

    @path("ban/<int:number>/<slug:code>/", name="figure")
    def figure(self, request: HttpRequest, number: int, code: str) -> Any:
        """Show one figure of one release: its address for ever; ``sap-xep`` puts its table in another order."""
        release = _release(number)
        figure, order = _figure(release, code), request.GET.get("sap-xep", "")
        try:
            in_order = figure.sorted_by(order) if order else figure
        except ValueError as problem:
            raise Http404 from problem
        return self._render(
            request, "figure", release=release, presentation=present_figure(figure, table=in_order, order=order)
        )

    @path("ban/<int:number>/<slug:code>/<slug:kind>/", name="figure_file")
    def figure_file(self, request: HttpRequest, number: int, code: str, kind: str) -> Any:
        """Send one figure of one release as csv, xlsx, json or svg."""
        release = _release(number)
        figure = _figure(release, code)
        name = f"{code}-ban-{number}"
        if kind == "json":
            return _json_answer(release, figure)
        if kind == "svg":
            return _svg_answer(release, figure)
        labels = [column.label for column in figure.columns]
        address = request.build_absolute_uri(
            self.get_url(request) + self.reverse_subpage("figure", args=[release.number, code])
        )
        tables = [
            ExportTable("SoLieu", labels, [24] * len(labels), figure.typed_rows()),
            ExportTable("Nguon", ["Mục", "Nội dung"], [24, 100], source_rows(release, figure, address)),
        ]
        return file_answer(
            request, lambda: tables, kind=kind, name=name, contents=f"{release.content_hash}-{code}-nguon",
            changed=release.published_at, rows=len(figure.rows),
        )  # fmt: skip

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
    content = figure_json(release, figure)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json", headers={"Cache-Control": _HASHED_FOR_EVER})


def _svg_answer(release: TransparencyRelease, figure: Figure) -> HttpResponse:
    chart = draw_chart(figure)
    if chart is None:
        raise Http404
    context = {"figure": figure, "chart": chart, "framed": frame_chart(figure, chart, source_line(release, figure))}
    text = render_to_string("catalog_pages/transparency/chart_file.svg", context)
    return HttpResponse(text, content_type="image/svg+xml", headers={"Cache-Control": _HASHED_FOR_EVER})

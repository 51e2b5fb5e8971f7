"""Releases of public figures as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer
from catalog_pages.transparency.models import TransparencyRelease
from catalog_pages.transparency.presenters import figure_json


class ReleaseSerializer(RowSerializer):
    """A published release: it never changes. A correction is the next release."""

    url = serializers.URLField(help_text="Permanent address.")
    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    note = serializers.CharField(help_text="What the publisher says beside it, such as what was corrected.")
    sha256 = serializers.CharField(help_text="Of the bytes at content_url.")
    content_url = serializers.URLField(help_text="All figures as they were frozen and hashed.")

    def row(self, links: Links, row: TransparencyRelease) -> dict[str, Any]:
        """Return one release."""
        url = links.release(row.number)
        return {
            "url": url,
            "number": row.number,
            "published_at": row.published_at,
            "note": row.note,
            "sha256": row.content_hash,
            "content_url": f"{url}content/",
        }


class FigureReferenceSerializer(serializers.Serializer[Any]):
    """A figure as its release points to it."""

    code = serializers.CharField()
    title = serializers.CharField()
    headline = serializers.CharField(help_text="The finding; empty where there is none.")
    url = serializers.URLField()


class ReleaseDetailSerializer(ReleaseSerializer):
    """A published release with the figures that are in it."""

    counted_on = serializers.DateField(help_text="The day as which the figures stand.")
    figures = FigureReferenceSerializer(many=True)

    def row(self, links: Links, row: TransparencyRelease) -> dict[str, Any]:
        """Return one release with its figures."""
        figures = [
            {
                "code": figure.code, "title": figure.title, "headline": figure.headline,
                "url": links.figure(row.number, figure.code),
            }
            for figure in row.figures.values()
        ]  # fmt: skip
        return super().row(links, row) | {"counted_on": row.as_of, "figures": figures}


class TermSerializer(serializers.Serializer[Any]):
    """A word of a figure, and what it means."""

    term = serializers.CharField()
    meaning = serializers.CharField()


class FigureColumnSerializer(serializers.Serializer[Any]):
    """A column of a figure's table."""

    name = serializers.CharField(help_text="The key in each row.")
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.ChoiceField(choices=["text", "number", "decimal", "date"])
    guarded = serializers.BooleanField(help_text="Whether null means that the number is kept back.")


class FigureSerializer(RowSerializer):
    """One figure of a release: a table with what it is called, how it was counted, and what its words mean."""

    url = serializers.URLField(help_text="Permanent address.")
    release = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="Of the release.")
    counted_on = serializers.DateField()
    code = serializers.CharField()
    title = serializers.CharField()
    headline = serializers.CharField()
    summary = serializers.CharField()
    notes = serializers.CharField()
    unit = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    terms = TermSerializer(many=True)
    columns = FigureColumnSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField(), help_text="One object a row, by names of columns.")

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one figure; ``row`` is the release and the figure."""
        release, figure = row
        return {"url": links.figure(release.number, figure.code)} | figure_json(release, figure)

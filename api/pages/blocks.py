"""Blocks as JSON: ``{"id", "type", "value"}``, one shape for each type of block that a page can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from api.pages.reader import Reader
from api.v1.serializers.base import AgencyReferenceSerializer
from api.v1.serializers.transparency import FigureSerializer
from api.v1.serializers.versions import VersionSerializer
from catalog_pages.blocks import link_target, open_documents, open_picture

_HTML = "HTML; links lead to public addresses with their host."


class RenditionSerializer(serializers.Serializer[Any]):
    """A picture in one size."""

    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class PictureReferenceSerializer(serializers.Serializer[Any]):
    """A picture, and the words that stand for it."""

    id = serializers.IntegerField()
    detail_url = serializers.URLField()
    title = serializers.CharField()
    alt = serializers.CharField(help_text="Empty for a picture that says nothing.")
    renditions = RenditionSerializer(many=True)


class DownloadSerializer(serializers.Serializer[Any]):
    """A document to download."""

    id = serializers.IntegerField()
    detail_url = serializers.URLField()
    title = serializers.CharField()
    download_url = serializers.URLField()
    extension = serializers.CharField()
    size = serializers.IntegerField(allow_null=True, help_text="In bytes.")


class PublishedVersionSerializer(VersionSerializer):
    """A published version, with its page."""

    html_url = serializers.URLField()


class PublishedCatalogSerializer(serializers.Serializer[Any]):
    """An agency's published catalog."""

    url = serializers.URLField(help_text="In version 1 of the API.")
    html_url = serializers.URLField()
    agency = AgencyReferenceSerializer()
    versions_url = serializers.URLField()
    current_version = PublishedVersionSerializer(allow_null=True, help_text="Its items stand at items_url.")


class LinkValueSerializer(serializers.Serializer[Any]):
    """A way on."""

    text = serializers.CharField()
    url = serializers.URLField()


class PictureValueSerializer(serializers.Serializer[Any]):
    """A picture in a page."""

    picture = PictureReferenceSerializer()
    caption = serializers.CharField()


class DocumentsValueSerializer(serializers.Serializer[Any]):
    """Documents in a page."""

    heading = serializers.CharField()
    documents = DownloadSerializer(many=True)


class DayValueSerializer(serializers.Serializer[Any]):
    """A day, and what falls due."""

    day = serializers.DateField()
    text = serializers.CharField()


class MilestonesValueSerializer(serializers.Serializer[Any]):
    """Days of the procedure."""

    heading = serializers.CharField()
    days = DayValueSerializer(many=True)


class FigureValueSerializer(serializers.Serializer[Any]):
    """A figure of the release published last, as an editor placed it."""

    heading = serializers.CharField(help_text="Empty: the figure's headline.")
    comment = serializers.CharField(help_text=_HTML)
    table_open = serializers.BooleanField(help_text="Whether its table is shown at once.")
    figure = FigureSerializer()


def _block(name: str, value: Any) -> type[serializers.Serializer[Any]]:
    fields = {
        "__doc__": f"A block of type {name}.",
        "id": serializers.CharField(allow_null=True),
        "type": serializers.ChoiceField(choices=[name]),
        "value": value,
    }
    return type(f"{name.title()}BlockSerializer", (serializers.Serializer,), fields)


# By type: the shape for the documentation, and what makes it. None leaves the block out: it shows nothing.
SHAPES = {
    "text": _block("text", serializers.CharField(help_text=_HTML)),
    "link": _block("link", LinkValueSerializer()),
    "picture": _block("picture", PictureValueSerializer()),
    "documents": _block("documents", DocumentsValueSerializer()),
    "catalog": _block("catalog", PublishedCatalogSerializer()),
    "milestones": _block("milestones", MilestonesValueSerializer()),
    "figure": _block("figure", FigureValueSerializer()),
}


def _link(reader: Reader, value: Any) -> dict[str, Any] | None:
    target = link_target(value)
    return {"text": value["text"], "url": reader.address(target)} if target else None


def _picture(reader: Reader, value: Any) -> dict[str, Any] | None:
    image = open_picture(value)
    return {"picture": reader.picture(image), "caption": value["caption"]} if image else None


def _documents(reader: Reader, value: Any) -> dict[str, Any] | None:
    files = [reader.file(document) for document in open_documents(value)]
    return {"heading": value["heading"], "documents": files} if files else None


def _milestones(reader: Reader, value: Any) -> dict[str, Any]:
    days = [{"day": one["day"], "text": one["text"]} for one in value["days"]]
    return {"heading": value["heading"], "days": days}


def _figure(reader: Reader, value: Any) -> dict[str, Any] | None:
    figure = reader.figure(value["figure"])
    comment = value["comment"].source if value["comment"] else ""
    return figure and {
        "heading": value["heading"], "comment": reader.html(comment), "table_open": value["table_open"],
        "figure": figure,
    }  # fmt: skip


SERIALIZERS: dict[str, Callable[[Reader, Any], Any]] = {
    "text": lambda reader, value: reader.html(value.source),
    "link": _link,
    "picture": _picture,
    "documents": _documents,
    "catalog": lambda reader, value: reader.catalog(value["page"]) if value["page"] else None,
    "milestones": _milestones,
    "figure": _figure,
}


def serialize_blocks(reader: Reader, body: Any) -> list[dict[str, Any]]:
    """Return the blocks of a body that show something, in their order."""
    data = ((block, SERIALIZERS[block.block_type](reader, block.value)) for block in body)
    return [{"id": block.id, "type": block.block_type, "value": value} for block, value in data if value is not None]

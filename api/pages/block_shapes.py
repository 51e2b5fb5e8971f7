"""What each type of block is like as JSON, ``{"id", "type", "value"}``: for the documentation."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.serializers.base import AgencyReferenceSerializer
from api.v1.serializers.transparency import FigureSerializer
from api.v1.serializers.versions import VersionSerializer

# What a block of type figure becomes while its figure is not published.
MISSING_FIGURE = "missing_figure"
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


class MissingFigureValueSerializer(serializers.Serializer[Any]):
    """Stands in the place of a figure that is not in the release published last."""

    code = serializers.CharField()
    title = serializers.CharField(help_text="What it was called; may be empty.")


class HeadingValueSerializer(serializers.Serializer[Any]):
    """Parts a page; it has no words below it."""

    text = serializers.CharField()
    level = serializers.IntegerField(help_text="2 or 3.")


class TableColumnSerializer(serializers.Serializer[Any]):
    """A column of an editor's table."""

    heading = serializers.CharField()
    kind = serializers.ChoiceField(choices=["text", "number"])


class TableValueSerializer(serializers.Serializer[Any]):
    """A table; numbers are decimals as text."""

    caption = serializers.CharField()
    columns = TableColumnSerializer(many=True)
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField(allow_blank=True)))


class PartSerializer(serializers.Serializer[Any]):
    """A heading, and what stands below it."""

    heading = serializers.CharField()
    text = serializers.CharField(help_text=_HTML)


class AccordionValueSerializer(serializers.Serializer[Any]):
    """Parts that readers open."""

    parts = PartSerializer(many=True)


class StepsValueSerializer(serializers.Serializer[Any]):
    """Steps, one after the other."""

    heading = serializers.CharField()
    steps = PartSerializer(many=True)


class QuestionSerializer(serializers.Serializer[Any]):
    """What is often asked, with what is answered."""

    question = serializers.CharField()
    answer = serializers.CharField(help_text=_HTML)


class QuestionsValueSerializer(serializers.Serializer[Any]):
    """Questions that are often asked."""

    heading = serializers.CharField()
    questions = QuestionSerializer(many=True)


class LawValueSerializer(serializers.Serializer[Any]):
    """Words of a law, with their source."""

    text = serializers.CharField(help_text="Plain text.")
    source = serializers.CharField()  # type: ignore[assignment]
    url = serializers.CharField(help_text="Empty where none was given.")


class ContactValueSerializer(serializers.Serializer[Any]):
    """Who is asked, and how; what was not given is empty."""

    name = serializers.CharField()
    about = serializers.CharField()
    address = serializers.CharField()
    telephone = serializers.CharField()
    email = serializers.CharField()
    hours = serializers.CharField()


class VideoValueSerializer(serializers.Serializer[Any]):
    """A link to a video; nothing is embedded."""

    title = serializers.CharField()
    url = serializers.URLField()
    host = serializers.CharField()
    picture = PictureReferenceSerializer(allow_null=True)


class CatalogSearchValueSerializer(serializers.Serializer[Any]):
    """A search box for products and works."""

    heading = serializers.CharField()
    html_url = serializers.URLField(help_text="The page that answers; the words go into its parameter q.")
    items_url = serializers.URLField(help_text="The same as data; the words go into the parameter search.")


class RichTextNodeSerializer(serializers.Serializer[Any]):
    """A piece of formatted words: an element with what stands in it, or text alone."""

    text = serializers.CharField(required=False, help_text="Plain text; then there is nothing else.")
    tag = serializers.CharField(required=False, help_text="Such as p, h3, b, ul, li, a.")
    attributes = serializers.DictField(child=serializers.CharField(), required=False)
    children = serializers.ListField(child=serializers.DictField(), required=False, help_text="Nodes of the same kind.")


def _block(name: str, value: Any, **further: Any) -> type[serializers.Serializer[Any]]:
    fields = {
        **further,
        "__doc__": f"A block of type {name}.",
        "id": serializers.CharField(allow_null=True),
        "type": serializers.ChoiceField(choices=[name]),
        "value": value,
    }
    return type(f"{name.title().replace('_', '')}BlockSerializer", (serializers.Serializer,), fields)


SHAPES = {
    "heading": _block("heading", HeadingValueSerializer()),
    "text": _block(
        "text",
        serializers.CharField(help_text=_HTML),
        nodes=RichTextNodeSerializer(many=True, help_text="The same as a tree, for programs that show no HTML."),
    ),
    "table": _block("table", TableValueSerializer()),
    "accordion": _block("accordion", AccordionValueSerializer()),
    "questions": _block("questions", QuestionsValueSerializer()),
    "steps": _block("steps", StepsValueSerializer()),
    "law": _block("law", LawValueSerializer()),
    "contact": _block("contact", ContactValueSerializer()),
    "video": _block("video", VideoValueSerializer()),
    "link": _block("link", LinkValueSerializer()),
    "picture": _block("picture", PictureValueSerializer()),
    "documents": _block("documents", DocumentsValueSerializer()),
    "catalog": _block("catalog", PublishedCatalogSerializer()),
    "catalog_search": _block("catalog_search", CatalogSearchValueSerializer()),
    "milestones": _block("milestones", MilestonesValueSerializer()),
    "figure": _block("figure", FigureValueSerializer()),
    MISSING_FIGURE: _block(MISSING_FIGURE, MissingFigureValueSerializer()),
}

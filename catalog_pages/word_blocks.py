"""Blocks of words: headings, tables, folded parts, steps, questions, quotes of law, contacts, links to videos."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockValidationError

from catalog_pages.blocks import ADDRESS, LabelledImageBlock, is_shown
from catalog_pages.rich_text import LINE_FEATURES

_MOST_PARTS = 50
_TELEPHONE = r"^\+?[0-9][0-9 .()-]{2,24}$"


def _words(label: Any, **options: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=label, features=LINE_FEATURES, **options)


class HeadingBlock(blocks.StructBlock):
    """A heading of a part of the page."""

    text = blocks.CharBlock(label=_("Text of the heading"), max_length=200)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Part of the page")), ("3", _("Part of a part"))], default="2", label=_("Level of the heading")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Parts the page, for readers and for screen readers.")
        label_format = "{text}"
        template = "catalog_pages/blocks/heading.html"


class TableBlock(TypedTableBlock):
    """A table of words and numbers; its first column names each row."""

    text = blocks.CharBlock(label=_("Text"), required=False, max_length=500)
    number = blocks.DecimalBlock(label=_("Number"), required=False, max_digits=20, decimal_places=4)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table of words and numbers; on a phone each row becomes a card.")
        template = "catalog_pages/blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Refuse a table without a caption, which readers of screens need, or without cells."""
        cleaned = super().clean(value)
        if not cleaned.caption.strip() or not cleaned.columns or not cleaned.row_data:
            message = ValidationError(_("A table has a caption, columns and rows."))
            raise TypedTableBlockValidationError(non_block_errors=ErrorList([message]))
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Pair each cell with its column."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = [list(zip(value.columns, row["values"], strict=True)) for row in value.row_data]
        return context | {"rows": rows}


class PartBlock(blocks.StructBlock):
    """A part that the reader opens."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    text = _words(_("Text"))


class AccordionBlock(blocks.StructBlock):
    """Parts of which readers open those that they want."""

    parts = blocks.ListBlock(PartBlock(label=_("Part")), label=_("Parts"), min_num=1, max_num=_MOST_PARTS)

    class Meta:
        icon = "list-ul"
        label = _("Parts to open")
        description = _("Headings; the words below each are shown when the reader opens it.")
        template = "catalog_pages/blocks/accordion.html"


class QuestionBlock(blocks.StructBlock):
    """What is often asked, with what is answered."""

    question = blocks.CharBlock(label=_("Question"), max_length=300)
    answer = _words(_("Answer"))


class QuestionsBlock(blocks.StructBlock):
    """Questions that are often asked."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    questions = blocks.ListBlock(
        QuestionBlock(label=_("Question")), label=_("Questions"), min_num=1, max_num=_MOST_PARTS
    )

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that are often asked, each with its answer.")
        label_format = "{heading}"
        template = "catalog_pages/blocks/questions.html"


class StepBlock(blocks.StructBlock):
    """What is done, and how; its number is its place."""

    heading = blocks.CharBlock(label=_("What is done"), max_length=200)
    text = _words(_("Text"), required=False)


class StepsBlock(blocks.StructBlock):
    """Steps, one after the other."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"), min_num=1, max_num=_MOST_PARTS)

    class Meta:
        icon = "list-ol"
        label = _("Step by step")
        description = _("What is done first, and then; the steps are numbered.")
        label_format = "{heading}"
        template = "catalog_pages/blocks/steps.html"


class LawBlock(blocks.StructBlock):
    """Words of a law, with their source."""

    text = blocks.TextBlock(label=_("Words of the law"), max_length=5000)
    source = blocks.CharBlock(
        label=_("Source"), max_length=300, help_text=_("Such as: khoản 2 Điều 5 Nghị định số 335/2025/NĐ-CP.")
    )
    address = blocks.RegexBlock(
        label=_("Address"), required=False, regex=ADDRESS, max_length=500,
        help_text=_("Where the whole text stands: /nghi-dinh-335/, or another site beginning with https://."),
        error_messages={"invalid": _("An address begins with / or with https://.")},
    )  # fmt: skip

    class Meta:
        icon = "openquote"
        label = _("Quote of law")
        description = _("Words of a law or a decision, and where they stand.")
        label_format = "{source}"
        template = "catalog_pages/blocks/law.html"


class ContactBlock(blocks.StructBlock):
    """Who is asked, and how."""

    name = blocks.CharBlock(label=_("Agency or person"), max_length=200)
    about = blocks.CharBlock(label=_("Asked about"), required=False, max_length=300)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=300)
    telephone = blocks.RegexBlock(
        label=_("Telephone"), required=False, regex=_TELEPHONE, max_length=25,
        error_messages={"invalid": _("A telephone number has digits, spaces and + ( ) . - alone.")},
    )  # fmt: skip
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    hours = blocks.CharBlock(label=_("Office hours"), required=False, max_length=200)

    class Meta:
        icon = "user"
        label = _("Contact")
        description = _("Who is asked, with address, telephone, e-mail and hours.")
        label_format = "{name}"
        template = "catalog_pages/blocks/contact.html"


class VideoBlock(blocks.StructBlock):
    """A link to a video. Nothing is loaded from there until the reader follows it."""

    title = blocks.CharBlock(label=_("What the video shows"), max_length=200)
    address = blocks.CharBlock(label=_("Address"), max_length=500)
    image = LabelledImageBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "media"
        label = _("Link to a video")
        description = _("A picture that leads to a video; nobody is followed before they go there.")
        label_format = "{title}"
        template = "catalog_pages/blocks/video.html"

    def clean(self, value: Any) -> Any:
        """Refuse addresses of hosts that the province did not name."""
        cleaned = super().clean(value)
        if not video_host(cleaned["address"]):
            hosts = ", ".join(settings.THUOCDO_VIDEO_HOSTS)
            message = _now("A video is at an https:// address of one of these sites: %(hosts)s.") % {"hosts": hosts}
            raise blocks.StructBlockValidationError(block_errors={"address": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say at which site the video is: none where the province no longer names it, and then nothing is shown."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        image = value["image"] if is_shown(value["image"]) else None
        return context | {"host": video_host(value["address"]), "picture": image}


def video_host(address: str) -> str:
    """Return the host of a video's address; nothing unless it is https and one of THUOCDO_VIDEO_HOSTS."""
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme == "https" and parts.netloc == parts.hostname
    except ValueError:
        return ""
    return parts.netloc if is_plain and parts.netloc in settings.THUOCDO_VIDEO_HOSTS else ""

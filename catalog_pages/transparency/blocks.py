"""Blocks of which an editor arranges the transparency page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from catalog_pages.transparency.charts import draw
from catalog_pages.transparency.makers import TITLES

_RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class FigureBlock(blocks.StructBlock):
    """One figure of the release that the page shows."""

    figure = blocks.ChoiceBlock(choices=list(TITLES.items()), label=_("Figure"))
    heading = blocks.CharBlock(
        label=_("Heading"), required=False, max_length=200, help_text=_("Empty: the figure's own title.")
    )
    comment = blocks.RichTextBlock(label=_("Comment"), required=False, features=_RICH_TEXT)
    table_open = blocks.BooleanBlock(label=_("Show the table opened"), required=False, default=False)

    class Meta:
        icon = "table"
        label = _("Figure with chart and table")
        template = "catalog_pages/transparency/_figure_block.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Find the figure in the release of the page; one that an old release did not have is left out."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        release = context.get("release")
        figure = release.figures.get(value["figure"]) if release else None
        return context | {"figure": figure, "chart": draw(figure) if figure else None}


class MilestoneBlock(blocks.StructBlock):
    """A day, and what falls due on it."""

    day = blocks.DateBlock(label=_("Day"))
    text = blocks.CharBlock(label=_("What falls due"), max_length=300)


class MilestonesBlock(blocks.StructBlock):
    """Days of the procedure, one below the other."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    days = blocks.ListBlock(MilestoneBlock(), label=_("Days"))

    class Meta:
        icon = "date"
        label = _("Days of the procedure")
        template = "catalog_pages/transparency/_milestones_block.html"


class DocumentsBlock(blocks.StructBlock):
    """Documents to download."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "catalog_pages/transparency/_documents_block.html"


class TransparencyBody(blocks.StreamBlock):
    """The body of the page, in the order that the editor chose."""

    text = blocks.RichTextBlock(label=_("Text"), features=["h2", "h3", *_RICH_TEXT], icon="pilcrow")
    figure = FigureBlock()
    milestones = MilestonesBlock()
    documents = DocumentsBlock()

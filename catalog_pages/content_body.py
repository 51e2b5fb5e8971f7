"""What editors may put into the body of a page, whatever the page is; each block is told over the API as well."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from catalog_pages.blocks import CatalogBlock, CatalogSearchBlock, DocumentsBlock, PictureBlock
from catalog_pages.english_fields import label_in_english
from catalog_pages.rich_text import TEXT_FEATURES
from catalog_pages.transparency.blocks import FigureBlock, MilestonesBlock
from catalog_pages.word_blocks import (
    AccordionBlock,
    ContactBlock,
    HeadingBlock,
    LawBlock,
    QuestionsBlock,
    StepsBlock,
    TableBlock,
    VideoBlock,
)


class ContentBody(blocks.StreamBlock):
    """The body of a page, in the order that the editor chose."""

    heading = HeadingBlock(group=_("Words and tables"))
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, icon="pilcrow", group=_("Words and tables"),
        description=_("Headings, paragraphs, lists and links."),
    )  # fmt: skip
    table = TableBlock(group=_("Words and tables"))
    accordion = AccordionBlock(group=_("Words and tables"))
    questions = QuestionsBlock(group=_("Words and tables"))
    steps = StepsBlock(group=_("Words and tables"))
    law = LawBlock(group=_("Words and tables"))
    contact = ContactBlock(group=_("Words and tables"))
    picture = PictureBlock(group=_("Pictures and documents"))
    documents = DocumentsBlock(group=_("Pictures and documents"))
    video = VideoBlock(group=_("Pictures and documents"))
    figure = FigureBlock(group=_("From the platform"))
    catalog = CatalogBlock(group=_("From the platform"))
    catalog_search = CatalogSearchBlock(group=_("From the platform"))
    milestones = MilestonesBlock(group=_("From the platform"))


def body_in_english() -> StreamField:
    """Return the field for the body of a page in English (see english.py)."""
    return StreamField(ContentBody(required=False), verbose_name=label_in_english(_("body")), blank=True)

"""Blocks out of the releases of public figures, and the days of the procedure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalog_pages.rich_text import LINE_FEATURES
from catalog_pages.transparency.builders import TITLES
from catalog_pages.transparency.presenters import present_figure


class FigureBlock(blocks.StructBlock):
    """One figure of the release that the page shows: published last, unless the page is of another."""

    figure = blocks.ChoiceBlock(
        choices=list(TITLES.items()), label=_("Figure"),
        help_text=_("The page always shows it as it stands in the release published last."),
    )  # fmt: skip
    heading = blocks.CharBlock(
        label=_("Heading"), required=False, max_length=200,
        help_text=_("Empty: the finding that the platform writes from the figures, which is new with every release."),
    )  # fmt: skip
    comment = blocks.RichTextBlock(
        label=_("Comment"), required=False, features=LINE_FEATURES,
        help_text=_("Stands above the chart. It stays when new figures are published, so check it then."),
    )  # fmt: skip
    table_open = blocks.BooleanBlock(
        label=_("Show the table opened"), required=False, default=False,
        help_text=_("Otherwise the reader opens it; in print it is always there."),
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Figure with chart and table")
        description = _("One of the figures of the platform: chart, table, files and source.")
        label_format = "{figure}"
        template = "catalog_pages/transparency/_figure_block.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Find the figure in the release of the page; one that the release does not hold says so."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        release = context.get("release")
        figure = release.figures.get(value["figure"]) if release else None
        # Before the first release the transparency page, which passes None, says so once for all its figures.
        missing = "" if context.get("release") is None else value["heading"] or TITLES.get(value["figure"], " ")
        presentation = present_figure(figure) if figure else None
        return context | {"presentation": presentation, "missing": missing, "anchor": _anchor(context, value["figure"])}


def _anchor(context: dict[str, Any], code: str) -> str:
    """Return a figure's name on the page: its code, with a number from the second time on that the page shows it."""
    times: Counter[str] = context.get("figures_shown", Counter())
    times[code] += 1
    return code if times[code] == 1 else f"{code}-{times[code]}"


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
        description = _("Days and what falls due on each, one below the other.")
        label_format = "{heading}"
        template = "catalog_pages/transparency/_milestones_block.html"

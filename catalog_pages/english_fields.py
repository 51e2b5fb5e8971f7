"""Fields and their panel for words in English (see english.py)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from catalog_pages.rich_text import LINE_FEATURES


def line_in_english(label: Any, length: int = 200, default: str = "") -> models.CharField[str, str]:
    """Return the field for a line of words in English."""
    return models.CharField(label_in_english(label), max_length=length, blank=True, default=default)


def text_in_english(label: Any) -> RichTextField:
    """Return the field for a short text in English."""
    return RichTextField(label_in_english(label), blank=True, features=LINE_FEATURES)


def label_in_english(label: Any) -> Any:
    """Return what a field in English is called, by the label of the Vietnamese one."""
    return format_lazy("{} ({})", label, _("in English"))


def english_panel(*names: str) -> MultiFieldPanel:
    """Return the panel in which the words of these fields are written in English."""
    return MultiFieldPanel(
        [FieldPanel(f"{name}_en", attrs={"lang": "en"}) for name in names], _("In English"), classname="collapsed",
        help_text=_("For the pages below /en/. What is left empty is shown there in Vietnamese."),
    )  # fmt: skip

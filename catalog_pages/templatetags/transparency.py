"""What templates of figures need beside the figures."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def file_kinds(chart: Any) -> list[tuple[str, str]]:
    """Return the files in which a figure can be had, and what their links say; without a chart there is no picture."""
    kinds = [("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON")]
    return [*kinds, ("svg", "SVG")] if chart else kinds

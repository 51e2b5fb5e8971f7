"""Blocks from the declared shape of a definition: limits, menus, defaults and sources are stated there, once.

A block of blocks names its fields as the declared part does; ``cms.frameworks.conversion`` relies on it.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from cms.frameworks.blocks.inputs import CodeBlock, NumberBlock, NumbersBlock, TextAreaBlock
from cms.frameworks.blocks.words import CHOICES
from cms.frameworks.not_carried_out import is_carried_out
from cms.scoring import shape as shapes
from cms.scoring.exact import to_text, to_vietnamese

# Texts longer than these get a field that grows, and one that keeps its lines.
_SHORT, _LONG = 300, 1000


class FlatBlock(blocks.StructBlock):
    """Fields that stand open inside the block around them, without a heading of their own to fold."""


class FlatBlockAdapter(StructBlockAdapter):
    """Carries the editor's own script and styles along with the first block that needs them."""

    js_constructor = "thuocdo.FlatBlock"

    @cached_property
    def media(self) -> forms.Media:
        widgets = forms.Media(js=[versioned_static("wagtailadmin/js/telepath/widgets.js")])
        own = forms.Media(js=["frameworks/blocks.js"], css={"all": ["frameworks/blocks.css", "frameworks/kinds.css"]})
        return widgets + super().media + own


register(FlatBlockAdapter(), FlatBlock)


class SourcedBlock(FlatBlock):
    """A setting and, beside it, the document and place on which the choice rests."""

    class Meta:
        form_template = "frameworks/blocks/sourced.html"
        form_classname = "fw-sourced"
        default_source = ""
        is_carried_out = True

    def get_form_context(self, value: Any, prefix: str = "", errors: Any = None) -> dict[str, Any]:
        """Add the default's source, which the help text gives."""
        context: dict[str, Any] = super().get_form_context(value, prefix=prefix, errors=errors)
        field = self.child_blocks["value"].field
        single = not isinstance(field.widget, forms.CheckboxSelectMultiple)
        return context | {
            "label": self.label,
            "source": self.meta.default_source,
            "is_carried_out": self.meta.is_carried_out,
            "label_for": f"{prefix}-value" if single else "",
        }


@cache
def _fields(part: type) -> dict[str, dataclasses.Field[Any]]:
    return {field.name: field for field in dataclasses.fields(part)}


def declared(part: type, name: str, label: Any = None, *, help_text: Any = "", **options: Any) -> blocks.Block:
    """Return the block of a declared field that holds a value, or a setting with its source.

    Parts and lists of parts have blocks of their own. ``options`` go to the block (icon, default …).
    """
    field = _fields(part)[name]
    found = field.metadata["shape"]
    default: Any = field.default
    if isinstance(found, shapes.Sourced):
        return _sourced(part, name, label, default, **options)
    if default is not dataclasses.MISSING:
        options.setdefault("default", _native(default))
    return _block_of(found, f"{part.__name__}.{name}", label=label, help_text=help_text, **options)


def _sourced(part: type, name: str, label: Any, default: shapes.Setting[Any], **options: Any) -> SourcedBlock:
    of = _fields(part)[name].metadata["shape"].of
    value = _block_of(of, f"{part.__name__}.{name}", label=label, default=_native(default.value))
    citation = TextAreaBlock(required=False, max_length=500, label=_("Legal source"), default=default.citation)
    source = format_lazy(
        _("Default: {value}. Source: {source}"),
        value=_value_text(default.value, CHOICES.get(f"{part.__name__}.{name}", {})),
        source=default.citation or _("none is stated"),
    )
    options |= {"default_source": source, "is_carried_out": is_carried_out(part, name)}
    return SourcedBlock([("value", value), ("citation", citation)], label=label, **options)


def _block_of(found: shapes.Shape, key: str, **options: Any) -> blocks.Block:
    if isinstance(found, shapes.Maybe):
        return _block_of(found.of, key, **options)
    if isinstance(found, shapes.Number):
        return NumberBlock(places=found.places, at_least=found.at_least, at_most=found.at_most, **options)
    if isinstance(found, shapes.Choice):
        return blocks.ChoiceBlock(choices=list(CHOICES[key].items()), required=False, **options)
    if isinstance(found, shapes.Code):
        return CodeBlock(required=False, max_length=found.limit, **options)
    if isinstance(found, shapes.Text):
        if found.limit <= _SHORT:
            return blocks.CharBlock(required=False, max_length=found.limit, **options)
        return TextAreaBlock(required=False, max_length=found.limit, keeps_lines=found.limit > _LONG, **options)
    if isinstance(found, shapes.YesNo):
        return blocks.BooleanBlock(required=False, **options)
    if isinstance(found, shapes.Many):
        return _block_of_many(found, key, **options)
    raise TypeError(f"{key} has no block of a single value")


def _block_of_many(found: shapes.Many, key: str, **options: Any) -> blocks.Block:
    if isinstance(found.of, shapes.Number):
        return NumbersBlock(places=found.of.places, at_most=found.of.at_most, **options)
    widget = forms.CheckboxSelectMultiple(attrs={"class": "fw-choices"})
    return blocks.MultipleChoiceBlock(choices=list(CHOICES[key].items()), required=False, widget=widget, **options)


def _native(value: Any) -> Any:
    if isinstance(value, Fraction):
        return to_text(value)
    if isinstance(value, tuple):
        return [_native(each) for each in value]
    return value


def _value_text(value: Any, words: Any) -> Any:
    if isinstance(value, Fraction):
        return to_vietnamese(value)
    if isinstance(value, tuple):
        return format_lazy(", ".join(["{}"] * len(value)), *(_value_text(each, words) for each in value))
    return _("left blank") if value is None else words.get(value, value)

"""What a browser would send for a framework that stands open in the editor, untouched or with changes."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from cms.core.dates import format_date_vi
from cms.frameworks.conversion import APPLIES_TO_COLUMNS
from cms.frameworks.models import CriteriaFramework

STREAMS = ("basis", "sections", "rules", "classification")
_LISTS = (*APPLIES_TO_COLUMNS, "overridable", "open_settings")


def posted(framework: CriteriaFramework, **changes: Any) -> dict[str, Any]:
    """Return the form as it is sent; changes are keys of the form."""
    data: dict[str, Any] = {"code": framework.code, "name": framework.name, "subject": framework.subject}
    data |= {name: getattr(framework, name) for name in _LISTS} | {"open_sections": "; ".join(framework.open_sections)}
    for name in ("effective_from", "effective_to"):
        day = getattr(framework, name)
        data[name] = format_date_vi(day) if day else ""
    for name in STREAMS:
        stream = getattr(framework, name)
        data |= _block(stream.stream_block, stream, name)
    return data | {"go_live_at": ""} | changes


def _block(block: blocks.Block, value: Any, prefix: str) -> dict[str, Any]:
    if isinstance(block, blocks.StructBlock):
        parts = [_block(each, value[name], f"{prefix}-{name}") for name, each in block.child_blocks.items()]
        return {key: shown for part in parts for key, shown in part.items()}
    if isinstance(block, blocks.StreamBlock):
        return _many(value, prefix, lambda child: child.block_type)
    if isinstance(block, blocks.ListBlock):
        return _many(value.bound_blocks, prefix, lambda child: None)
    shown = block.get_form_state(value)
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if value else {}
    return {prefix: "" if shown is None else shown}


def _many(children: Any, prefix: str, kind: Any) -> dict[str, Any]:
    data: dict[str, Any] = {f"{prefix}-count": str(len(children))}
    for index, child in enumerate(children):
        place = f"{prefix}-{index}"
        data |= {f"{place}-deleted": "", f"{place}-order": str(index), f"{place}-id": child.id or ""}
        data |= {f"{place}-type": kind(child)} if kind(child) else {}
        data |= _block(child.block, child.value, f"{place}-value")
    return data

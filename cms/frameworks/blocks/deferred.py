"""Blocks whose fields are put on the screen when they are opened: a framework of 500 criteria has 20,000 of them.

Until then the script (``frameworks/blocks.js``) keeps what Wagtail gave it for the fields, and sends it in one value.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.datastructures import MultiValueDict, MultiValueDictKeyError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register

from cms.frameworks.blocks.declared import FlatBlockAdapter
from cms.frameworks.blocks.words import CHOICES


class DeferredBlock(blocks.StructBlock):
    """A block that is opened by whoever edits it; its row says what it is, for whom and on what ground."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Return what the fields hold, or the block was made with where it was never opened.

        Raises MultiValueDictKeyError for what no editor sends, as Wagtail does where fields are missing.
        """
        unopened = data.get(_key(prefix))
        if unopened is not None:
            data = _as_sent(self, unopened, prefix)
        return super().value_from_datadict(data, files, prefix)

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        """Return whether neither the fields nor the unopened block were sent."""
        return _key(prefix) not in data and super().value_omitted_from_data(data, files, prefix)


class DeferredBlockAdapter(FlatBlockAdapter):
    """Gives the script what a row says beside the label."""

    js_constructor = "thuocdo.DeferredBlock"

    def js_args(self, block: blocks.StructBlock) -> list[Any]:
        """Add the roles in words, and those of the control that moves a criterion."""
        name, children, meta = super().js_args(block)
        words = {
            "roleWords": CHOICES["Criterion.roles"],
            "forWords": _("For"),
            "moveWords": _("Move to the group"),
            "moveButtonWords": _("Move the criterion"),
            "noGroupWords": _("There is no other group"),
        }
        return [name, children, meta | words]


register(DeferredBlockAdapter(), DeferredBlock)


def _key(prefix: str) -> str:
    return f"{prefix}-unopened"


def _as_sent(block: blocks.Block, unopened: str, prefix: str) -> MultiValueDict[str, str]:
    """Return what the block's fields would have sent."""
    sent: dict[str, list[str]] = {}
    try:
        _add_fields(block, json.loads(unopened), prefix, sent)
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError):
        raise MultiValueDictKeyError(_key(prefix)) from None
    return MultiValueDict(sent)


def _add_fields(block: blocks.Block | None, state: Any, prefix: str, sent: dict[str, list[str]]) -> None:
    if isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            _add_fields(child, state.get(name), f"{prefix}-{name}", sent)
    elif isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        _add_rows(block, state or [], prefix, sent)
    elif isinstance(state, list):
        sent[prefix] = [str(each) for each in state]
    elif state is not None and state is not False:
        sent[prefix] = ["on" if state is True else str(state)]


def _add_rows(block: Any, rows: list[Any], prefix: str, sent: dict[str, list[str]]) -> None:
    sent[f"{prefix}-count"] = [str(len(rows))]
    for index, row in enumerate(rows):
        of_row = f"{prefix}-{index}"
        kind = row.get("type", "")
        child = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(kind)
        fields = {"deleted": "", "order": str(index), "type": kind, "id": row.get("id") or ""}
        sent.update({f"{of_row}-{name}": [value] for name, value in fields.items()})
        if child is not None:
            _add_fields(child, row["value"], f"{of_row}-value", sent)

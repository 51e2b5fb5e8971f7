"""Remarks as the workbench shows them."""

from __future__ import annotations

from dataclasses import dataclass

from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import ItemRemark
from cms.catalogs.wording import FieldChange, ItemWords


@dataclass(frozen=True)
class RemarkLine:
    """A remark with its changes ready to be read."""

    remark: ItemRemark
    changes: list[FieldChange]

    @property
    def is_change(self) -> bool:
        """Return whether the appraiser changed something, rather than leaving a note."""
        return self.remark.kind == RemarkKind.CHANGE


def remark_line(remark: ItemRemark, words: ItemWords) -> RemarkLine:
    """Return the remark as a person with these words reads it."""
    return RemarkLine(remark, words.changes(remark.changes))

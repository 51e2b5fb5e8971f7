"""Remarks as the workbench shows them."""

from __future__ import annotations

from dataclasses import dataclass

from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import ItemRemark
from cms.catalogs.wording import FieldChange, ItemWords


@dataclass(frozen=True)
class RemarkLine:
    """A remark with changes ready to be read: those that the appraiser made, or those made since a note was left."""

    remark: ItemRemark
    changes: list[FieldChange]

    @property
    def is_change(self) -> bool:
        """Return whether the appraiser changed something, rather than leaving a note."""
        return self.remark.kind == RemarkKind.CHANGE

    @property
    def is_open_note(self) -> bool:
        """Return whether it is a note that nobody has closed."""
        return not self.is_change and self.remark.resolved_at is None

    @property
    def is_gone(self) -> bool:
        """Return whether the item that it is about is no longer in the version."""
        return bool(self.remark.item_code) and self.remark.item_id is None


def remark_line(remark: ItemRemark, words: ItemWords) -> RemarkLine:
    """Return the remark as a person with these words reads it; a note with what its item said then and says now."""
    since = [change for change in words.changes(remark.changes_since) if change.before != change.after]
    return RemarkLine(remark, words.changes(remark.changes) or since)

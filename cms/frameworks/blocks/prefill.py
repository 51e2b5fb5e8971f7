"""What a newly added block holds: the decree's own words and numbers, read from the definition that is shipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail import blocks

from cms.frameworks.stored import raw_part
from cms.scoring import shipped
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Section

# The decree by itself, with nothing that a province added.
DECREE = "nd335"


class PrefilledBlock(blocks.StructBlock):
    """A block that begins with what the decree says; ``Meta.from_decree`` picks the part of the definition."""

    class Meta:
        from_decree = None

    def get_default(self) -> Any:
        """Return the decree's part as this block holds it, or an empty block where it has none."""
        pick = self.meta.from_decree
        part = pick(shipped.load(DECREE)) if pick else None
        if part is None:
            return super().get_default()
        return self.to_python(raw_part(part))


def section_of(kind: str) -> Callable[[Definition], Section | None]:
    """Return a picker of the decree's first section of a kind."""
    return lambda definition: next((each for each in definition.sections if each.kind == kind), None)

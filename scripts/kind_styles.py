"""Writes the styles with which the editor of frameworks hides what the chosen kind does not use.

Usage: ``python -m scripts.kind_styles`` after a change of the table in ``cms/frameworks/kinds.py``.
"""

from __future__ import annotations

from pathlib import Path

from cms.frameworks.kinds import USES, Use
from cms.scoring.definition.classification import Comparison
from cms.scoring.definition.periods import LongerPeriod
from cms.scoring.definition.sections import Criterion, Indicator, Marking, Section

FILE = Path(__file__).parents[1] / "cms/frameworks/static/frameworks/kinds.css"
_HEAD = "/* Only what the chosen kind uses. Written by scripts/kind_styles.py from cms/frameworks/kinds.py. */\n"
# The class of the block that stands for a part.
_BLOCKS = {
    Marking: ".fw-marking",
    Criterion: ".fw-criterion",
    Indicator: ".fw-indicator",
    Section: ".fw-section",
    LongerPeriod: ".fw-longer",
    Comparison: ".fw-comparison",
}
# The parts inside a part, by the field that holds them.
_INSIDE = {"indicators": ".fw-indicator"}


def styles() -> str:
    """Return the rules of the table, one for each of its rows."""
    return _HEAD + "".join(f"\n{_rule(each)}" for each in USES)


def _rule(use: Use) -> str:
    *path, name = use.field.split(".")
    around = _where_unused(use)
    for step in path:
        inner = _INSIDE[step]
        # Those that stand first in a section; in a group, those at every depth.
        first = "" if inner == _BLOCKS[use.part] else f":not({inner} {inner})"
        around += f" > {_field(step)} {inner}{first}"
    places = (f"{around} > {_field(name)}", f"{around} > [data-block-settings] > {_field(name)}")
    return ",\n".join(places) + " {\n  display: none;\n}\n"


def _where_unused(use: Use) -> str:
    """Return the selector of the part's block where none of the kinds is chosen."""
    block = _BLOCKS[use.part]
    kinds = ", ".join(f"[value='{each}']" for each in use.kinds)
    if not kinds:
        return block
    if use.part is Section and use.by == "kind":
        # The kind of a section is that of its block, and is not chosen in it.
        return f"[data-streamfield-child]:not(:has(> input[name$='-type']:is({kinds}))) {block}"
    chosen = " ".join(_field(step) for step in use.by.split("."))
    return f"{block}:not(:has(> {chosen} option:is({kinds}):checked))"


def _field(name: str) -> str:
    return f"[data-contentpath='{name}']"


if __name__ == "__main__":
    FILE.write_text(styles(), encoding="utf-8")

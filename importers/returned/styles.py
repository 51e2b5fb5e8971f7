"""The styles of a workbook, with those of marked cells added: each is the cell's own with another fill."""

from __future__ import annotations

import re

from importers.returned.job import COLOURS, CannotEdit, Tone
from importers.returned.xmltext import append_to, attribute, prefix_of, with_attribute

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{_NAMESPACE}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


class Styles:
    """The styles part being added to; ``text`` is what it has become."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._prefix = prefix_of(text, "styleSheet")
        self._formats = self._children("cellXfs", "xf")
        if not self._formats:
            raise CannotEdit("cellXfs")
        fills = self._children("fills", "fill")
        marks = {str(index) for index, fill in enumerate(fills) if any(colour in fill for colour in COLOURS.values())}
        self._new: list[str] = []
        self._fills: dict[Tone, int] = {}
        self._made: dict[tuple[int, Tone | str], int] = {}
        # Styles that an earlier marking made, and the same without its fill.
        self.marked_before = {
            index: self._add(self._filled(index, 0))
            for index, tag in enumerate(self._formats)
            if attribute(tag, "fillId") in marks
        }

    def marked(self, style: int, tone: Tone) -> int:
        """The index of a style that is ``style`` in the colour of the tone."""
        style = self.marked_before.get(style, style)
        if (style, tone) not in self._made:
            self._made[style, tone] = self._add(self._filled(style, self._fill(tone)))
        return self._made[style, tone]

    def heading(self) -> int:
        """The style of a heading of the summary: bold, on grey."""
        p = self._prefix
        font = self._append("fonts", "font", f'<{p}font><{p}b/><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>')
        fill = self._append("fills", "fill", self._solid("FFDCE4EE"))
        align = f'<{p}alignment vertical="center" wrapText="1"/>'
        own = f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0"'
        return self._add(f'<{p}xf {own} applyFont="1" applyFill="1" applyAlignment="1">{align}</{p}xf>')

    def wrapped(self) -> int:
        """The style of a cell of the summary: as long as its text is."""
        p = self._prefix
        align = f'<{p}alignment vertical="top" wrapText="1"/>'
        own = 'numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"'
        return self._add(f'<{p}xf {own} applyNumberFormat="1" applyAlignment="1" quotePrefix="1">{align}</{p}xf>')

    def finish(self) -> str:
        """The whole part, with all that was asked for."""
        added = append_to(self.text, f"{self._prefix}cellXfs", "".join(self._new))
        return self._counted(added, "cellXfs", len(self._formats))

    def _children(self, holder: str, name: str) -> list[str]:
        p = self._prefix
        inside = re.search(rf"<{p}{holder}[\s>].*?</{p}{holder}>", self.text, re.DOTALL)
        if inside is None:
            return []
        pattern = rf"<{p}{name}(?:\s[^<>]*?)?(?:/>|>.*?</{p}{name}>)"
        return re.findall(pattern, inside[0].partition(">")[2], re.DOTALL)

    def _add(self, tag: str) -> int:
        self._formats.append(tag)
        self._new.append(tag)
        return len(self._formats) - 1

    def _filled(self, style: int, fill: int) -> str:
        """A format with another fill, all else as it is; an unknown one counts as the first."""
        tag = self._formats[style] if 0 <= style < len(self._formats) else self._formats[0]
        head, _, rest = tag.partition(">")
        name = f"<{self._prefix}xf"
        slash = "/" if head.endswith("/") else ""
        attributes = with_attribute(head[len(name) : len(head) - len(slash)], "fillId", fill)
        return f"{name}{with_attribute(attributes, 'applyFill', 1)}{slash}>{rest}"

    def _fill(self, tone: Tone) -> int:
        if tone not in self._fills:
            self._fills[tone] = self._append("fills", "fill", self._solid(COLOURS[tone]))
        return self._fills[tone]

    def _solid(self, colour: str) -> str:
        p = self._prefix
        inside = f'<{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>'
        return f'<{p}fill><{p}patternFill patternType="solid">{inside}</{p}patternFill></{p}fill>'

    def _append(self, holder: str, name: str, tag: str) -> int:
        index = len(self._children(holder, name))
        self.text = self._counted(append_to(self.text, self._prefix + holder, tag), holder, index + 1)
        return index

    def _counted(self, text: str, holder: str, count: int) -> str:
        return re.sub(rf'(<{self._prefix}{holder}\b[^<>]*?\scount=")\d+(")', rf"\g<1>{count}\g<2>", text, count=1)

"""The list of parts of a workbook and the relations between them, added to as text."""

from __future__ import annotations

import posixpath
import re

from importers.reading.container import Container
from importers.reading.package import read_relations
from importers.returned.job import CannotEdit
from importers.returned.xmltext import append_to, attribute, prefix_of, read_text, with_attribute, xml_text

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = {kind: f"{_SPREADSHEET}.{kind}+xml" for kind in ("comments", "worksheet", "styles")}
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class Relations:
    """The relations of one part; ``text`` is what they have become."""

    def __init__(self, container: Container, part: str) -> None:
        self._folder, name = posixpath.split(part)
        self.part = posixpath.join(self._folder, "_rels", f"{name}.rels")
        self.text = f'<Relationships xmlns="{_RELATIONS}"></Relationships>'
        if self.part in container:
            self.text = read_text(container, self.part)
        self._known = read_relations(container, part)
        self.is_changed = False

    def target(self, kind: str) -> tuple[str, str]:
        """The id and the part of the relation of a kind; empty texts when there is none."""
        return next(((key, one.target) for key, one in self._known.items() if one.kind == kind), ("", ""))

    def has(self, identity: str) -> bool:
        """Whether there was a relation with this id from the start."""
        return identity in self._known

    def target_of(self, identity: str) -> str:
        """The part that a relation leads to."""
        if identity not in self._known:
            raise CannotEdit(identity)
        return self._known[identity].target

    def new_id(self, word: str) -> str:
        """An id that no relation has."""
        return next(name for number in range(1, 10_000) if (name := f"rId{word}{number}") not in self._known)

    def add(self, identity: str, kind: str, target: str) -> None:
        """Add a relation to another part of the package."""
        p = prefix_of(self.text, "Relationships")
        tag = f'<{p}Relationship Id="{identity}" Type="{_KINDS}/{kind}" Target="/{xml_text(target)}"/>'
        self.text = append_to(self.text, f"{p}Relationships", tag)
        self.is_changed = True


class ContentTypes:
    """Which part is of which type; ``text`` is what the list has become."""

    def __init__(self, container: Container) -> None:
        self.text = read_text(container, CONTENT_TYPES)
        self._p = prefix_of(self.text, "Types")

    def add_part(self, part: str, kind: str) -> None:
        """Name the type of one more part."""
        tag = f'<{self._p}Override PartName="/{xml_text(part)}" ContentType="{kind}"/>'
        self.text = append_to(self.text, f"{self._p}Types", tag)

    def add_extension(self, extension: str, kind: str) -> None:
        """Name the type of all parts with an ending, unless it has one."""
        known = re.findall(rf'<{self._p}Default\b[^<>]*\bExtension="([^"]*)"', self.text)
        if extension not in (name.lower() for name in known):
            tag = f'<{self._p}Default Extension="{extension}" ContentType="{kind}"/>'
            self.text = append_to(self.text, f"{self._p}Types", tag)


class WorkbookPart:
    """The part that names the sheets; ``text`` is what it has become."""

    def __init__(self, container: Container) -> None:
        documents = read_relations(container, "").values()
        self.part = next((one.target for one in documents if one.kind == "officeDocument"), "xl/workbook.xml")
        self.text = read_text(container, self.part)
        self.relations = Relations(container, self.part)
        self._p = prefix_of(self.text, "workbook")
        if "purl.oclc.org" in self.text[:4096]:
            raise CannotEdit("strict")

    def add_sheet(self, name: str, part: str) -> str:
        """Add a sheet at the end; return its part, which is that of a sheet of this name if there is one."""
        tags = [found[1] for found in re.finditer(rf"<{self._p}sheet(\s[^<>]*?)/?>", self.text)]
        there = next((tag for tag in tags if attribute(tag, "name") == name), None)
        if there is not None:
            self._unhide(there)
            return self.relations.target_of(_relation_of(there))
        identity = self.relations.new_id("Marks")
        self.relations.add(identity, "worksheet", part)
        last = max((int(attribute(tag, "sheetId") or 0) for tag in tags), default=0)
        tag = f'<{self._p}sheet xmlns:r="{_KINDS}" name="{xml_text(name)}" sheetId="{last + 1}" r:id="{identity}"/>'
        self.text = append_to(self.text, f"{self._p}sheets", tag)
        return part

    def _unhide(self, tag: str) -> None:
        self.text = self.text.replace(tag, with_attribute(tag, "state", "visible"), 1)


def _relation_of(tag: str) -> str:
    found = re.search(r'\s[\w.-]+:id="([^"]*)"', tag)
    return found[1] if found else ""

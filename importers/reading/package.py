"""The Open XML package around the sheets: which part is what, and which sheets a reader sees."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from importers.problems import FileRefused, Problem, error, warning
from importers.reading.container import Container
from importers.reading.xmlparts import Attributes, broken, elements

STRICT_NAMESPACE = "purl.oclc.org/ooxml"


@dataclass(slots=True)
class Relation:
    """Where a part points to; ``kind`` is the last word of the relation's type."""

    kind: str
    target: str
    outside: bool


@dataclass(slots=True)
class Package:
    """What the workbook part says: visible worksheets as (name, part), the epoch, and the parts that sheets share."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Of every worksheet, hidden ones too, as Excel compares them.
    names: set[str] = field(default_factory=set)
    epoch_1904: bool = False
    strict: bool = False
    strings: str = ""
    styles: str = ""


def read_package(container: Container) -> Package:
    """Read the workbook part. Raises FileRefused when no visible worksheet is left."""
    part = _workbook_part(container)
    relations = read_relations(container, part)
    package = Package()
    for relation in relations.values():
        if relation.kind == "sharedStrings":
            package.strings = relation.target
        elif relation.kind == "styles":
            package.styles = relation.target

    def start(name: str, attributes: Attributes, holders: list[str]) -> None:
        if name == "workbook":
            package.strict = any(STRICT_NAMESPACE in value for value in attributes.values())
        elif name == "workbookPr":
            package.epoch_1904 = attributes.get("date1904", "") in ("1", "true", "on")
        elif name == "sheet" and holders[-1:] == ["sheets"]:
            _add_sheet(package, relations, attributes, part)

    elements(container.stream(part), part, start)
    if not package.sheets:
        raise FileRefused(error("no_sheet"), *package.problems)
    return package


def read_relations(container: Container, part: str) -> dict[str, Relation]:
    """The relations of a part by id; none when it has no relations part."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    relations: dict[str, Relation] = {}

    def start(tag: str, attributes: Attributes, _: list[str]) -> None:
        if tag == "Relationship":
            relations[attributes.get("Id", "")] = Relation(
                kind=attributes.get("Type", "").rpartition("/")[2],
                target=_resolve(folder, attributes.get("Target", "")),
                outside=attributes.get("TargetMode", "") == "External",
            )

    if source in container:
        elements(container.stream(source), source, start)
    return relations


def _resolve(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _workbook_part(container: Container) -> str:
    for relation in read_relations(container, "").values():
        if relation.kind == "officeDocument":
            return relation.target
    return "xl/workbook.xml"


def _add_sheet(package: Package, relations: dict[str, Relation], attributes: Attributes, part: str) -> None:
    name = attributes.get("name", "")
    identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    relation = relations.get(identity)
    if relation is None or relation.outside:
        raise broken(part, f"sheet {name!r}")
    if relation.kind in ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"):
        raise FileRefused(error("macros"))
    if relation.kind != "worksheet":
        return
    if name.casefold() in package.names:
        raise broken(part, f"sheet {name[:20]!r} twice")
    package.names.add(name.casefold())
    if attributes.get("state", "visible") in ("hidden", "veryHidden"):
        package.problems.append(warning("hidden_sheet", sheet=name))
    else:
        package.sheets.append((name, relation.target))

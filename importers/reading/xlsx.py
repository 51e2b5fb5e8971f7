"""Reads .xlsx, ordinary and strict, each visible sheet in one pass. Source: ECMA-376 part 1, 18.3."""

from __future__ import annotations

import pathlib

from importers.problems import Problem, warning
from importers.reading.cellvalues import Shared
from importers.reading.container import Container
from importers.reading.contract import Limits
from importers.reading.folded import FoldedBook, FoldedSheet
from importers.reading.formats import read_styles
from importers.reading.grid import Grid
from importers.reading.package import Package, read_package
from importers.reading.properties import read_properties
from importers.reading.rest import check_rest
from importers.reading.sheetxml import read_cells
from importers.reading.strings import read_strings


def read_xlsx(path: pathlib.Path, limits: Limits) -> FoldedBook:
    """Read the visible sheets. Raises FileRefused if any part of the file is damaged or dangerous."""
    container = Container(path)
    package = read_package(container)
    shared = _shared(container, package, limits)
    problems = list(package.problems)
    sheets = [_read_sheet(container, name, part, shared, problems) for name, part in package.sheets]
    properties = read_properties(container)
    check_rest(container)
    if package.strict:
        problems.append(warning("old_format", format="Strict Open XML"))
    return FoldedBook("xlsx-strict" if package.strict else "xlsx", sheets, problems, properties)


def _shared(container: Container, package: Package, limits: Limits) -> Shared:
    strings, styles = package.strings, package.styles
    return Shared(
        limits,
        strings=read_strings(container.stream(strings), strings, limits) if strings else [],
        styles=read_styles(container.stream(styles), styles) if styles else [],
        epoch_1904=package.epoch_1904,
    )


def _read_sheet(container: Container, name: str, part: str, shared: Shared, problems: list[Problem]) -> FoldedSheet:
    grid = Grid(name, part, shared)
    read_cells(container.stream(part), grid)
    sheet = grid.finish()
    problems.extend(grid.problems)
    return sheet

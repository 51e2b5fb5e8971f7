"""No two files import each other, over whatever others: also not in functions or for types only, as ruff does not see.

Packages are told apart more strictly by import-linter's contract "circles"; here every file counts for itself.
"""

from collections.abc import Iterable, Mapping

import grimp
import pytest

ROOMS = ("cms", "catalog_pages", "importers", "api")
# Files that may import each other, each circle with the reason why it is not untied.
ALLOWED: dict[frozenset[str], str] = {}


def reached(graph: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Return everything that ``start`` imports, directly or over others."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += graph[name]
    return found


def circles(graph: Mapping[str, Iterable[str]]) -> set[frozenset[str]]:
    """Return the largest sets of files each of which imports every other, directly or over others."""
    reach = {name: reached(graph, name) for name in graph}
    return {frozenset(other for other in reach[name] if name in reach[other]) for name in graph if name in reach[name]}


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    return {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}


def test_no_files_import_each_other(imports):
    assert len(imports) > 700
    assert circles(imports) == set(ALLOWED)


def test_imports_in_functions_and_for_types_count(imports):
    # Each is nowhere else in its file.
    assert "importers.checking.judge" in imports["importers.checking.worker"]
    assert "cms.catalogs.models" in imports["cms.catalogs.summary"]


def test_circles_are_found():
    graph = {"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": [], "e": ["a", "f"], "f": ["e"]}

    assert circles(graph) == {frozenset("bc"), frozenset("ef")}

"""No docstring in the rooms below says again what the name says; where there is nothing more to say, there is none."""

import ast
import re

import pytest

from tests.architecture.test_files import ROOT

ROOMS = (
    "api/clients", "api/events", "api/pages", "api/v1/filters", "api/v1/serializers", "api/webhooks", "catalog_pages",
    "cms", "importers",
)  # fmt: skip
FILLING = {
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "if", "in", "is", "it", "its", "of",
    "on", "one", "or", "that", "the", "this", "to", "what", "with",
}  # fmt: skip
# What says nothing whatever the name: a view answers, a property returns.
VERBS = {"answer", "answers", "request", "return", "returns", "show", "screen", "take", "whether"}
STEM = 4


def restates(name: str, docstring: str) -> bool:
    """Every word is filling, a verb of no news, or has the beginning of a word of the name."""
    named = {word.lower()[:STEM] for word in re.findall(r"[A-Z]?[a-z]+", name)}
    words = set(re.findall(r"[^\W_]+", docstring.lower())) - FILLING - VERBS
    return all(word[:STEM] in named for word in words)


def docstrings(room: str) -> list[tuple[str, str, str]]:
    """The place, name and docstring of everything in a room that has one."""
    found = []
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and (docstring := ast.get_docstring(node)):
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node.name, docstring))
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_no_docstring_restates_the_name(room):
    written = docstrings(room)

    assert len(written) > 10
    assert [place for place, name, docstring in written if restates(name, docstring)] == []


@pytest.mark.parametrize(
    ("name", "docstring", "is_restating"),
    [
        ("__call__", "Answer the request.", True),
        ("words_of", "Return the words of it.", True),
        ("is_held", "Return whether we are at the head.", False),
        ("format_date_vi", "A date for people to read: ``05/06/2026``.", False),
    ],
)
def test_what_restates(name, docstring, is_restating):
    assert restates(name, docstring) == is_restating

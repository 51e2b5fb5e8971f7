"""Names are words of the field that a stranger guesses: riddles that were abandoned once do not come back."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Packages (with all below them) and modules whose names are done; the rest joins as it is renamed.
FINISHED = (
    "api/*.py",
    "api/clients",
    "api/events",
    "api/oauth",
    "api/pages",
    "api/v1/[!i]*.py",
    "api/v1/examples",
    "api/v1/filters",
    "api/v1/serializers/[!i]*.py",
    "api/v1/serializers/import_*.py",
    "api/v1/views/*.py",
    "api/webhooks",
    "catalog_pages",
    "cms/audit",
    "cms/core",
    "cms/frameworks",
    "cms/organisations",
    "cms/scoring",
    "cms/users",
    "importers",
)
# Each abandoned word, and what to say instead. Verbs and nouns of speech hid what a program does with data.
INSTEAD = {
    "bury": "abandon",
    "buried": "abandoned",
    "dress": "format, present",
    "hear": "read, subscribe",
    "heard": "readable, received",
    "hindrance": "blocking reason",
    "kept": "stored, cached",
    "knocks": "a request without access",
    "said": "message, values, description",
    "say": "report, state",
    "says": "text, label, tooltip",
    "sought": "query",
    "spoken": "text, message",
    "tell": "serialize, report, explain",
    "teller": "serializer, explainer",
    "tellers": "serializers, explainers",
    "tells": "reports",
    "thing": "what it is: value, model, message",
    "things": "what they are: values, models, messages",
    "told": "serialized, disclosed, reported, explained",
    "wanted": "requested, expected, filters",
    "whom": "recipient, reader, subject",
}
# Public classes of one name in the finished packages, and why that is one noun all the same.
SAME_NOUN = {
    "BodyLimitMiddleware": "The platform's, with a problem as the answer to programs.",
    "FormScreen": "The platform's, open to those who administer.",
    "ListScreen": "The platform's, open to those who administer.",
    "Screen": "The platform's, open to those who administer.",
}
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def modules() -> list[Path]:
    """Return the finished modules, without migrations, which keep the names of their day."""
    found: set[Path] = set()
    for pattern in FINISHED:
        paths = ROOT.glob(pattern if pattern.endswith(".py") else f"{pattern}/**/*.py")
        found |= {path for path in paths if "migrations" not in path.parts}
    return sorted(found)


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the names that a module gives: of classes, functions, arguments, variables, attributes and imports."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.alias(asname=str(name)):
                yield node.lineno, name


def abandoned(name: str) -> list[str]:
    """Return the abandoned words of a name."""
    return [word for word in map(str.lower, _PART.findall(name)) if word in INSTEAD]


def test_no_name_is_an_abandoned_word():
    wrong = []
    for path in modules():
        place = path.relative_to(ROOT)
        wrong += [(place, 1, path.stem, word) for word in abandoned(path.stem)]
        for line, name in names(ast.parse(path.read_text(encoding="utf-8"))):
            wrong += [(place, line, name, word) for word in abandoned(name)]
    lines = [f"{place}:{line}: {name} – instead of “{word}”: {INSTEAD[word]}" for place, line, name, word in wrong]
    assert not lines, "\n".join(lines)


def classes(tree: ast.Module) -> Iterator[str]:
    """Yield the public classes of a module; a command's class is called so by Django."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Command":
            yield node.name


def test_one_noun_is_one_class():
    places: dict[str, list[str]] = defaultdict(list)
    # The way in reads files of its own words: its Column, Row and Table are those of a sheet.
    for path in (path for path in modules() if "importers" not in path.relative_to(ROOT).parts):
        for name in classes(ast.parse(path.read_text(encoding="utf-8"))):
            places[name].append(str(path.relative_to(ROOT)))
    assert len(places) > 500
    assert {name: where for name, where in places.items() if len(where) > 1}.keys() == SAME_NOUN.keys()


@pytest.mark.parametrize("pattern", FINISHED)
def test_every_finished_package_is_there(pattern):
    assert any(ROOT.glob(pattern if pattern.endswith(".py") else f"{pattern}/**/*.py"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def tell_all(): ...", ["tell"]),
        ("class ToldRate: ...", ["told"]),
        ("def f(whom): ...", ["whom"]),
        ("_KEPT = said = 1", ["kept", "said"]),
        ("self.what_is_heard = 1", ["heard"]),
        ("import json as teller", ["teller"]),
        ("def retell(tellurium): ...", []),
    ],
)
def test_abandoned_words_are_found_wherever_a_name_is_given(source, found):
    assert [word for _line, name in names(ast.parse(source)) for word in abandoned(name)] == found

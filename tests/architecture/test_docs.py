"""What the documents name is there: links, pictures, make targets, commands, accounts and workbooks of the tour."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.utils.translation import override

from cms.users.enums import Role
from tests.architecture.test_files import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
MAKE = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)
MANAGE = re.compile(r"manage\.py ([a-z][a-z_]*)")
LARGEST_PICTURE = 250 * 1024
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


def links_of(path: Path) -> list[str]:
    """Return the addresses of a document's links and pictures that do not lead outside."""
    found = LINK.findall(path.read_text(encoding="utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors_of(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as the readers of Markdown make them."""
    headings = re.findall(r"^#+ +(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_there_are_documents_in_both_languages():
    assert {"README.md", "README.vi.md", "docs/huong-dan-co-quan.md", "docs/huong-dan-so-noi-vu.md"} <= set(NAMES)


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_link_and_picture_is_there(path):
    broken = []
    for link in links_of(path):
        file, _hash, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_make_target_and_command_is_there(path):
    text = path.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(MAKE.findall(text)) - targets == set()
    assert set(MANAGE.findall(text)) - set(get_commands()) == set()


def test_every_picture_is_shown_somewhere_and_small():
    shown = {(path.parent / link).resolve() for path in DOCUMENTS for link in links_of(path) if link.endswith(".png")}
    kept = set((ROOT / "docs" / "images").glob("*.png"))

    assert kept - shown == set()
    assert [path.name for path in kept if path.stat().st_size > LARGEST_PICTURE] == []


def test_every_test_that_security_leans_on_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/security.md").read_text(encoding="utf-8"))
    gone = [(file, test) for file, test in named if f"def {test}(" not in _source(file)]

    assert len(named) > 30
    assert gone == []


def _source(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_the_index_of_decisions_names_each_with_its_title():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((\S+)\) \| \S.* \| \S.* \|$", index, re.MULTILINE)

    there = []
    for path in sorted(folder.glob("[0-9]*.md")):
        number, title = re.match(r"# 0*(\d+)\. (.+)\n", path.read_text(encoding="utf-8")).groups()
        assert int(path.name[:4]) == int(number)
        there.append((number, title, path.name))
    assert listed == there


def test_the_glossary_says_models_and_roles_as_screens_do():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", text, re.MULTILINE)[1:]
    said = {english.lower(): vietnamese.lower() for english, vietnamese in rows}
    names = [model._meta.verbose_name for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]

    shown = {}
    for name in [*names, *(role.label for role in Role)]:
        with override("en"):
            english = str(name).lower()
        with override("vi"):
            vietnamese = str(name).lower()
        if english != vietnamese:
            shown[english] = vietnamese
    assert len(said) == len(rows)
    assert {english: said.get(english) for english in shown} == shown

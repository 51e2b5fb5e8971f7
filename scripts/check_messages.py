"""Say which sentences of our code have no Vietnamese, and which Vietnamese has lost a placeholder.

Reads the code with xgettext (Debian: gettext), as makemessages does, and looks each sentence up in the parts of the
catalogue. Ends with status 1 when anything is missing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from scripts.compile_messages import merge, parts

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cms", "catalog_pages", "importers", "api")
_KEYWORDS = (
    "gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3", "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
    # What modules call them that need a second one.
    "_lazy", "_now", "translate",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield our Python files and templates."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def extract(paths: Iterable[Path], root: Path = ROOT) -> polib.POFile:
    """Return every sentence that the files mark for translation, with where it stands."""
    with tempfile.TemporaryDirectory() as folder:
        names = [_as_python(path, root, Path(folder)) for path in paths]
        keywords = [f"--keyword={keyword}" for keyword in _KEYWORDS]
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--output=-", *keywords, *names]
        found = subprocess.run(command, cwd=folder, capture_output=True, check=True)  # noqa: S603
    return polib.pofile(found.stdout.decode() or 'msgid ""\nmsgstr ""\n')


def _as_python(path: Path, root: Path, folder: Path) -> str:
    """Copy a file to where xgettext reads it, a template as the Python that its tags amount to; return its name."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(root)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text if path.suffix == ".py" else templatize(text, origin=str(name)), encoding="utf-8")
    return str(name)


def untranslated(found: Iterable[polib.POEntry], catalogue: polib.POFile) -> list[polib.POEntry]:
    """Return the sentences that the catalogue does not have."""
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    return [entry for entry in found if entry.msgid and (entry.msgctxt, entry.msgid) not in known]


def lost_placeholders(catalogue: Iterable[polib.POEntry]) -> list[polib.POEntry]:
    """Return the translations of ours that do not carry exactly the placeholders of their sentence."""
    return [entry for entry in catalogue if not _placeholders_kept(entry)]


def _placeholders_kept(entry: polib.POEntry) -> bool:
    allowed = [set(_PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)]
    given = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(set(_PLACEHOLDER.findall(text)) in allowed for text in given)


def complaints() -> list[str]:
    """Return a line for every sentence that the Vietnamese catalogue fails."""
    if not settings.configured:
        # Reading templates asks Django for its settings; none of ours matter to it.
        settings.configure()
    ours = [path for path in parts("django") if path.name.startswith("own_")]
    missing = untranslated(extract(sources()), merge(parts("django")))
    lines = [f"{_where(entry)}: no Vietnamese for {entry.msgid!r}" for entry in missing]
    return lines + [f"placeholders differ: {entry.msgid!r}" for entry in lost_placeholders(merge(ours))]


def _where(entry: polib.POEntry) -> str:
    name, line = entry.occurrences[0] if entry.occurrences else ("?", "?")
    return f"{name}:{line}"


if __name__ == "__main__":
    found_complaints = complaints()
    sys.stdout.writelines(f"{line}\n" for line in found_complaints)
    sys.exit(bool(found_complaints))

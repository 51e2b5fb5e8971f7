"""Find the works of a list that are the same work, without any data of the platform."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.dedupe.finding import Pair, Work, find_pairs
from cms.dedupe.likeness import REASONS

_NEEDED = ("id", "name")
_COLUMNS = (*_NEEDED, "output", "unit", "group")
_ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Command(BaseCommand):
    """Prints the pairs of works that are the same work, the most alike first, each with its reasons."""

    help = "List the works of a csv file (columns id, name; perhaps output, unit, group) that are the same work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the form of the answer."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--json", action="store_true", help='print {"pairs": [{"a": id, "b": id, "score": …, "reasons": […]}]}'
        )

    def handle(self, **options: Any) -> None:
        """Print the pairs; a file that cannot be read is refused with a sentence."""
        works = list(_read(options["file"]))
        names = {work.id: work.name for work in works}
        pairs = find_pairs(works)
        if options["json"]:
            answer = {"pairs": [_as_json(pair) for pair in pairs]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for pair in pairs:
            self.stdout.write(f"{pair.likeness.score:.2f}  {pair.a}: {names[pair.a]}\n      {pair.b}: {names[pair.b]}")
            self.stdout.write(f"      {'; '.join(_reasons(pair))}\n")


def _as_json(pair: Pair) -> dict[str, Any]:
    return {"a": pair.a, "b": pair.b, "score": round(pair.likeness.score, 2), "reasons": _reasons(pair)}


def _reasons(pair: Pair) -> list[str]:
    return [_(REASONS[code]) % {"words": words} for code, words in pair.likeness.reasons]


def _read(path: Path) -> Iterator[Work]:
    try:
        content = path.read_bytes()
        text = content.decode(_ENCODINGS.get(content[:2], "utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not text in UTF-8: save it as CSV UTF-8.") from error
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        rows = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
        headings = {heading.strip().lower(): heading for heading in rows.fieldnames or ()}
        missing = [name for name in _NEEDED if name not in headings]
        if missing:
            raise CommandError(f"{path} has no column {', '.join(missing)}.")
        for row in rows:
            yield Work(**{name: (row.get(headings[name]) or "").strip() for name in _COLUMNS if name in headings})
    except csv.Error as error:
        raise CommandError(f"{path} is no csv file: {error}.") from error

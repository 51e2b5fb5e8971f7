"""Messages as files of CSV in a folder: read whole, taken in parts, and moved away once they were taken."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions import take_messages
from cms.assignments.models import ExternalSystem
from cms.assignments.outside.messages import FIELDS, read_message
from cms.catalogs.actions import Fault
from cms.core.bulk import chunks
from cms.core.file_locks import try_lock
from cms.core.table_files import csv_lines
from cms.core.workbooks import ExportTable
from cms.users.models import User

DONE, FAILED = "done", "failed"
MOST_BYTES = 50 * 1024 * 1024
CHUNK = 500
_YES_OR_NO = {"true": True, "1": True, "false": False, "0": False}


class FolderBusy(Exception):
    """Another run takes the files of this folder."""


@dataclass
class FileTaken:
    """What came of one file: how many messages with which status, and the lines whose form is wrong."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Return whether every line was a message."""
        return not self.faults


def take_folder(*, by: User, system: ExternalSystem, folder: Path) -> Iterator[FileTaken]:
    """Take the ``*.csv`` of a folder, by name, and move each to ``done`` or ``failed``; yield what came of each.

    Where lines are wrong, the others are taken, and ``<name>.errors.csv`` beside the file in ``failed`` names them. A
    run that was killed leaves its file where it lay; what was taken of it before is unchanged by the next run. Whoever
    writes a file writes it under another name and renames it. Raises ``FolderBusy``.
    """
    for name in (DONE, FAILED):
        (folder / name).mkdir(exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if not try_lock(lock):
            raise FolderBusy
        for path in sorted(folder.glob("*.csv")):
            if path.is_file() and not path.is_symlink():
                taken = _take_file(by, system, path)
                _move(path, taken)
                yield taken
    finally:
        os.close(lock)


def _take_file(by: User, system: ExternalSystem, path: Path) -> FileTaken:
    taken = FileTaken(path.name)
    lines = _lines(path, taken)
    for chunk in chunks(lines, CHUNK):
        messages = []
        for number, raw in chunk:
            message, faults = read_message(raw, system.order)
            taken.faults += [(number, fault) for fault in faults]
            messages += [message] if message else []
        outcomes = take_messages(by=by, system=system, messages=messages)
        taken.counts.update(outcome.status for outcome in outcomes)
    return taken


def _lines(path: Path, taken: FileTaken) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the lines with their numbers, as a program would send them; what makes the file unreadable is a fault."""
    if path.stat().st_size > MOST_BYTES:
        taken.faults.append((0, Fault("", "too_large", _("The file is too large. Send it in several files."))))
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if unknown := set(rows.fieldnames or ()) - set(FIELDS) or not rows.fieldnames:
            names = ", ".join(sorted(map(str, unknown))) if isinstance(unknown, set) else ""
            words = {"names": names[:200], "known": ", ".join(FIELDS)}
            sentence = _("The first line names unknown columns (%(names)s). Known ones: %(known)s.")
            taken.faults.append((1, Fault("", "unknown_field", sentence % words)))
            return
        for row in rows:
            yield rows.line_num, {str(name): _value(str(name), cell) for name, cell in row.items() if cell}
    except UnicodeDecodeError:
        taken.faults.append((0, Fault("", "not_utf8", _("The file is no text in UTF-8."))))
    except csv.Error as error:
        taken.faults.append((0, Fault("", "not_csv", _("The file cannot be read as CSV: %(why)s") % {"why": error})))


def _value(name: str, cell: Any) -> Any:
    """Return a cell as JSON would have it; what it cannot be is for ``read_message`` to say."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if name in ("is_planned", "is_key"):
        return _YES_OR_NO.get(text.casefold(), text)
    if name == "version" and text.isascii() and text.isdigit() and len(text) < 20:
        return int(text)
    return text


def _move(path: Path, taken: FileTaken) -> None:
    """Move a file that was taken; one of the same name from another day stays beside it."""
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    place = path.parent / (DONE if taken.is_whole else FAILED)
    name = path.name if not (place / path.name).exists() else f"{path.stem}.{stamp}{path.suffix}"
    if not taken.is_whole:
        rows = ((str(line), fault.field, fault.code, fault.message) for line, fault in taken.faults)
        headings = ("line", "field", "code", "message")
        with (place / f"{name}.errors.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(ExportTable("errors", headings, [9] * len(headings), rows)))
    path.replace(place / name)

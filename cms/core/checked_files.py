"""Files that people bring to be read by others: which are taken, by their bytes, kept with their row, handed out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Protocol

import filetype
from django.core.files.base import File
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from cms.core.errors import DomainError, StorageUnreachable
from cms.core.outages import unreachable
from cms.core.stored_files import send_file, sha256_of

_MIB = 1024 * 1024
MOST_BYTES = 25 * _MIB
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
# Of a package (a zip): the folder that only this kind has.
_PACKAGES = {
    "word/": f"{_OFFICE}.wordprocessingml.document",
    "xl/": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}.presentationml.presentation",
}
_OPEN_DOCUMENTS = {f"{_OPEN_DOCUMENT}.{kind}" for kind in ("text", "spreadsheet", "presentation")}
_PLAIN = {"application/pdf", "image/jpeg", "image/png"}
# Whatever such a file may be.
MEDIA_TYPES = sorted({*_PLAIN, *_PACKAGES.values(), *_OPEN_DOCUMENTS})
_PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".jar")
_MOST_PARTS = 10_000


class FileRow(Protocol):
    """A record with a file: under a name of ours in the private storage, ``name`` is what it was called."""

    name: Any
    file: Any
    media_type: Any
    size: Any
    sha256: Any


def check_file(row: FileRow, file: File[bytes], refusal: type[DomainError]) -> None:
    """Note in the row what the bytes of a file are; raises ``refusal`` as ``media_type_of`` does."""
    row.size = file.size
    row.media_type = media_type_of(file, file.size, refusal)
    row.sha256 = sha256_of(file)


@contextmanager
def stored_with_row(row: FileRow) -> Iterator[None]:
    """Keep what is written inside, with the file of the row, or neither: one transaction."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if row.file and row.file.name:
            with suppress(OSError):
                row.file.storage.delete(row.file.name)
        raise


def media_type_of(file: IO[bytes], size: int, refusal: type[DomainError]) -> str:
    """Return the media type that the bytes show, and leave the file at its beginning.

    Raises ``refusal`` for what is empty, over ``MOST_BYTES``, of any other kind than PDF, JPEG, PNG, and the packages
    of Office and OpenDocument, or carries a program.
    """
    if size == 0:
        raise refusal(_("The file is empty."))
    if size > MOST_BYTES:
        text = _("The file is larger than %(size)d MiB. Send a link to it, or its document number.")
        raise refusal(text % {"size": MOST_BYTES // _MIB})
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    known = filetype.guess(head)
    if known is not None and known.mime in _PLAIN:
        return str(known.mime)
    found = _package_type(file, refusal) if head.startswith(b"PK") else ""
    file.seek(0)
    if not found:
        raise refusal(_(
            "Files can be PDF, JPEG, PNG, .docx, .xlsx, .pptx, .odt, .ods or .odp. "
            "This one is something else, whatever its name."
        ))  # fmt: skip
    return found


def send_checked(request: HttpRequest, row: FileRow) -> HttpResponseBase:
    """Return the file of a row under the name it came with; Http404 for a row without one, or a file that is gone."""
    if not row.file:
        raise Http404
    try:
        file = row.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    except StorageUnreachable as fault:
        return unreachable(request, fault)
    return send_file(request, file, name=row.name, media_type=row.media_type, etag=row.sha256)


def _package_type(file: IO[bytes], refusal: type[DomainError]) -> str:
    """Return what a zip is the package of; "" for any other zip. Nothing is unpacked but a short label."""
    try:
        with zipfile.ZipFile(file) as package:
            names = [each.filename.lower() for each in package.infolist()[:_MOST_PARTS]]
            label = _label(package) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return ""
    if any(name.endswith(_PROGRAMS) for name in names):
        raise refusal(_("The file carries a program or macros. Save it without them, or as PDF."))
    if label:
        return label if label in _OPEN_DOCUMENTS else ""
    if "[content_types].xml" not in names:
        return ""
    return next((kind for folder, kind in _PACKAGES.items() if any(name.startswith(folder) for name in names)), "")


def _label(package: zipfile.ZipFile) -> str:
    with package.open("mimetype") as label:
        return label.read(200).decode("ascii", "replace").strip()

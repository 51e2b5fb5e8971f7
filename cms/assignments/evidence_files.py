"""Files of evidence: which are taken, by their bytes and whatever they are called, and how they are handed out."""

from __future__ import annotations

import zipfile
from typing import IO

import filetype
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from cms.assignments.errors import InvalidEvidence
from cms.assignments.models import Evidence
from cms.core.stored_files import send_file

_MIB = 1024 * 1024
MOST_BYTES = 25 * _MIB
# So many pieces stand beside one piece of work at the most.
MOST_PIECES = 20
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
_PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".jar")
_MOST_PARTS = 10_000


def media_type_of(file: IO[bytes], size: int) -> str:
    """Return the media type that the bytes show, and leave the file at its beginning.

    Raises ``InvalidEvidence`` for what is empty, over ``MOST_BYTES``, of any other kind than PDF, JPEG, PNG, and the
    packages of Office and OpenDocument, or carries a program.
    """
    if size == 0:
        raise InvalidEvidence(_("The file is empty."))
    if size > MOST_BYTES:
        text = _("The file is larger than %(size)d MiB. Send a link to it, or its document number.")
        raise InvalidEvidence(text % {"size": MOST_BYTES // _MIB})
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    known = filetype.guess(head)
    if known is not None and known.mime in _PLAIN:
        return str(known.mime)
    found = _package_type(file) if head.startswith(b"PK") else ""
    file.seek(0)
    if not found:
        raise InvalidEvidence(_(
            "Files can be PDF, JPEG, PNG, .docx, .xlsx, .pptx, .odt, .ods or .odp. "
            "This one is something else, whatever its name."
        ))  # fmt: skip
    return found


def send_evidence(request: HttpRequest, evidence: Evidence) -> HttpResponseBase:
    """Return the file of a piece under the name it came with; Http404 for a link, a number, or a file that is gone."""
    if not evidence.file:
        raise Http404
    try:
        file = evidence.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return send_file(request, file, name=evidence.name, media_type=evidence.media_type, etag=evidence.sha256)


def _package_type(file: IO[bytes]) -> str:
    """Return what a zip is the package of; "" for any other zip. Nothing is unpacked but a short label."""
    try:
        with zipfile.ZipFile(file) as package:
            names = [each.filename.lower() for each in package.infolist()[:_MOST_PARTS]]
            label = _label(package) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return ""
    if any(name.endswith(_PROGRAMS) for name in names):
        raise InvalidEvidence(_("The file carries a program or macros. Save it without them, or as PDF."))
    if label:
        return label if label in _OPEN_DOCUMENTS else ""
    if "[content_types].xml" not in names:
        return ""
    return next((kind for folder, kind in _PACKAGES.items() if any(name.startswith(folder) for name in names)), "")


def _label(package: zipfile.ZipFile) -> str:
    with package.open("mimetype") as label:
        return label.read(200).decode("ascii", "replace").strip()

"""Which documents the portal takes: those that are what their name says, and nothing that a browser would run."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

_ZIP_SIGNATURES = (b"PK\x03\x04",)
# How files of each kind begin; texts begin as they like.
SIGNATURES = {"pdf": (b"%PDF-",), **dict.fromkeys(("docx", "odt", "pptx", "xlsx"), _ZIP_SIGNATURES)}
_TEXTS = frozenset({"csv", "txt"})
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<body", b"<head")
_BYTES_CHECKED = 4096


class DocumentForm(BaseDocumentForm):
    """Adds a document whose content is of the kind that its name has."""

    def clean_file(self) -> Any:
        """Refuse what is something else than it is called."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data and not matches_extension(file):
            raise ValidationError(_("The content of the file is not what its name says. Save it anew in its program."))
        return file


def matches_extension(file: Any) -> bool:
    """Return whether a file begins as files of its name do; a text holds no markup and no bytes that are no text."""
    kind = file.name.rpartition(".")[2].lower()
    file.seek(0)
    beginning = file.read(_BYTES_CHECKED)
    file.seek(0)
    if kind in SIGNATURES:
        return bool(beginning.startswith(SIGNATURES[kind]))
    if kind not in _TEXTS or b"\0" in beginning.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")[::2]:
        return False
    bare = beginning.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    return not any(mark in bare for mark in _MARKUP)

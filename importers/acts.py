"""The acts of uploads."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register
from importers.kinds import KINDS

_Content = partial(Act, is_content=True, is_public=False)

_IMPORT_CHECKED = Event("import.checked", _("an uploaded file is checked"), EventAudience.UPLOADING)
_IMPORT_COMMITTED = Event("import.committed", _("an upload is committed"), EventAudience.UPLOADING)
_IMPORT_ABANDONED = Event("import.abandoned", _("an upload is abandoned"), EventAudience.UPLOADING)
_IMPORT_UNDONE = Event("import.undone", _("an upload is undone"), EventAudience.UPLOADING)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Content("import.upload", _("uploaded a file")),
        _Content("import.refuse", _("uploaded a file that was refused")),
        _Content("import.check", _("had a file checked"), event=_IMPORT_CHECKED),
        _Content("import.check_again", _("had a file checked again"), event=_IMPORT_CHECKED),
        _Content("import.commit", _("confirmed the file"), event=_IMPORT_COMMITTED),
        _Content("import.mark_stale", _("confirmed a file whose preview was out of date"), formerly=("import.stale",)),
        _Content("import.abandon", _("gave up the file"), event=_IMPORT_ABANDONED),
        _Content("import.correct", _("mended cells of the file in the browser")),
        _Content("import.undo", _("took back what was written from the file"), event=_IMPORT_UNDONE),
        _Content("import.map_columns", _("matched columns of uploaded files for")),
        _Content("import.forget", _("removed the contents of the file after its time")),
        labels={
            "upload_kind": _("kind of upload"),
            "corrections": _("cells mended in the browser"),
            "kept": _("left as edited since"),
            "restored": _("changed back"),
            "returned": _("brought back"),
            "discarded": _("draft taken away"),
        },
        words={
            "upload_kind": {code: kind.words.in_ledger for code, kind in KINDS.items()},
        },
    )

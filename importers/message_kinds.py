"""The kind of message about uploads, with its shipped text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_UPLOADS = Group("uploads", _("Uploads"))


def register_kinds() -> None:
    """Make the kind known."""
    register(
        Kind(
            "upload.done", _("A large upload is done with"), _("{file}: {state}"),
            _("The file that you sent for {agency} is done with: {state}.\nSee the result: {link}"),
            (
                Field("file", _("the name of the file"), "danh-muc.xlsx"),
                Field("state", _("what has become of it"), _("written")),
                Field("agency", _("the agency"), _("Statistics Office")), LINK,
            ),
        ),
        group=_UPLOADS,
    )  # fmt: skip

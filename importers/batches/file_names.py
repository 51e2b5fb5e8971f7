"""The name of an upload as it is kept: what somebody typed, without what could pretend to be something else."""

from __future__ import annotations

import re
from pathlib import PurePath

LONGEST = 255
_FOLDERS = re.compile(r".*[/\\\\]", re.DOTALL)
# Control characters, line ends, halves of surrogates, and what turns the direction of reading round.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def stored_name(name: str) -> str:
    """Return the name without folders and unseen characters, its end kept when it is too long (security, T6, T20)."""
    name = _UNSEEN.sub("\ufffd", _FOLDERS.sub("", name))
    if len(name) <= LONGEST:
        return name
    extension = PurePath(name).suffix[:16]
    return name[: LONGEST - len(extension)] + extension

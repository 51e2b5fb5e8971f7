"""Words that stand in drafts, notes and uploads, and who may read each of them (matrix: draft catalog, upload)."""

from __future__ import annotations

import io
import zipfile

from tests.authorisation.asking import Answer
from tests.authorisation.world import canary

_DEPARTMENT = frozenset({"editor", "approver"})
_OWN = frozenset({"uploader", "agency_head", "api_client"}) | _DEPARTMENT
_CHAIRMAN = frozenset({"provincial_approver"})

READERS = {
    "own": _OWN,
    "own_note": _OWN,
    "own_office": _OWN | _CHAIRMAN,
    "own_hidden": _DEPARTMENT | _CHAIRMAN,
    "own_upload": _OWN - {"approver", "api_client"},
    "own_submitted": _OWN | _CHAIRMAN,
    "own_submitted_note": _OWN | _CHAIRMAN,
    "own_appraised": _OWN | _CHAIRMAN,
    "own_appraised_note": _OWN | _CHAIRMAN,
    # The API client speaks for a system that writes work of this agency, and so reads whose it is.
    "own_officer": _DEPARTMENT | {"uploader", "agency_head", "officer", "manager", "authority", "api_client"},
    "other_officer": _DEPARTMENT,
    # What was said beside the marks, in a receipt: who evaluates, their programs, and the officer after the decision.
    "own_receipt": frozenset({"uploader", "agency_head", "api_client", "officer", "manager", "authority"}),
    "other_receipt": frozenset(),
    "other": _DEPARTMENT,
    "other_note": _DEPARTMENT,
    "remark": _DEPARTMENT,
    "reason": _DEPARTMENT,
    "other_upload": _DEPARTMENT - {"approver"},
    "other_submitted": _DEPARTMENT | _CHAIRMAN,
    "other_submitted_note": _DEPARTMENT | _CHAIRMAN,
    "other_appraised": _DEPARTMENT | _CHAIRMAN,
    "other_appraised_note": _DEPARTMENT | _CHAIRMAN,
    "own_framework": _DEPARTMENT | {"agency_head"},
    "other_framework": _DEPARTMENT,
    "waiting_framework": _DEPARTMENT,
    "appraised_framework": _DEPARTMENT,
    # What was said beside the marks of those on whom a draft was tried.
    "own_comment": _DEPARTMENT | {"agency_head"},
    "public_comment": _DEPARTMENT,
    "other_comment": _DEPARTMENT,
    "other_submitted_comment": _DEPARTMENT,
    "other_appraised_comment": _DEPARTMENT,
    "own_question": _OWN - {"api_client"} | _CHAIRMAN,
    "other_question": _DEPARTMENT | _CHAIRMAN,
    "webhook": frozenset({"technical_admin"}),
    "message": frozenset({"uploader"}),
}

# Who reads the whole ledger, with what it says of drafts (matrix: audit log).
LEDGER_READERS = _DEPARTMENT | _CHAIRMAN | {"technical_admin"}


def leaks(answer: Answer, role: str) -> list[str]:
    """Return the places whose canary the answer shows to a role that may not read them."""
    if answer.word != "ok":
        return []
    return [place for place in places_shown(answer.body) if role not in READERS[place]]


def places_shown(body: bytes) -> list[str]:
    """Return the places whose canary stands in a body."""
    if _ANY not in (shown := _text(body)):
        return []
    return [place for place in READERS if canary(place).encode() in shown]


# What all canaries begin with.
_ANY = canary("").encode()[:-1]


def _text(body: bytes) -> bytes:
    """Return a body, unpacked if it is a workbook."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())

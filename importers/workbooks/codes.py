"""Codes of what an upload says of its template, with the sentences that explain them in English (msgids)."""

from __future__ import annotations

CODES = {
    "template_of_other_agency": (
        "This is the template of %(agency)s, not of %(here)s, so nothing was read. Upload it at its own agency; or "
        "download the template of this agency and copy the rows into it."
    ),
    "template_of_other_kind": (
        "This is a template for “%(kind)s”, so nothing was read. Upload it at “%(kind)s” of the same agency."
    ),
    "template_of_other_period": (
        "This template was made for another period than %(period)s, for which you upload it. Choose its own period, or "
        "download the template of this one."
    ),
    "template_outdated": (
        "The template was taken on %(day)s; since then the list has been written to %(writes)s times. Look closely at "
        "what would change, or download the template anew."
    ),
}
NOTE_CODES = {
    "stamp_unknown": "The template's mark “%(value)s” is none of this system, so it was passed over.",
}

"""The two forms in which an agency's identifier code is written. Pure: no database."""

from __future__ import annotations

import re

from cms.organisations.enums import CodeForm

# V1V2V3.Z1Z2.Y1Y2.Hnn, the province last (QCVN 102:2016), for example 000.00.00.H49.
_OLD = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
# Hnn.x.y, the province first (Decision 20/2020/QĐ-TTg), with as many levels as the list needs.
_NEW = re.compile(r"[A-Z]\d{2}(\.\d{1,4}){0,4}")


def clean_code(text: str) -> str:
    """Return the code as it is kept: no spaces, capital letters."""
    return re.sub(r"\s+", "", text).upper()


def form_of(code: str) -> CodeForm | None:
    """Return the form that a cleaned code is written in, or None when it is neither."""
    if _OLD.fullmatch(code):
        return CodeForm.OLD
    return CodeForm.NEW if _NEW.fullmatch(code) else None

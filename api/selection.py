"""``?fields=code,name``: only the fields that the caller reads. Named flatly, as the documentation names them."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

FIELDS = "fields"


@cache
def selectable(row_class: Any) -> tuple[str, ...]:
    """Return the fields that can be chosen from a shape; none where it is not written row by row."""
    return tuple(row_class().fields) if getattr(row_class, "chooses_fields", False) else ()


def chosen_fields(request: Request, row_class: Any) -> frozenset[str]:
    """Return the fields that the query asks for, none of them standing for all; raises ValidationError."""
    text = ",".join(request.query_params.getlist(FIELDS))
    if not text:
        return frozenset()
    chosen, known = [name.strip() for name in text.split(",")], selectable(row_class)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        values = {"name": unknown[0][:50], "known": ", ".join(known)}
        sentence = _("There is no field “%(name)s”. Known ones: %(known)s.") % values
        raise ValidationError({FIELDS: [ErrorDetail(sentence, "unknown_field")]})
    return frozenset(chosen)


def selection_etag(etag: str, chosen: frozenset[str]) -> str:
    """Return the ETag of an answer with these fields alone: another choice is another representation."""
    if not etag or not chosen:
        return etag
    digest = hashlib.sha256(",".join(sorted(chosen)).encode()).hexdigest()[:12]
    return f'{etag[:-1]}.{digest}"'

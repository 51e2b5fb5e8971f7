"""A form of an evaluation as a file, for whichever screen hands it out."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from cms.evaluations.form_documents import FORMS, source_of
from cms.evaluations.models import Evaluation

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def form_response(evaluation: Evaluation, form: int, *, is_own: bool) -> HttpResponse:
    """Return Form 01 or 02 of an officer's evaluation; there is no other form, and none of an organisation."""
    if form not in FORMS or evaluation.officer is None:
        raise Http404
    data = FORMS[form](source_of(evaluation, is_own=is_own))
    name = f"mau-0{form}-{evaluation.subject.code}.docx"
    return HttpResponse(data, content_type=_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""One error shape for the whole API: problem details (RFC 9457), with a stable code beside the words.

Source: RFC 9457; ``type`` stays ``about:blank``, so ``title`` is the name of the status and ``code`` says which case.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler, set_rollback

from api.renderers import JSONRenderer
from cms.catalogs.errors import ChecksFailed, StaleEdition
from cms.core import outages, slots
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.core.middleware import current_request_id, is_unreadable
from cms.core.outages import RETRY_AFTER, is_storage_full
from importers.errors import NotStored

MEDIA_TYPE = "application/problem+json"

# So many findings of the checks are named by a refusal; `findings/` has them all.
MOST_FINDINGS = 100

logger = logging.getLogger("django.request")

TITLES = {
    400: _("Bad request"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("Not acceptable"),
    409: _("Conflict"),
    412: _("Precondition failed"),
    413: _("Too large"),
    411: _("Length required"),
    415: _("Unsupported media type"),
    422: _("Not processed"),
    428: _("Precondition required"),
    429: _("Too many requests"),
    500: _("Internal error"),
    503: _("Not available now"),
}
# Sentences for what DRF says in words of its own; a refusal of the domain brings its own sentence.
DETAILS = {
    "invalid": _("Some parameters cannot be used. See the list of errors."),
    "parse_error": _("The body of the request cannot be read."),
    "authentication_failed": _("The account could not be recognised."),
    "not_authenticated": _("Sign in, or send a token: this is not for everybody."),
    "permission_denied": _("You are not allowed to do this."),
    "not_found": _("There is nothing at this address, or it is not yours to read."),
    "method_not_allowed": _("This address does not take this method. The Allow header lists those that it takes."),
    "not_acceptable": _("The answer cannot be given in a form that the Accept header asks for."),
    "body_too_large": _("The body of the request is too large. Send it in several parts."),
    "file_too_large": _("The file is larger than is taken here. Send it in several files."),
    "idempotency_key_reused": _("This Idempotency-Key was sent before, with something else. Choose a new one."),
    "still_running": _("What was sent first under this Idempotency-Key is still being carried out. Ask again soon."),
    "precondition_required": _("Send If-Match with the ETag of the version as you last read it: nobody writes unseen."),
    "precondition_failed": _("The version has changed since you read it. Read it again, then decide anew."),
    "unsupported_media_type": _("The body of the request is of a kind that is not read here."),
    "throttled": _("Too many requests in a short time. Wait for as many seconds as the Retry-After header says."),
    "storage_full": _("The server has no room left. Nothing was written; ask again after Retry-After seconds."),
    "busy": _("Others ask for work of this kind just now. Ask again after as many seconds as Retry-After says."),
    "internal_error": _("Something went wrong on our side. Give the request id when you report it."),
}


class BodyTooLarge(exceptions.APIException):
    """More was sent than one call takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"


class BusyNow(exceptions.APIException):
    """There is no slot for what a stranger asks for."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = slots.Busy.code
    wait = slots.RETRY_AFTER


class FileTooLarge(BodyTooLarge):
    """The file is over the limit of uploads."""

    default_code = "file_too_large"


class StorageFull(exceptions.APIException):
    """The disk or the database has no room left."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "storage_full"
    wait = RETRY_AFTER


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """Answer any exception of an API view as a problem; an unforeseen one is logged and reported without its words."""
    _write_as_json(context["request"])
    if is_storage_full(exc):
        logger.error("No room left: %s", context["request"].path, exc_info=exc)
        exc = exc if isinstance(exc, NotStored) else StorageFull()
    elif is_unreadable(context["request"]._request, exc):
        # Wagtail's own views of pages, documents and pictures answer through this handler too.
        exc = exceptions.ParseError()
    exc = _as_api_exception(exc)
    response = exception_handler(exc, context)
    if response is None or not isinstance(exc, exceptions.APIException):
        return _unforeseen(exc, context)
    code = _code(exc)
    headers = {name: response[name] for name in ("WWW-Authenticate", "Retry-After") if name in response}
    detail = DETAILS.get(code, exc.detail)
    return problem(response.status_code, code, detail, errors=list(_field_errors(exc)), headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what failed outside every view, in a middleware: a problem below /api/, a page elsewhere."""
    if not request.path.startswith("/api/"):
        return outages.server_error(request)
    answer = problem(500, "internal_error", DETAILS["internal_error"])
    if is_storage_full(sys.exc_info()[1]):
        answer = problem(503, "storage_full", DETAILS["storage_full"], headers={"Retry-After": str(RETRY_AFTER)})
    answer.accepted_renderer, answer.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    answer.renderer_context = {}  # type: ignore[attr-defined]
    return answer.render()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses, as it does a session that a full database could not keep (SessionInterrupted)."""
    if is_storage_full(exception):
        return server_error(request)
    return defaults.bad_request(request, exception)


def problem(
    status_code: int,
    code: str,
    detail: Any,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a problem: status, stable code, a sentence, and for each field at fault its own code and sentence."""
    body = _body(status_code, code, detail, errors or [])
    return Response(body, status=status_code, headers=headers, content_type=MEDIA_TYPE)


def plain_problem(status_code: int, code: str) -> HttpResponse:
    """Return a problem of DETAILS where no view of the API is asked."""
    body = JSONRenderer().render(_body(status_code, code, DETAILS[code], []))
    return HttpResponse(body, status=status_code, content_type=MEDIA_TYPE)


def _body(status_code: int, code: str, detail: Any, errors: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": str(TITLES.get(status_code, TITLES[400])),
        "status": status_code,
        "detail": str(detail),
        "code": code,
        "errors": errors,
        "request_id": current_request_id(),
    }


def _write_as_json(request: Request) -> None:
    """Choose the form of the answer anew: a problem is JSON, also where the caller asked for something else."""
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type


def _as_api_exception(exc: Exception) -> Exception:
    """Turn refusals of Django and of the domain into those of DRF; leave the rest as it is."""
    if isinstance(exc, Http404):
        return exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(exc, slots.Busy):
        return BusyNow()
    if isinstance(exc, DomainError):
        return _refusal(exc)
    if isinstance(exc, RequestDataTooBig):
        return BodyTooLarge()
    # A form that Django does not take, or a caller who went away while sending it.
    if isinstance(exc, BadRequest | SuspiciousOperation | UnreadablePostError):
        return exceptions.ParseError()
    return exc


class Refusal(exceptions.APIException):
    """A refusal of the domain; ``errors`` are the single things that stand against the act, where it names them."""

    errors: Sequence[dict[str, str]] = ()
    wait: int | None = None


def _refusal(exc: DomainError) -> exceptions.APIException:
    refusal = Refusal(str(exc), exc.code)
    findings = exc.params.get("findings", ())[:MOST_FINDINGS]
    refusal.errors = [{"field": "", "code": found.rule, "message": str(found)} for found in findings]
    refusal.status_code = status.HTTP_400_BAD_REQUEST
    if isinstance(exc, NotAllowed):
        refusal.status_code = status.HTTP_403_FORBIDDEN
    elif isinstance(exc, NotStored):
        refusal.status_code, refusal.wait = status.HTTP_503_SERVICE_UNAVAILABLE, RETRY_AFTER
    elif isinstance(exc, WrongState | StaleEdition | ChecksFailed):
        refusal.status_code = status.HTTP_409_CONFLICT
    return refusal


def _unforeseen(exc: Exception, context: dict[str, Any]) -> Response:
    request = context["request"]._request
    set_rollback()
    got_request_exception.send(sender=type(context["view"]), request=request)
    logger.error("Internal error: %s", request.path, exc_info=exc, extra={"status_code": 500, "request": request})
    return problem(500, "internal_error", DETAILS["internal_error"])


def _code(exc: exceptions.APIException) -> str:
    if isinstance(exc, exceptions.ValidationError):
        return "invalid"
    return str(getattr(exc.detail, "code", exc.default_code))


def _field_errors(exc: exceptions.APIException) -> Iterator[dict[str, str]]:
    """Yield one error for each field and reason; errors of no field have an empty field."""
    if isinstance(exc, Refusal):
        yield from exc.errors
    if not isinstance(exc, exceptions.ValidationError):
        return
    yield from _reasons("", exc.detail)


def _reasons(field: str, detail: Any) -> Iterator[dict[str, str]]:
    """Walk into fields of fields, whose names are reported as one path: ``subjects[3].common``."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _reasons(_below(field, name), inner)
    elif isinstance(detail, list | tuple):
        for place, inner in enumerate(detail):
            yield from _reasons(_below(field, place) if isinstance(inner, dict) else field, inner)
    else:
        error = {"field": field, "code": str(getattr(detail, "code", "invalid")), "message": str(detail)}
        yield {name: text.encode("utf-8", "replace").decode() for name, text in error.items()}


def _below(field: str, name: Any) -> str:
    """Return the path of what is below a field; errors of no field of its own stay with it."""
    if name == api_settings.NON_FIELD_ERRORS_KEY:
        return field
    if isinstance(name, int):
        return f"{field}[{name}]"
    return f"{field}.{name}" if field else str(name)

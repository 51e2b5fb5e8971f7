"""What is sent twice under one Idempotency-Key happens once, and is answered twice alike (docs/adr, 12)."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from api.models import StoredResponse
from api.renderers import JSONRenderer
from cms.core.errors import DomainError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST_KEY = 255
_STORED_HEADERS = ("ETag", "Location", "Retry-After")


class KeyReused(APIException):
    """The key was sent before, with something else."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"


class StillRunning(APIException):
    """What was sent first under this key is still being carried out."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "still_running"
    wait = 1


def once(request: Request, act: Callable[[], Response], content: Any, *, needed: bool = False) -> HttpResponseBase:
    """Carry the act out, or give the answer that the same content got under the same key.

    Without a key, where none is ``needed``, the act is simply carried out. A refusal (DomainError, APIException) wrote
    nothing: it is raised on, and the key is free again. Raises ParseError for a key that is missing or no key,
    KeyReused and StillRunning.
    """
    key = read_key(request, needed=needed)
    if not key:
        return act()
    digest = _digest(content)
    stored, is_claimed = _claimed(request, key, digest)
    if not is_claimed:
        return _earlier_answer(stored, digest)
    try:
        return _carried_out(stored, act)
    except BaseException:
        StoredResponse.objects.filter(pk=stored.pk, claim=stored.claim, status=None).delete()
        raise


def bare_answer(request: Request, content: Any) -> HttpResponse | None:
    """Return the answer that this very person got to the same content under the same key, if it has no body.

    For an act by which somebody gave up the right to read what it was done to. An answer with a body is not given
    again there: it would disclose what is no longer theirs. Raises ParseError for what is no key.
    """
    under = {"by": request.user, "address": _address(request), "key": read_key(request)}
    stored = StoredResponse.objects.filter(**under, status=status.HTTP_204_NO_CONTENT).first()
    digest = _digest(content)
    return None if stored is None or stored.is_over or stored.content != digest else _earlier_answer(stored, digest)


def read_key(request: Request, *, needed: bool = False) -> str:
    """Return the key that was sent, or nothing; raises ParseError for one that is missing or no key."""
    key: str = request.headers.get(HEADER, "").strip()
    if not key and needed:
        message = _("Send the Idempotency-Key header: a text of your own that is new for each new act.")
        raise ParseError(message, code="idempotency_key_required")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        message = _("An Idempotency-Key has up to 255 characters, all of them ASCII and visible.")
        raise ParseError(message, code="idempotency_key_invalid")
    return key


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _address(request: Request) -> str:
    return f"{request.method} {request.path}"[:200]


def _claimed(request: Request, key: str, digest: str) -> tuple[StoredResponse, bool]:
    """Return what stands under the key, and whether this process is the one to carry the act out.

    Committed at once, so that others see it. The database lets one of several win: by the unique key for a new one, by
    the claim for one that was left.
    """
    under = {"by": request.user, "address": _address(request), "key": key}
    stored = StoredResponse.objects.filter(**under).first()
    if stored is None:
        try:
            with transaction.atomic():
                return StoredResponse.objects.create(**under, content=digest), True
        except IntegrityError:
            stored = StoredResponse.objects.filter(**under).first()
    if stored is None:
        raise StillRunning
    return (stored, _taken_over(stored, digest)) if stored.is_over else (stored, False)


def _taken_over(stored: StoredResponse, digest: str) -> bool:
    before, stored.claim, stored.content = stored.claim, uuid.uuid4(), digest
    stored.began_at, stored.status = timezone.now(), None
    fresh = {"claim": stored.claim, "content": digest, "began_at": stored.began_at, "status": None, "body": b""}
    return bool(StoredResponse.objects.filter(pk=stored.pk, claim=before).update(**fresh))


def _earlier_answer(stored: StoredResponse, digest: str) -> HttpResponse:
    if stored.content != digest:
        raise KeyReused
    if stored.status is None:
        raise StillRunning
    headers = stored.headers | {REPLAYED: "true"}
    return HttpResponse(bytes(stored.body), JSONRenderer.media_type, stored.status, headers=headers)


def _carried_out(stored: StoredResponse, act: Callable[[], Response]) -> Response:
    """The act and its answer in one transaction: a process that dies leaves both or neither."""
    refusal: Exception | None = None
    with transaction.atomic():
        try:
            response = act()
        except (DomainError, APIException) as refused:
            # What the refusal itself wrote down (a stale preview, a line in the ledger) stays.
            refusal = refused
        else:
            _store(stored, response)
    if refusal is not None:
        raise refusal
    return response


def _store(stored: StoredResponse, response: Response) -> None:
    headers = {name: response[name] for name in _STORED_HEADERS if name in response}
    body = JSONRenderer().render(response.data)
    claimed = StoredResponse.objects.filter(pk=stored.pk, claim=stored.claim)
    if not claimed.update(status=response.status_code, headers=headers, body=body):
        raise StillRunning  # taken over meanwhile: nothing of this is written

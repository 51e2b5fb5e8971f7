"""Work that strangers ask for and that takes long: a few slots on a machine, whichever process answers.

Whoever finds all of them taken is asked to come back; nobody waits in a thread that somebody at a desk could need. A
slot is a lock on a file, so that the system frees it when its process dies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.core.errors import DomainError
from cms.core.file_locks import try_lock

RETRY_AFTER = 10


class Busy(DomainError):
    """All slots are taken; ``RETRY_AFTER`` seconds later one may be free."""

    code = "busy"


@contextmanager
def taken(name: str) -> Iterator[None]:
    """Hold one of the slots of a name in THUOCDO_SLOTS, which says how many there are, while the block runs.

    Raises Busy.
    """
    settings.THUOCDO_SLOTS_DIR.mkdir(parents=True, exist_ok=True)
    for number in range(settings.THUOCDO_SLOTS[name]):
        with (settings.THUOCDO_SLOTS_DIR / f"{name}-{number}").open("a") as slot:
            if try_lock(slot.fileno()):
                yield
                return
    raise Busy("all slots are taken")


def for_strangers(user: Any, name: str) -> AbstractContextManager[None]:
    """Hold a slot while the block runs for somebody who is not signed in; everybody else needs none. Raises Busy."""
    return nullcontext() if user.is_authenticated else taken(name)


class BusyMiddleware:
    """Answers people for whom there is no slot; programs get a problem from the API itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 with the time after which to ask again."""
        if not isinstance(exception, Busy):
            return None
        response = render(request, "busy.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

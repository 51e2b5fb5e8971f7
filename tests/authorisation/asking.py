"""One request by one person, rolled back: what was answered, in a word, and what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages import constants, get_messages
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

_WRITE = re.compile(r"\s*(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM)\s+[\"`]?(\w+)", re.IGNORECASE)
# What Wagtail and Django keep for themselves when somebody looks: sessions, who has a page open, small pictures; the
# claim on a key, which a refusal gives up again; and that somebody's data was read.
TRACES = frozenset({
    "api_storedresponse", "organisations_officerread",
    "django_session", "wagtailadmin_editingsession", "wagtailadmin_formstate", "wagtailcore_pagesubscription",
    "wagtailimages_rendition", "wagtailusers_userprofile",
})  # fmt: skip
# Demanded where a second time must not count, and where nothing may be overwritten unseen; elsewhere they say nothing.
HEADERS = {"Idempotency-Key": "hoi-mot-lan", "If-Match": "*"}
WRITING = ("POST", "PUT", "PATCH", "DELETE")
LEDGER = frozenset({"audit_auditevent", "audit_audithead"})


@dataclass
class Answer:
    """An answer in a word (see README.md), with the whole answer and the tables that were written to."""

    word: str
    response: Any
    writes: frozenset[str] = frozenset()
    queries: int = 0

    @property
    def body(self) -> bytes:
        """Return the whole body."""
        response = self.response
        return b"".join(response.streaming_content) if response.streaming else response.content


@dataclass
class Watch:
    """Counts queries, and remembers which tables were written to and not rolled back."""

    queries: int = 0
    written: list[str] = field(default_factory=list)
    _savepoints: dict[str, int] = field(default_factory=dict)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._note(sql)
        return execute(sql, params, many, context)

    def _note(self, sql: str) -> None:
        if sql.startswith("SAVEPOINT"):
            self._savepoints[sql.split()[-1]] = len(self.written)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del self.written[self._savepoints[sql.split()[-1]] :]
        elif not sql.startswith("RELEASE"):
            self.queries += 1
            if found := _WRITE.match(sql):
                self.written.append(found[1])


@contextmanager
def undone() -> Iterator[Watch]:
    """Watch what happens inside, and take it back."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        yield watch
        transaction.set_rollback(True)


class Json(dict[str, Any]):
    """What is posted as JSON, not as a form."""


def ask(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Answer:
    """Make one request that leaves nothing behind."""
    kept = deepcopy(client.cookies)
    options: dict[str, Any] = {"content_type": "application/json"} if isinstance(data, Json) else {}
    if method in WRITING:
        options["headers"] = HEADERS
    with undone() as watch:
        response = getattr(client, method.lower())(address, data or {}, **options)
        answer = Answer("", response)
        answer.word = _word(response, method)
        # A streamed answer is made while it is read.
        if response.streaming:
            response.streaming_content = iter([b"".join(response.streaming_content)])
    client.cookies = kept
    answer.writes, answer.queries = frozenset(watch.written) - TRACES, watch.queries
    if method in WRITING and answer.word in ("ok", "redirect") and answer.writes - LEDGER:
        answer.word = "done"
    return answer


def _word(response: Any, method: str) -> str:
    status = response.status_code
    if status in (301, 302, 303):
        return _redirect_word(response)
    if 200 <= status < 300:
        return "ok"
    return {304: "ok", 400: "bad", 403: "no", 404: "404", 405: "405"}.get(status, str(status))


def _redirect_word(response: Any) -> str:
    path = response.url.split("?")[0]
    if path == reverse("account_login"):
        return "login"
    levels = [message.level for message in get_messages(response.wsgi_request)]
    levels += [message.level for message in getattr(get_messages(response.wsgi_request), "_queued_messages", [])]
    if constants.ERROR not in levels:
        return "redirect"
    return "home" if path == reverse("wagtailadmin_home") else "refused"

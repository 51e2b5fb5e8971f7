"""Faults that pass: a full disk under the files, the database or the temporary folder is not a fault of the request."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from cms.core.errors import StorageUnreachable

# How long a client waits before it asks again, in seconds: somebody has to make room first.
RETRY_AFTER = 300
_FULL = (errno.ENOSPC, errno.EDQUOT)
# PostgreSQL's disk_full.
_DISK_FULL = "53100"


def is_storage_full(failure: BaseException | None) -> bool:
    """Return whether an exception, or one that led to it, says that a disk or the database has no room left."""
    return any(_is_full_error(each) for each in _causes(failure))


def _is_full_error(failure: BaseException) -> bool:
    if isinstance(failure, OSError):
        return failure.errno in _FULL
    if isinstance(failure, sqlite3.Error):
        return getattr(failure, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(failure, "sqlstate", None) == _DISK_FULL


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        yield failure
        failure = failure.__cause__ or failure.__context__


def unreachable(request: HttpRequest, fault: StorageUnreachable) -> HttpResponse:
    """Answer that a file cannot be had now: 503, the sentence, and when to come back."""
    answer = render(request, "503.html", {"fault": fault}, status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a page that failed: 503 and when to come back where storage is full, otherwise 500."""
    if not is_storage_full(sys.exc_info()[1]):
        return defaults.server_error(request)
    answer = render(request, "503.html", status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer

"""One request to a receiver: to the very machine that was checked, within a time, and with no more read than is stored.

No redirect is followed, no proxy of the environment is used, and nothing that comes back is unpacked.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
from django.utils.encoding import force_str

from api.webhooks.addresses import Address, BadAddress, read_address, resolve

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0
MOST_READ = 64 * 1024
MOST_STORED = 500


@dataclass(frozen=True)
class Request:
    """What is sent, and where to."""

    url: str
    headers: Sequence[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class SendResult:
    """What came of it: a status with the beginning of the answer, or the code of what went wrong."""

    status: int | None = None
    answer: str = ""
    error: str = ""
    milliseconds: int = 0

    @property
    def is_delivered(self) -> bool:
        """Return whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


def send(request: Request) -> SendResult:
    """Send once, and return what came of it; never raises for anything that a receiver does."""
    began = time.monotonic()
    status, answer, error = None, "", ""
    try:
        status, answer = _exchange(request, began + TOTAL_SECONDS)
    except BadAddress:
        error = "address_refused"
    except (httpcore.TimeoutException, TimeoutError):
        error = "timeout"
    except ssl.SSLError:
        error = "tls"
    except httpcore.ConnectError as broken:
        error = "tls" if isinstance(broken.__cause__ or broken.__context__, ssl.SSLError) else "no_connection"
    except OSError:
        error = "unknown_name"
    except (httpcore.NetworkError, httpcore.ProtocolError):
        error = "broken_off"
    return SendResult(status, answer, error, round((time.monotonic() - began) * 1000))


def _exchange(request: Request, until: float) -> tuple[int, str]:
    address = read_address(request.url)
    backend = _CheckedAddresses(resolve(address), until)
    timeouts = {"connect": CONNECT_SECONDS, "read": TOTAL_SECONDS, "write": TOTAL_SECONDS, "pool": TOTAL_SECONDS}
    url = httpcore.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode()
    )
    headers = [("Host", _host(address)), *request.headers]
    with (
        httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend, retries=0) as pool,
        pool.stream("POST", url, headers=headers, content=request.body, extensions={"timeout": timeouts}) as response,
    ):
        return response.status, _beginning(response.iter_stream())


def _host(address: Address) -> str:
    usual = {"https": 443, "http": 80}[address.scheme]
    return address.host if address.port == usual else f"{address.host}:{address.port}"


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _beginning(chunks: Iterable[bytes]) -> str:
    """Return the beginning of an answer as text that any database keeps; the rest is read up to a limit and dropped."""
    read, stored = 0, b""
    for chunk in chunks:
        stored = (stored + chunk)[:MOST_STORED]
        read += len(chunk)
        if read >= MOST_READ:
            break
    return force_str(stored, errors="replace").replace("\x00", "�")


class _CheckedAddresses(httpcore.SyncBackend):
    """Connects to IP addresses that were checked before, whatever name is asked for, until a moment."""

    def __init__(self, numbers: Sequence[str], until: float) -> None:
        self.numbers = numbers
        self.until = until

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any) -> Any:
        """Connect to the first of the addresses that answers, within the time for connecting."""
        until = min(self.until, time.monotonic() + CONNECT_SECONDS)
        refusal: Exception = httpcore.ConnectTimeout()
        for number in self.numbers:
            try:
                stream = super().connect_tcp(number, port, _left(until))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                refusal = failed
            else:
                return _Bounded(stream, self.until)
        raise refusal


class _Bounded(httpcore.NetworkStream):
    """A connection on which nothing waits beyond a moment, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what comes before the moment."""
        return self._stream.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write before the moment."""
        self._stream.write(buffer, _left(self._until))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted, with the receiver known by its name."""
        limit = min(CONNECT_SECONDS, _left(self._until))
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, limit), self._until)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection below says."""
        return self._stream.get_extra_info(info)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left

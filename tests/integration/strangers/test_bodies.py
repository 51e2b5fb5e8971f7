"""Bodies that nobody asked for: how large one may be is known before a byte of it is read."""

import socket
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from cms.core.bodies import declared_bytes, most_bytes
from tests.authorisation.walker import all_routes

KIB, MIB = 1024, 1024 * 1024
BOUNDARY = "mark-of-a-part"
START = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\n\r\n'.encode()
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
# Where a stranger may send something, or nothing but a form is taken: sign-in, public pages, the API's open addresses.
ADDRESSES = ("/accounts/login/", "/", "/danh-muc/", "/khong-co/", "/api/v1/scores/preview/", "/api/v1/imports/")

served = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.one_database("what is refused unread never gets to the database"),
]


def send(port: int, address: str, spool: Path, *, length: int | None, method: str = "POST") -> tuple[bytes, int]:
    """Send 30 MiB of a file; return the first line of the answer, and the most bytes that lay on the disk meanwhile."""
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    head = f"{method} {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {MULTIPART}\r\n{size}\r\n\r\n"
    part, most = START.ljust(MIB, b"a"), 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as there:
        with suppress(ConnectionError):
            there.sendall(head.encode())
            for _turn in range(30):
                there.sendall(part if length is not None else b"%x\r\n%s\r\n" % (len(part), part))
                most = max(most, kept(spool))
            if length is None:
                there.sendall(b"0\r\n\r\n")
        answer = b""
        with suppress(ConnectionError):
            answer = there.recv(64 * KIB)
    return answer.split(b"\r\n")[0], max(most, kept(spool))


def kept(spool: Path) -> int:
    """Return the bytes that lie on the disk."""
    total = 0
    for path in spool.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total


class TestAServer:
    pytestmark = served

    def test_keeps_nothing_of_a_strangers_file(self, server, tmp_path):
        most, sent = {}, [*product(ADDRESSES, [300 * MIB, 10**25, None], ["POST"]), ("/danh-muc/", 300 * MIB, "GET")]
        for address, announced, method in sent:
            what = (address, announced, method)
            line, most[what] = send(server, address, tmp_path / "spool", length=announced, method=method)
            assert b" 50" not in line, (what, line)

        assert not any(most.values()), most


@pytest.mark.django_db
class TestAStranger:
    def test_is_refused_by_the_length_alone(self):
        response = post("/accounts/login/", 64 * KIB + 1)

        assert response.status_code == 413
        assert "Dữ liệu gửi lên quá lớn" in response.content.decode()

    def test_is_told_by_a_problem_over_the_api(self):
        response = post("/api/v1/catalogs/CNTT/versions/1/items/", 64 * KIB + 1, content_type="application/json")

        assert response.status_code == 413
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "body_too_large"

    def test_may_send_a_form(self):
        assert post("/accounts/login/", 1 * KIB).status_code == 200

    def test_gains_nothing_by_reading_with_a_body(self):
        assert post("/danh-muc/", 64 * KIB + 1, method="GET").status_code == 413

    def test_gains_nothing_by_a_token_on_a_page(self):
        assert post("/accounts/login/", 64 * KIB + 1, headers={"Authorization": "Bearer x"}).status_code == 413

    def test_with_a_made_up_token_is_refused_by_the_token(self):
        headers = {"Authorization": "Bearer x"}

        response = post("/api/v1/scores/preview/", 5 * MIB, headers=headers, content_type="application/json")

        assert response.status_code == 401


def post(address: str, length: int, *, method: str = "POST", content_type: str = MULTIPART, headers=None):
    """Announce a body, and send none of it: whoever reads it finds that it was cut off."""
    body = START.ljust(length, b"a")
    return Client().generic(method, address, body, content_type=content_type, headers=headers)


@pytest.mark.django_db
def test_a_strangers_upload_over_the_api_is_not_read():
    assert post("/api/v1/imports/", 30 * MIB).status_code == 401


@pytest.mark.django_db
def test_a_signed_in_person_sends_what_forms_hold(client, people):
    client.force_login(people["editor"])
    address = reverse("wagtailadmin_home")

    assert client.generic("POST", address, b"a" * MIB, content_type="text/plain").status_code != 413
    too_much = b"a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert client.generic("POST", address, too_much, content_type="text/plain").status_code == 413


def test_every_route_with_a_limit_of_its_own_is_there():
    names = {route.name for route in all_routes()}

    assert set(settings.THUOCDO_BODY_BYTES) - {""} <= names


@pytest.mark.parametrize("route", sorted(settings.THUOCDO_BODY_BYTES.keys() - {"api_v1:imports"}))
def test_a_stranger_sends_little_anywhere(route):
    assert settings.THUOCDO_BODY_BYTES[route][0] <= 512 * KIB


@pytest.mark.parametrize(
    ("reported", "bytes_"), [("", 0), ("12", 12), ("+5", 0), ("5e3", 0), ("٣", 0), ("9" * 25, 2**63 - 1)]
)
def test_the_length_that_a_request_tells(reported, bytes_):
    request = RequestFactory().post("/", CONTENT_LENGTH=reported)

    assert declared_bytes(request) == bytes_


def test_a_view_that_is_not_listed_takes_little(rf):
    request = rf.post("/accounts/login/")
    request.user, request.resolver_match = AnonymousUser(), resolve("/accounts/login/")

    assert most_bytes(request) == 64 * KIB

"""Addresses that a webhook is not sent to: nothing is connected to, whatever the address is written like."""

import contextlib
import socket
import threading
import time

import pytest

from api.webhooks import sending
from api.webhooks.actions import InvalidWebhook, edit_endpoint
from api.webhooks.addresses import BadAddress, check_address, read_address
from api.webhooks.sending import Request, send

NAME = "nhan.example.gov.vn"

# Texts that are no address of a name on the list.
WRITTEN = [
    "", "http:", "//nhan.example.gov.vn/", "ftp://nhan.example.gov.vn/", "file:///etc/passwd", "gopher://127.0.0.1:25/",
    "http://nhan.example.gov.vn/", "https://nhan.example.gov.vn:22/", "https://nhan.example.gov.vn:0443/",
    "https://nhan.example.gov.vn:99999/", "https://127.0.0.1/", "https://127.1/", "https://127.0.0.1:8443/",
    "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://0/",
    "https://127.0.0.1.:443/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/", "https://[fe80::1%25eth0]/", "https://localhost/", "https://169.254.169.254/latest/",
    "https://user@nhan.example.gov.vn/", "https://nhan.example.gov.vn@127.0.0.1/", "https://a:b@nhan.example.gov.vn/",
    "https://nhan.example.gov.vn:443@127.0.0.1/", "https://127.0.0.1#@nhan.example.gov.vn/",
    "https://127.0.0.1\\@nhan.example.gov.vn/", "https://nhan.example.gov.vn\\.evil.com/",
    "https://nhan.example.gov.vn.evil.com/", "https://evil.com/?nhan.example.gov.vn", "https://example.gov.vn/",
    "https://evilexample.gov.vn/", "https://nhan.example.gov.vn./", "https://NHAN.EXAMPLE.GOV.VN/",
    "https://nhan.example.gov.vn /", " https://nhan.example.gov.vn/", "https://nhan.example.gov.vn/\r\nHost: x",
    "https://nhan.example.gov.vn/\n", "https://nhan.example.gov.vn/#x", "https://nhan．example．gov．vn/",
    "https://①②⑦.0.0.1/", "https://nhan%2eexample.gov.vn/", "https://127.0.0.1%00.example.gov.vn/",
    "https://-a.example.gov.vn/", "https://a..example.gov.vn/", "https://_.example.gov.vn/",
    "https://" + "a" * 64 + ".example.gov.vn/", "https://nhan.example.gov.vn/" + "a" * 500,
]  # fmt: skip
# Machines behind a name on the list that lie where webhooks do not go.
RESOLVED = [
    ["127.0.0.1"], ["127.8.9.1"], ["0.0.0.0"], ["10.1.2.3"], ["172.16.0.1"], ["172.31.255.255"], ["192.168.1.1"],
    ["169.254.169.254"], ["100.64.0.1"], ["192.0.0.8"], ["192.0.2.1"], ["192.88.99.1"], ["198.18.0.1"], ["203.0.113.9"],
    ["224.0.0.1"], ["240.0.0.1"], ["255.255.255.255"], ["::1"], ["::"], ["::ffff:127.0.0.1"], ["::ffff:8.8.8.8"],
    ["::127.0.0.1"], ["64:ff9b::7f00:1"], ["64:ff9b:1::7f00:1"], ["2002:7f00:1::"], ["2001::7f00:1"], ["2001:db8::1"],
    ["3fff::1"], ["fc00::1"], ["fd12::1"], ["fe80::1"], ["fe80::1%eth0"], ["fec0::1"], ["ff02::1"], ["100::1"],
    ["8.8.8.8", "127.0.0.1"], ["2606:4700::1", "::1"], ["x"], [],
]  # fmt: skip


@pytest.fixture
def strict(settings):
    """Return the settings of a province: one name with all below it, and no network of its own."""
    settings.THUOCDO_WEBHOOK_HOSTS = ["*.example.gov.vn"]
    settings.THUOCDO_WEBHOOK_PRIVATE_NETWORKS = []
    settings.THUOCDO_WEBHOOK_INSECURE = False
    return settings


@pytest.fixture
def connected(monkeypatch):
    """Return the list of what is connected to; nothing ever answers."""
    tried = []

    def connect(address, *args, **kwargs):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return tried


@pytest.fixture
def resolver(monkeypatch):
    """Return the setter of what names resolve to: one answer a question, the last again and again."""
    answers = []

    def ask(host, port, *args, **kwargs):
        numbers = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    return lambda *given: answers.extend(given)


def sent(url):
    return send(Request(url, [("Content-Type", "application/json")], b"{}")).error


@pytest.mark.parametrize("url", WRITTEN)
def test_what_is_no_address_of_an_allowed_name_is_refused_and_connected_to_nothing(url, strict, connected, resolver):
    resolver(["8.8.8.8"])

    with pytest.raises(BadAddress):
        check_address(url)
    assert sent(url) == "address_refused" and connected == []


@pytest.mark.parametrize("numbers", RESOLVED, ids=",".join)
def test_a_name_that_leads_elsewhere_than_to_the_world_is_connected_to_nothing(numbers, strict, connected, resolver):
    resolver(numbers)

    with pytest.raises(BadAddress):
        check_address(f"https://{NAME}/")
    assert sent(f"https://{NAME}/") == "address_refused" and connected == []


@pytest.mark.parametrize("port", ["", ":443", ":8443"])
def test_an_allowed_name_is_connected_to_at_the_very_address_that_was_looked_up(port, strict, connected, resolver):
    resolver(["8.8.8.8", "2606:4700::1"])

    assert sent(f"https://{NAME}{port}/a") == "no_connection"
    expected = int(port[1:] or 443)
    assert connected == [("8.8.8.8", expected), ("2606:4700::1", expected)]


def test_a_name_that_changes_between_two_looks_is_looked_at_once(strict, connected, resolver):
    resolver(["8.8.8.8"], ["127.0.0.1"])

    assert sent(f"https://{NAME}/") == "no_connection" and connected == [("8.8.8.8", 443)]
    assert sent(f"https://{NAME}/") == "address_refused" and len(connected) == 1


def test_a_network_of_the_provinces_own_is_reached_when_the_settings_name_it(strict, connected, resolver):
    strict.THUOCDO_WEBHOOK_PRIVATE_NETWORKS = ["10.20.0.0/16"]
    resolver(["10.20.1.2"], ["10.21.1.2"])

    assert sent(f"https://{NAME}/") == "no_connection" and connected == [("10.20.1.2", 443)]
    assert sent(f"https://{NAME}/") == "address_refused" and len(connected) == 1


def test_a_name_that_nobody_knows_may_be_kept_and_is_asked_for_anew(strict, connected, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    check_address(f"https://{NAME}/")
    assert sent(f"https://{NAME}/") == "unknown_name" and connected == []


def test_a_redirect_is_not_followed_and_nothing_of_the_environment_is_used(receiver, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, receiver.url("/proxy"))
    receiver.answer(302, 307, headers={"Location": receiver.url("/trap")})

    outcomes = [send(Request(receiver.url("/a"), [("webhook-id", "1")], b"{}")) for _turn in range(2)]

    assert [outcome.status for outcome in outcomes] == [302, 307] and not outcomes[0].is_delivered
    assert [path for path, _headers, _body in receiver.got] == ["/a", "/a"]


def test_of_a_long_answer_the_beginning_is_kept(receiver):
    receiver.answer(200, body=b"a" * 3_000_000)

    outcome = send(Request(receiver.url(), [("webhook-id", "1")], b"{}"))

    assert (outcome.status, outcome.answer) == (200, "a" * 500)


def _drip(server):
    """Answer a letter at a time, for longer than anybody should wait."""
    connection, _address = server.accept()
    with connection, contextlib.suppress(OSError):
        for letter in b"HTTP/1.1 200 " + b"O" * 100:
            connection.send(bytes([letter]))
            time.sleep(0.05)


def test_a_receiver_that_drips_is_left_in_time(monkeypatch):
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=[server], daemon=True).start()
        outcome = send(Request(f"http://localhost:{server.getsockname()[1]}/", [("webhook-id", "1")], b"{}"))

    assert outcome.error == "timeout"


def test_plain_http_at_a_tls_port_is_told_as_no_certificate(receiver):
    outcome = send(Request(receiver.url().replace("http:", "https:"), [("webhook-id", "1")], b"{}"))

    assert outcome.error == "tls" and receiver.got == []


def test_saving_refuses_what_sending_would(make_endpoint, receiver, settings):
    endpoint, _secret = make_endpoint(receiver.url())
    for url in ("http://127.0.0.1/", "https://user@localhost/"):
        with pytest.raises(BadAddress):
            make_endpoint(url)
        with pytest.raises(BadAddress):
            edit_endpoint(by=None, endpoint=endpoint, url=url)
    settings.THUOCDO_WEBHOOK_HOSTS = []
    with pytest.raises(InvalidWebhook):
        make_endpoint(receiver.url())


def test_an_address_keeps_its_path_and_query(strict):
    assert read_address(f"https://{NAME}/a/b?c=d&e=%20").target == "/a/b?c=d&e=%20"
    assert read_address(f"https://{NAME}").target == "/"

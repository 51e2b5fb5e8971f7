import pytest
from django.test import RequestFactory

from cms.core import addresses
from cms.core.addresses import client_address, counted_address


@pytest.fixture
def asked(settings, caplog):
    """Return who asks, by what the connection and the header say, behind so many proxies."""
    addresses._warn_once.cache_clear()

    def ask(proxies, header=None, peer="192.0.2.1"):
        settings.THUOCDO_PROXY_COUNT = proxies
        headers = {} if header is None else {"HTTP_X_FORWARDED_FOR": header}
        return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)

    return ask


@pytest.mark.parametrize(
    ("proxies", "header", "client"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 198.51.100.2, 203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1,203.0.113.9:50123", "203.0.113.9"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "2001:0DB8:0::1", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        # Asked past the proxies: what the header says was written by whoever asks.
        (1, None, "192.0.2.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, " , ,", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
        (1, "203.0.113.9, ' OR 1=1 --", "192.0.2.1"),
        (1, "999.1.1.1", "192.0.2.1"),
    ],
)
def test_the_client_is_whom_our_outermost_proxy_saw(asked, proxies, header, client):
    assert client_address(asked(proxies, header)) == client


def test_a_web_server_on_a_socket_file_tells_no_address(asked):
    assert client_address(asked(0, peer="")) == ""
    assert counted_address(asked(0, peer="")) is None
    assert client_address(asked(1, "203.0.113.9", peer="")) == "203.0.113.9"


def test_addresses_of_one_ipv6_network_are_counted_together(asked):
    counted = {counted_address(asked(1, f"2001:db8:1:2:{n:x}::{n:x}")) for n in range(1, 50)}

    assert counted == {"2001:db8:1:2::"}
    assert counted_address(asked(1, "203.0.113.9")) == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "header", "words"),
    [(0, "203.0.113.9", "THUOCDO_PROXY_COUNT is 0"), (2, "203.0.113.9", "fewer proxies than THUOCDO_PROXY_COUNT")],
)
def test_proxies_that_are_not_as_they_were_set_are_told_once(asked, caplog, proxies, header, words):
    for _time in range(3):
        client_address(asked(proxies, header))

    assert [words in record.getMessage() for record in caplog.records] == [True]


def test_nothing_is_told_where_all_is_as_it_was_set(asked, caplog):
    client_address(asked(0))
    client_address(asked(1))
    client_address(asked(1, "198.51.100.1, 203.0.113.9"))

    assert caplog.records == []

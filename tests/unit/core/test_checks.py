import pytest

from cms.core.checks import counters_shared, proxies_agree

PROTO = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize(
    ("proxies", "header", "found"), [(0, PROTO, ["core.E003"]), (1, PROTO, []), (0, None, []), (1, None, [])]
)
def test_a_proxy_that_is_not_there_is_not_believed(settings, proxies, header, found):
    settings.THUOCDO_PROXY_COUNT, settings.SECURE_PROXY_SSL_HEADER = proxies, header

    assert [message.id for message in proxies_agree()] == found


@pytest.mark.parametrize(
    ("backend", "found"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", ["core.E004"]),
        ("django.core.cache.backends.dummy.DummyCache", ["core.E004"]),
        ("django.core.cache.backends.redis.RedisCache", []),
        ("cms.core.counters.SharedFileCache", []),
    ],
)
def test_processes_do_not_count_each_for_itself(settings, backend, found):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": "x"}}

    assert [message.id for message in counters_shared()] == found

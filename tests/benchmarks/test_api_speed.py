"""A page of 100 items over the API beside a stock DRF viewset over the same rows: made anew, and from memory."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from tests.benchmarks.measure import Rates
from tests.benchmarks.test_catalog_speed import BIG, versions  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.benchmarks.stock")]

SAME, BARE, NUMBERED = "the same content", "its columns alone", "its columns alone, pages by number"
STOCK = {SAME: "/stock/same/", BARE: "/stock/cursor/", NUMBERED: "/stock/numbered/"}
# The framework's own pages are those by number. A peer by cursor that joins nothing and says less (no address, agency
# or version) is shown too; three times as fast is not asked there.
LEAST = {SAME: 3, NUMBERED: 3, BARE: 1.5}


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    for name in ("public", "progress"):
        caches[name].clear()


def test_a_list_of_100_beside_a_stock_viewset(versions, settings):  # noqa: F811
    client = Client()
    code = versions[BIG].catalog.agency.code
    ours = {
        "all items": "/api/v1/items/?page_size=100",
        "items of a version": f"/api/v1/catalogs/{code}/versions/1/items/?page_size=100",
    }
    for address in (*ours.values(), *STOCK.values()):
        answer = client.get(address)
        assert answer.status_code == 200 and len(answer.json()["results"]) == 100
    table = Rates("A list of 100 items over the API beside a stock ModelSerializer viewset")
    for seconds, how in ((0, "made anew"), (3600, "from memory")):
        settings.THUOCDO_PUBLIC_CACHE_SECONDS = seconds
        for name, address in ours.items():
            for kind, stock in STOCK.items():
                least = 3 if seconds else LEAST[kind]
                what = f"{name}, {how}, beside {kind}"
                table.compare(what, lambda a=address: client.get(a), lambda s=stock: client.get(s), least)
            assert (client.get(address).headers.get("Cache-Status") == "thuocdo; hit") == bool(seconds)
    table.show()
    assert not table.missed

"""A page of 100 items over the API beside a stock DRF viewset over the same rows, nothing kept on either side."""

import pytest
from django.test import Client

from tests.benchmarks.measure import Rates
from tests.benchmarks.test_catalog_speed import BIG, versions  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.benchmarks.stock")]

STOCK = {
    "its own columns alone, pages by number": "/stock/numbered/",
    "its own columns alone, pages by cursor": "/stock/cursor/",
    "the same content, pages by cursor": "/stock/same/",
}


def test_a_list_of_100_beside_a_stock_viewset(versions, settings):  # noqa: F811
    assert settings.THUOCDO_PUBLIC_CACHE_SECONDS == 0
    client = Client()
    code = versions[BIG].catalog.agency.code
    ours = {
        "all items": "/api/v1/items/?page_size=100",
        "items of a version": f"/api/v1/catalogs/{code}/versions/1/items/?page_size=100",
    }

    def ask(address):
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.json()["results"]) == 100
        return answer

    for address in (*ours.values(), *STOCK.values()):
        ask(address)
    table = Rates("A list of 100 items over the API beside a stock ModelSerializer viewset")
    for name, address in ours.items():
        for kind, stock in STOCK.items():
            table.compare(f"{name}, beside {kind}", lambda a=address: client.get(a), lambda s=stock: client.get(s), 3)
    table.show()
    assert not table.missed

"""Public pages: from memory beside an empty view on the same server, and made anew among few and among many items."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalog_pages import actions as pages
from tests.benchmarks.measure import Rates, Table, median_ms
from tests.benchmarks.serving import ROOT, Asking, province_environment, served
from tests.benchmarks.test_catalog_speed import BIG, SMALL, ask, fill
from tests.factories import catalogs
from tests.factories.content import add_content_page, add_news, every_block
from tests.factories.figures import publish_figures

PAIRS, ROUNDS = 9, 60


def publish(people, agency, count):
    """Publish a version of as many items; return it."""
    writer = catalogs.writer_of(people, agency)
    version = catalogs.make_version(writer, agency, items=0)
    fill(version, count)
    catalogs.decide(catalogs.accept(catalogs.submit(version, writer), people["editor"]), people["provincial_approver"])
    version.refresh_from_db()
    return version


def addresses(version):
    """Return the public addresses that are measured, by what they show."""
    page, item = pages.page_of(version), version.items.order_by("position")[0]
    return {
        "home": "/",
        "agencies": "/danh-muc/",
        "an agency's version, 50 items": page.url,
        "an item": f"{page.url}phien-ban/{version.number}/muc/{item.identity}/",
        "search of all items": "/danh-muc/tim-kiem/?q=b%C3%A1o+c%C3%A1o",
        "transparency": "/minh-bach/",
        "a figure": "/minh-bach/ban/1/tien-do/",
    }


@pytest.fixture
def production(tmp_path) -> dict[str, str]:
    """Return the environment of a province's own server: nothing that was kept runs out while it is measured."""
    return province_environment(tmp_path, THUOCDO_PUBLIC_CACHE_SECONDS="3600", THUOCDO_API_RATE_ANON="1000000/min")


@pytest.fixture
def servers(production) -> Iterator[tuple[int, int]]:
    """Return the port of our server and of the one with the empty view."""
    beside = {"PYTHONPATH": str(ROOT)}
    with served("cms.wsgi", production) as ours, served("tests.benchmarks.empty_project", beside) as empty:
        yield ours, empty


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pages_from_memory_beside_an_empty_view(people, province, servers):
    version = publish(people, province.statistics, SMALL)
    publish_figures()
    ours, empty = servers
    beside = Asking(empty, "/")
    table = Rates("A public page from memory beside an empty view of a new Django project, on the same server")
    shown = {**addresses(version), "API, 100 items": "/api/v1/items/?page_size=100"}
    for name, address in shown.items():
        page = Asking(ours, address)
        page.once()
        reported = page.once()
        assert reported["cache-status"] == "thuocdo; hit", (name, reported)
        beside.seconds(5), page.seconds(5)
        pairs = [(page.seconds(ROUNDS), beside.seconds(ROUNDS)) for _pair in range(PAIRS)]
        table.add(f"{name} ({int(reported['content-length']) / 1000:.0f} kB)", pairs, 0.5)
        page.close()
    beside.close()
    table.show()
    assert not table.missed


@pytest.mark.django_db
def test_pages_made_anew_among_many_items_beside_few(people, province, settings):
    """The log-in page asks nothing about items: what it takes beside each page says how busy the machine was."""
    assert settings.THUOCDO_PUBLIC_CACHE_SECONDS == 0
    client = Client()
    beside_log_in: dict[int, dict[str, tuple[float, float, int]]] = {}
    version = publish(people, province.office, SMALL)
    publish_figures()
    for size in (SMALL, BIG):
        if size == BIG:
            version = publish(people, province.statistics, BIG)
            _analyse()
        shown = addresses(version) | {
            "API, first 100 of all items": "/api/v1/items/?page_size=100",
            "API, search of all items": "/api/v1/items/?search=b%C3%A1o+c%C3%A1o",
        }
        beside_log_in[size] = {
            name: (
                *median_ms(lambda a=address: client.get(a), lambda: client.get("/accounts/login/")),
                ask(client, address),
            )
            for name, address in shown.items()
        }
    table = Table(f"A public page made anew among {BIG:,} items beside {SMALL:,}, each beside the log-in page")
    for name, (many, log_in, queries) in beside_log_in[BIG].items():
        few, log_in_then, queries_then = beside_log_in[SMALL][name]
        assert queries == queries_then, name
        # What it took among few, had the log-in page taken the same then.
        table.compare(name, many, few * log_in / log_in_then, 1.5)
    table.show()
    assert not table.missed


@pytest.mark.django_db
def test_content_pages_made_anew_beside_the_log_in_page(people, province, settings):
    """The log-in page asks the database nothing, a page ten times and more: this guards how far they are apart."""
    assert settings.THUOCDO_PUBLIC_CACHE_SECONDS == 0
    version = publish(people, province.office, SMALL)
    publish_figures()
    content = add_content_page(every_block(pages.page_of(version)))
    news = add_news([(f"Tin {number}", timezone.localdate(), "Tóm tắt") for number in range(30)])
    shown = {
        "home": "/",
        "a content page with every kind of block": content.url,
        "30 articles": news.url,
        "an article": news.get_children().first().url,
    }
    client = Client()
    table = Table("A content page made anew beside the log-in page")
    for name, address in shown.items():
        assert client.get(address).status_code == 200
        ours, log_in = median_ms(lambda a=address: client.get(a), lambda: client.get("/accounts/login/"))
        table.compare(name, ours, log_in, 8)
    table.show()
    assert not table.missed


def _analyse():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

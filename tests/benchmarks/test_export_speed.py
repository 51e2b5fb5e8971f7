"""All items as NDJSON beside what DRF's own serializers take, and the memory that it costs."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework import serializers

from cms.catalogs.models import CatalogItem
from tests.benchmarks.measure import Table
from tests.factories import catalogs

MANY, PEER = 100_000, 5_000


class StockSerializer(serializers.ModelSerializer):
    """The usual way: a field object for each value of each row."""

    url = serializers.SerializerMethodField()
    agency = serializers.CharField(source="version.catalog.agency.code")
    version = serializers.IntegerField(source="version.number")

    class Meta:
        model = CatalogItem
        exclude = ["search_text", "code_key", "batch", "sheet", "row"]

    def get_url(self, item: CatalogItem) -> str:
        agency = item.version.catalog.agency.code
        return "http://testserver" + reverse("api_v1:item", args=[agency, item.version.number, item.identity])


def stock() -> int:
    rows = CatalogItem.objects.select_related("version__catalog__agency").order_by("pk")[:PEER]
    return sum(len(json.dumps(row, default=str)) for row in StockSerializer(rows, many=True).data)


def ours(client: Client) -> int:
    return sum(len(part) for part in client.get("/api/v1/items/export/").streaming_content)


@pytest.mark.django_db
def test_export(client, people, province, make_items, capsys):
    make_items(catalogs.make_version(people["uploader"], province.statistics, items=0), MANY)
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    times: dict[str, list[float]] = {"ours": [], "stock": []}
    for _round in range(3):
        start = time.perf_counter()
        assert ours(client) > MANY * 300
        times["ours"].append(time.perf_counter() - start)
        start = time.perf_counter()
        assert stock() > PEER * 300
        times["stock"].append((time.perf_counter() - start) * MANY / PEER)
    tracemalloc.start()
    ours(client)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()

    table = Table(f"All {MANY:,} items as NDJSON beside stock DRF serializers ({PEER:,} rows, scaled)")
    table.compare("NDJSON", sorted(times["ours"])[1] * 1000, sorted(times["stock"])[1] * 1000, 1 / 20)
    with capsys.disabled():
        table.show()
        print(f"\nPeak of Python's memory while it is sent: {peak:.0f} MB (goal: under 150).")
    assert peak < 150
    assert table.missed == []

"""A page of items costs the same among 100,000 as among 1,000: in the admin, in public and over the API."""

import random
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog_pages import actions as pages
from cms.catalogs import actions
from cms.catalogs.difference import compare_versions
from cms.catalogs.models import CatalogItem
from cms.core.paging import keyset_page
from importers.demo.agencies import all_agencies
from importers.demo.works import SPECIAL, works_of
from tests.benchmarks.measure import Table, median_ms
from tests.factories import catalogs

pytestmark = pytest.mark.django_db

SMALL, BIG = 1_000, 100_000
ORDER = ("position", "pk")
# Works as agencies write them: what is common in them is common here.
PHRASES = sorted(
    {
        text
        for agency in [*SPECIAL, "every"]
        for tasks in works_of(agency).values()
        for task, works in tasks
        for text in (task, *(name for name, *_rest in works))
    }
)
OUTPUTS = ["báo cáo", "văn bản", "báo cáo thẩm định", "hồ sơ", "giấy phép", "kế hoạch", "biên bản kiểm tra"]
PLACES = [seed.name for seed in all_agencies()]
SEARCHES = {
    "a code": "{prefix}.000500",
    "a word": "thẩm định",
    "a word without diacritics": "tham dinh",
    "a phrase": "cấp giấy phép xây dựng công trình",
    "a phrase without diacritics": "cap giay phep xay dung cong trinh",
    "a word that stands nowhere": "khongcotunay",
}


def fill(version, count):
    """Give a draft ``count`` items of random Vietnamese words."""
    chance = random.Random(count)
    items = []
    for number in range(1, count + 1):
        score = Decimal(5 * (1 + number % 20))
        item = CatalogItem(
            version=version, position=number, code=f"{version.catalog.agency.item_prefix}.{number:06}",
            field=f"Lĩnh vực {number % 15}", task=chance.choice(PHRASES), output=chance.choice(OUTPUTS),
            name=f"{chance.choice(PHRASES)} tại {chance.choice(PLACES)}, số {number}",
            unit="văn bản", group=1 + number % 5, score=score, coefficient=score / 5,
        )  # fmt: skip
        item.refresh_keys()
        items.append(item)
    CatalogItem.objects.bulk_create(items, batch_size=1000)
    actions.refresh_summary(version)


@pytest.fixture
def versions(people, province):
    """Return a small and a big approved, public version."""
    made = {}
    for count, agency in ((SMALL, province.office), (BIG, province.statistics)):
        writer = catalogs.writer_of(people, agency)
        version = catalogs.make_version(writer, agency, items=0)
        fill(version, count)
        catalogs.decide(
            catalogs.accept(catalogs.submit(version, writer), people["editor"]), people["provincial_approver"]
        )
        version.refresh_from_db()
        made[count] = version
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return made


@pytest.fixture
def lists(versions, people):
    """Return, for each list, (its client, the address by size, what its cursor and its search are called)."""
    editor = Client()
    editor.force_login(people["editor"])
    public = {size: pages.page_of(version) for size, version in versions.items()}
    codes = {size: version.catalog.agency.code for size, version in versions.items()}
    return {
        "admin": (
            editor,
            {size: f"/admin/catalogs/versions/{v.pk}/items/" for size, v in versions.items()},
            "after",
            "q",
        ),
        "public": (Client(), {size: page.url for size, page in public.items()}, "sau", "q"),
        "API": (
            Client(),
            {size: f"/api/v1/catalogs/{code}/versions/1/items/" for size, code in codes.items()},
            "after",
            "search",
        ),
    }


def ask(client, url, **query):
    """Get a page twice, so that what is kept in memory is there, and count the queries of the second."""
    client.get(url, query)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, query)
    assert response.status_code == 200, (url, response.status_code)
    return len(queries)


def deep_cursor(version):
    """Return the cursor of a page near the end."""
    last = version.items.order_by("-position").values_list("position", flat=True)[200]
    return keyset_page(version.items.filter(position__gte=last), order=ORDER, size=1).next


def test_pages_of_items(lists, versions):
    sizes, deep, search, peer = (
        Table("A page among 100,000 items beside one among 1,000"),
        Table("The last cursor page beside the first, among 100,000 items"),
        Table("A page with a search beside the same page without, among 100,000 items"),
        Table("The same page by number (COUNT and OFFSET) and by LIKE, ours beside it, among 100,000 items"),
    )
    big = versions[BIG]
    for name, (client, urls, after, words) in lists.items():
        assert ask(client, urls[SMALL]) == ask(client, urls[BIG]), name
        first_small, first_big = median_ms(
            lambda c=client, u=urls: c.get(u[SMALL]), lambda c=client, u=urls: c.get(u[BIG])
        )
        sizes.compare(f"{name}, first page", first_big, first_small, 1.5)
        cursor = {after: deep_cursor(big)}
        first, last = median_ms(
            lambda c=client, u=urls: c.get(u[BIG]), lambda c=client, u=urls, q=cursor: c.get(u[BIG], q)
        )
        deep.compare(f"{name}, page near the end", last, first, 1.25)
        for kind, text in SEARCHES.items():
            asked = {words: text.format(prefix=big.catalog.agency.item_prefix)}
            small = {words: text.format(prefix=versions[SMALL].catalog.agency.item_prefix)}
            assert ask(client, urls[SMALL], **small) == ask(client, urls[BIG], **asked), (name, kind)
            plain, found = median_ms(
                lambda c=client, u=urls: c.get(u[BIG]), lambda c=client, u=urls, q=asked: c.get(u[BIG], q)
            )
            search.compare(f"{name}, {kind}", found, plain, 3)
    _beside_the_usual_way(big, peer)
    for table in (sizes, deep, search, peer):
        table.show()
    assert not [missed for table in (sizes, deep, search) for missed in table.missed]


def _beside_the_usual_way(big, peer):
    """Compare with what a project does at first: pages by number, and LIKE over the text as it is written."""
    items = big.items.order_by(*ORDER)
    cursor = deep_cursor(big)
    numbered, keyed = median_ms(
        lambda: list(Paginator(items, 50).page(1996).object_list),
        lambda: keyset_page(big.items.all(), order=ORDER, size=50, after=cursor),
    )
    peer.compare("a page near the end", keyed, numbered, 1)
    like, folded = median_ms(
        lambda: list(items.filter(name__icontains="giấy phép xây dựng công trình")[:50]),
        lambda: keyset_page(big.items.search("giấy phép xây dựng công trình"), order=ORDER, size=50),
    )
    peer.compare("a phrase", folded, like, 1)
    like, folded = median_ms(
        lambda: list(items.filter(name__icontains="khongcotunay")[:50]),
        lambda: keyset_page(big.items.search("khongcotunay"), order=ORDER, size=50),
    )
    peer.compare("a word that stands nowhere", folded, like, 1)
    like, folded = median_ms(
        lambda: list(items.filter(task__icontains="quyết toán", name__icontains="vĩnh lộc")[:50]),
        lambda: keyset_page(big.items.search("quyet toan vinh loc"), order=ORDER, size=50),
    )
    peer.compare("words that stand apart, without diacritics", folded, like, 1)


def test_difference_of_two_versions_of_10_000_items(people, province):
    first = catalogs.make_version(people["uploader"], province.statistics, items=0)
    fill(first, 10_000)
    catalogs.decide(
        catalogs.accept(catalogs.submit(first, people["uploader"]), people["editor"]), people["provincial_approver"]
    )
    second = actions.start_version(by=people["uploader"], catalog=first.catalog)
    changed = list(second.items.order_by("position")[:200])
    actions.edit_items(by=people["uploader"], version=second, items=changed, changes={"note": "rà soát"})
    client = Client()
    client.force_login(people["editor"])
    compared, listed = median_ms(
        lambda: compare_versions(first, second, columns=()),
        lambda: (list(first.items.values()), list(second.items.values())),
        rounds=5,
    )
    with CaptureQueriesContext(connection) as queries:
        assert compare_versions(first, second, columns=()).counts == {
            "new": 0,
            "changed": 200,
            "removed": 0,
            "same": 9800,
        }
    shown = ask(
        client,
        f"/admin/catalogs/{first.catalog_id}/difference/",
        **{"from": str(first.number), "to": str(second.number)},
    )
    served = ask(client, f"/api/v1/catalogs/{first.catalog.agency.code}/versions/2/difference/", **{"from": "1"})
    table = Table("Difference of two 10,000-item versions, beside only reading their rows")
    table.compare("compare two versions", compared, listed, 3)
    table.show()
    print(f"\nQueries: comparison {len(queries)}, admin screen {shown}, API {served} (goal: under 20)")
    assert max(len(queries), shown, served) < 20

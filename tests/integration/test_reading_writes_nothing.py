"""Who reads begins no transaction: on SQLite each one waits in line with those who write."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog_pages import actions as pages
from tests.factories import catalogs

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/", "/danh-muc/", "/danh-muc/tim-kiem/?q=bao+cao", "/minh-bach/", "/khung-tieu-chi/", "/api/v1/", "/api/v1/items/",
    "/api/v1/catalogs/", "/api/v1/agencies/", "/api/v1/items/?search=bao+cao", "/api/v1/events/",
]  # fmt: skip
DESK = ["/admin/", "/admin/catalogs/versions/{}/", "/admin/catalogs/versions/{}/items/"]


@pytest.fixture
def versions(people, province):
    decided = catalogs.make_approved(people, province.statistics)
    return decided, catalogs.make_submitted(people, province.office)


def wrote(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return [query["sql"] for query in asked.captured_queries if not query["sql"].startswith("SELECT")]


def test_public_pages_and_the_api(versions):
    own = pages.page_of(versions[0]).url
    for path in [*PUBLIC, own, f"{own}?q=bao+cao"]:
        assert wrote(Client(), path) == [], path


def test_the_desk(versions, people):
    client = Client()
    client.force_login(people["editor"])
    for path in [path.format(version.pk) for path in DESK for version in versions]:
        assert wrote(client, path) == [], path

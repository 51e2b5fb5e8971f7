"""Anonymous answers may be kept briefly and asked for again cheaply; nobody's own answers are ever kept (T13)."""

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.users.models import User
from tests.integration.public.conftest import STATISTICS, TwoVersions
from tests.own_scripts import without_own_scripts

VERSION, DIFFERENCE = f"{STATISTICS}phien-ban/1/", f"{STATISTICS}so-sanh/1/2/"
PAGES = ["/danh-muc/", "/danh-muc/tim-kiem/?q=bao", STATISTICS, VERSION, DIFFERENCE]
FILES = [f"{STATISTICS}tai-ve/1/csv/", f"{STATISTICS}tai-ve/2/xlsx/", f"{DIFFERENCE}csv/"]


@pytest.mark.parametrize("address", PAGES + FILES)
def test_anonymous_answers_may_be_kept_for_a_minute(client: Client, two_versions: TwoVersions, address: str) -> None:
    answer = client.get(address)

    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in answer["Vary"]
    assert answer["ETag"]


@pytest.mark.parametrize("address", PAGES + FILES)
def test_what_has_not_changed_is_not_sent_again(client: Client, two_versions: TwoVersions, address: str) -> None:
    etag = client.get(address)["ETag"]

    again = client.get(address, headers={"if-none-match": etag})

    assert again.status_code == 304
    assert b"".join(again) == b""


def test_an_unchanged_file_is_not_even_read(client: Client, two_versions: TwoVersions) -> None:
    address = f"{STATISTICS}tai-ve/1/csv/"
    etag = client.get(address)["ETag"]

    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers={"if-none-match": etag})

    assert not any('FROM "catalogs_catalogitem"' in query["sql"] for query in queries)


def test_files_of_different_versions_and_kinds_have_different_tags(client: Client, two_versions: TwoVersions) -> None:
    tags = {client.get(address)["ETag"] for address in FILES}

    assert len(tags) == len(FILES)


@pytest.mark.parametrize("address", PAGES + FILES)
def test_what_a_signed_in_person_sees_is_never_kept(
    client: Client, two_versions: TwoVersions, people: dict[str, User], address: str
) -> None:
    client.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")

    assert client.get(address)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("address", ["/", *PAGES, "/khong-co/"])
def test_public_pages_run_and_load_nothing_from_elsewhere(
    client: Client, two_versions: TwoVersions, address: str
) -> None:
    answer = client.get(address)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    html = answer.content.decode()
    assert "<script" not in without_own_scripts(html)
    assert "<style" not in html
    assert " style=" not in html


@pytest.mark.parametrize("address", ["/khong-co/", "/danh-muc/khong-co/", f"{STATISTICS}phien-ban/9/"])
def test_not_found_is_said_in_vietnamese_and_not_kept(client: Client, two_versions: TwoVersions, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
    assert "max-age" not in answer.get("Cache-Control", "")


def test_the_page_for_a_failed_server_asks_the_database_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        html = get_template("500.html").render()

    assert len(queries) == 0
    assert "Đã xảy ra lỗi" in html

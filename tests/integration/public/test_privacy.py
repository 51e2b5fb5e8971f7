"""Nothing that is not published is ever on a public page, in a search or in a file (abuse cases T11, T12)."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from catalog_pages import actions as pages
from cms.catalogs import actions
from cms.catalogs.models import CatalogVersion
from cms.users.models import User
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.integration.public.conftest import STATISTICS, TwoVersions, publish, publish_items
from tests.keeping import kept

CANARY = "Hoàngyến"


@kept
def with_drafts(two_versions: TwoVersions, people: dict[str, User], province: Province) -> TwoVersions:
    """Put a canary into a returned draft (items, reason, remark, legal basis), a future version and a first draft."""
    draft = catalogs.make_version(people["uploader"], province.statistics)
    by = people["uploader"]
    actions.edit_items(by=by, version=draft, items=list(draft.items.all()), changes={"name": CANARY, "field": CANARY})
    draft = actions.edit_details(by=by, version=draft, legal_basis=CANARY)
    submitted = catalogs.submit(draft, by)
    actions.leave_note(by=people["editor"], version=submitted, text=CANARY, item=submitted.items.first())
    catalogs.send_back(submitted, people["editor"], reason=CANARY)

    office = catalogs.make_version(people["other_uploader"], province.office, items=0)
    catalogs.make_items(office, 3, name=CANARY)
    office.refresh_from_db()
    publish(people, office, timezone.localdate() + datetime.timedelta(days=5))
    return two_versions


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href")
        if tag == "a" and link:
            self.found.add(link.split("#")[0])


def all_public_answers(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Walk every link from the starts, and yield each address with its text."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop()
        text = text_of(client.get(address))
        yield address, text
        links = _Links()
        links.feed(text)
        for link in links.found:
            link = address.split("?")[0] + link if link.startswith("?") else link
            # The guides are files of the project, in which nothing of the database stands.
            if link not in seen and link.startswith("/") and not link.startswith(("/api/", "/accounts/", "/tro-giup/")):
                seen.add(link)
                waiting.append(link)


def text_of(answer: Any) -> str:
    if not answer.streaming:
        return answer.content.decode()
    body = b"".join(answer.streaming_content)
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as workbook:
        return "".join(workbook.read(name).decode() for name in workbook.namelist())


def test_walking_every_public_link_meets_no_canary(client: Client, with_drafts: TwoVersions) -> None:
    searches = ["/danh-muc/tim-kiem/?q=bao+cao", f"{STATISTICS}?q=bao+cao", "/danh-muc/?q=van+phong"]

    answers = dict(all_public_answers(client, "/", *searches))

    assert len(answers) > 20
    assert [address for address, text in answers.items() if CANARY in text] == []


def test_the_walk_would_meet_a_published_canary(client: Client, people: dict[str, User], province: Province) -> None:
    publish_items(people, province, 2, name=CANARY)

    met = [address for address, text in all_public_answers(client, "/") if CANARY in text]

    assert STATISTICS in met
    assert f"{STATISTICS}tai-ve/1/xlsx/" in met
    assert f"{STATISTICS}tai-ve/1/csv/" in met


@pytest.mark.parametrize("role", [None, "uploader", "editor", "technical_admin"])
def test_whoever_asks_the_public_side_shows_what_is_published_alone(
    client: Client, with_drafts: TwoVersions, people: dict[str, User], role: str | None
) -> None:
    if role:
        client.force_login(people[role], backend="cms.organisations.backends.MembershipBackend")
    draft = CatalogVersion.objects.get(number=3)
    item = draft.items.first()

    for address in (
        "phien-ban/3/",
        f"phien-ban/3/muc/{item.identity}/",
        "so-sanh/2/3/",
        "so-sanh/2/3/csv/",
        "tai-ve/3/xlsx/",
        "tai-ve/3/csv/",
    ):
        assert client.get(STATISTICS + address).status_code == 404, address
    found = client.get("/danh-muc/tim-kiem/", {"q": CANARY}).content.decode()
    assert "/muc/" not in found
    assert "Văn phòng" not in client.get("/danh-muc/").content.decode()
    assert client.get("/danh-muc/van-phong-ubnd-tinh/").status_code == 404


def test_a_version_decided_for_later_is_not_public_before_its_day(
    client: Client, people: dict[str, User], province: Province, approved: CatalogVersion
) -> None:
    draft = catalogs.make_version(people["uploader"], province.statistics)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    publish(people, draft, tomorrow)

    assert client.get(f"{STATISTICS}phien-ban/2/").status_code == 404
    assert client.get(f"{STATISTICS}ngay/{tomorrow}/").status_code == 404
    assert "102/QĐ-UBND" not in client.get(STATISTICS).content.decode()
    assert client.get(f"{STATISTICS}ngay/{timezone.localdate()}/").url == f"{STATISTICS}phien-ban/1/"


@pytest.mark.parametrize("address", ["", "phien-ban/", "phien-ban/1/", "tai-ve/1/csv/", "so-sanh/1/2/"])
def test_an_unpublished_page_hides_its_catalog_everywhere(
    client: Client, two_versions: TwoVersions, people: dict[str, User], address: str
) -> None:
    pages.page_of(two_versions.second).unpublish()

    assert client.get(STATISTICS + address).status_code == 404
    assert "Chi cục Thống kê" not in client.get("/").content.decode()
    assert "Chi cục Thống kê" not in client.get("/danh-muc/").content.decode()
    assert "TK.00003" not in client.get("/danh-muc/tim-kiem/?q=bao+cao").content.decode()


def test_a_page_behind_a_password_is_on_no_list_and_in_no_search(client: Client, two_versions: TwoVersions) -> None:
    page = pages.page_of(two_versions.second)
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert client.get(STATISTICS).status_code == 302
    assert client.get(f"{STATISTICS}tai-ve/2/csv/").status_code == 302
    assert "Chi cục Thống kê" not in client.get("/danh-muc/").content.decode()
    assert "TK.00003" not in client.get("/danh-muc/tim-kiem/?q=bao+cao").content.decode()


def test_people_who_worked_on_a_version_are_not_named(
    client: Client, two_versions: TwoVersions, people: dict[str, User]
) -> None:
    texts = "".join(text for _address, text in all_public_answers(client, "/"))

    assert [user.full_name for user in people.values() if user.full_name in texts] == []

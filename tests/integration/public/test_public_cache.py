"""Public answers are kept, and made anew the moment that anything changes which they show (ADR 24)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction, Site

from catalog_pages.freshness import affects_public
from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage, HomePage, TransparencyPage
from cms.catalogs import actions
from cms.catalogs.enums import Audience
from cms.frameworks.actions.position_groups import save_position_group
from cms.organisations.actions import edit_agency
from cms.users.models import User
from tests.factories import catalogs, frameworks
from tests.factories.agencies import Province
from tests.factories.figures import publish_figures
from tests.integration.public.conftest import STATISTICS, TwoVersions, publish

KEPT = [
    "/", "/danh-muc/", "/danh-muc/?loai=department&khoi=&q=", "/danh-muc/tim-kiem/?q=bao", STATISTICS,
    f"{STATISTICS}?nhom=1&linh-vuc=", f"{STATISTICS}phien-ban/", f"{STATISTICS}phien-ban/1/",
    f"{STATISTICS}so-sanh/1/2/", "/khung-tieu-chi/", "/minh-bach/", "/minh-bach/ban/",
    "/api/v1/", "/api/v1/items/?page_size=100", "/api/v1/items/?search=bao", "/api/v1/agencies/", "/api/v1/catalogs/",
    "/api/v1/versions/", "/api/v1/columns/", "/api/v1/frameworks/", "/api/pages/",
]  # fmt: skip
PER_ANSWER = {"X-Request-Id", "Cache-Status"}


@pytest.fixture(autouse=True)
def _switched_on(settings: Any, _fresh_cache: None) -> Iterator[None]:
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 60
    yield
    for name in ("public", "progress"):
        caches[name].clear()


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Return a context that does on its end what a transaction does when it is through."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def is_hit(answer: Any) -> bool:
    return answer.headers.get("Cache-Status") == "thuocdo; hit"


@pytest.mark.parametrize("address", KEPT)
def test_a_kept_answer_is_the_answer(client: Client, two_versions: TwoVersions, address: str) -> None:
    first, second = client.get(address), client.get(address)

    assert first.status_code == 200
    assert not is_hit(first) and is_hit(second)
    assert second.content == first.content
    made, kept = (
        {name: value for name, value in answer.headers.items() if name not in PER_ANSWER} for answer in (first, second)
    )
    assert kept == made
    assert len({answer["X-Request-Id"] for answer in (first, second, client.get(address))}) == 3


@pytest.mark.parametrize(
    "address",
    [
        "/?utm_source=a", "/danh-muc/?la=1", f"{STATISTICS}?cot.khong-co=1", "/danh-muc/tim-kiem/?q=bao&la=1",
        "/khong-co/", f"{STATISTICS}phien-ban/9/", f"{STATISTICS}tai-ve/1/csv/", "/api/v1/items/?la=1",
        "/api/v1/items/export/", "/accounts/login/", "/api/v1/docs/",
    ],
)  # fmt: skip
def test_other_parameters_refusals_files_and_forms_leave_nothing(
    client: Client, two_versions: TwoVersions, address: str
) -> None:
    b"".join(client.get(address))

    assert not caches["public"]._cache


def test_the_english_of_one_visitor_is_not_the_vietnamese_of_another(client: Client, two_versions: TwoVersions) -> None:
    client.get("/")
    english = Client()
    english.cookies["django_language"] = "en"

    assert '<html lang="en">' in english.get("/en/").content.decode()
    # What everybody reads goes by its address: a choice made elsewhere changes nothing of it.
    assert '<html lang="vi">' in english.get("/").content.decode()
    assert '<html lang="vi">' in client.get("/").content.decode()
    answers = [client.get("/api/v1/agencies/", headers={"accept-language": one}) for one in ("vi", "en", "en-GB")]
    assert [is_hit(answer) for answer in answers] == [False, False, True]


def test_an_address_that_looks_like_a_file_takes_nothing_of_a_person_along(
    people: dict[str, User], two_versions: TwoVersions
) -> None:
    """Web cache deception (T13)."""
    somebody = Client()
    somebody.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")
    for place in ("/admin/", "/admin/account/", "/accounts/2fa/", "/api/v1/imports/", "/danh-muc/", STATISTICS, "/"):
        for ending in ("x.css", ";x.css", "%0ax.css", "%3fx.css", "..%2fx.css", "x.css/"):
            answer = somebody.get(f"{place}{ending}")
            assert answer.status_code in (301, 302, 404), (place, ending)
            stranger = Client().get(f"{place}{ending}")
            assert stranger.status_code in (301, 302, 404), (place, ending)
            assert not is_hit(stranger)
    assert not caches["public"]._cache


def an_end_of_effect(people: dict[str, User], province: Province) -> None:
    draft = catalogs.make_version(people["uploader"], province.statistics)
    publish(people, draft, timezone.localdate() + datetime.timedelta(days=1))


def a_first_catalog(people: dict[str, User], province: Province) -> None:
    catalogs.make_approved(people, province.office)


def a_name(people: dict[str, User], province: Province) -> None:
    edit_agency(by=people["technical_admin"], agency=province.statistics, name="Chi cục Đo lường")


def a_column(people: dict[str, User], province: Province) -> None:
    actions.save_column(by=people["editor"], name="Cột một", audience=Audience.EVERYONE)


def a_release(people: dict[str, User], province: Province) -> None:
    publish_figures(by=people["provincial_approver"])


def a_framework(people: dict[str, User], province: Province) -> None:
    frameworks.published(code="khung-moi")


def a_position_group(people: dict[str, User], province: Province) -> None:
    save_position_group(by=people["editor"], code="moi", name="Nhóm mới")


def words_of_a_page(people: dict[str, User], province: Province) -> None:
    home = HomePage.objects.get()
    home.introduction = "<p>Lời chào mới</p>"
    home.save_revision().publish()


def a_page_taken_away(people: dict[str, User], province: Province) -> None:
    AgencyCatalogPage.objects.get().unpublish()


def a_page_locked_away(people: dict[str, User], province: Province) -> None:
    PageViewRestriction.objects.create(page=TransparencyPage.objects.get(), restriction_type="login")


def a_page_moved(people: dict[str, User], province: Province) -> None:
    Page.objects.get(pk=TransparencyPage.objects.get().pk).move(CatalogIndexPage.objects.get(), pos="first-child")


def a_page_deleted(people: dict[str, User], province: Province) -> None:
    TransparencyPage.objects.get().delete()


def a_site(people: dict[str, User], province: Province) -> None:
    site = Site.objects.get()
    site.site_name = "Khác"
    site.save()


def a_redirect(people: dict[str, User], province: Province) -> None:
    Redirect.objects.create(old_path="/cu", redirect_link="/")


def a_document(people: dict[str, User], province: Province) -> None:
    Document.objects.create(title="Hướng dẫn", file=ContentFile(b"x", name="a.txt"))


@pytest.mark.parametrize(
    "change",
    [
        an_end_of_effect, a_first_catalog, a_name, a_column, a_release, a_framework, a_position_group, words_of_a_page,
        a_page_taken_away, a_page_locked_away, a_page_moved, a_page_deleted, a_site, a_redirect, a_document,
    ],
)  # fmt: skip
def test_every_change_that_the_public_sees_is_seen_at_once(
    client: Client, two_versions: TwoVersions, people: dict[str, User], province: Province, committing: Any, change: Any
) -> None:
    client.get("/")
    assert is_hit(client.get("/"))

    with committing():
        change(people, province)

    assert not is_hit(client.get("/"))


def test_what_is_published_stands_on_the_page_and_in_the_api(
    client: Client, two_versions: TwoVersions, people: dict[str, User], province: Province, committing: Any
) -> None:
    addresses = ["/danh-muc/", STATISTICS, "/api/v1/agencies/"]
    for address in addresses:
        assert "Chi cục Đo lường" not in client.get(address).content.decode()

    with committing():
        a_name(people, province)

    for address in addresses:
        assert "Chi cục Đo lường" in client.get(address).content.decode(), address


def test_what_is_taken_back_changes_nothing(client: Client, two_versions: TwoVersions, committing: Any) -> None:
    client.get("/")
    with committing() as waiting:
        pass

    assert not waiting
    assert is_hit(client.get("/"))


def test_work_that_the_public_does_not_see_leaves_the_memory_alone(
    client: Client, two_versions: TwoVersions, people: dict[str, User], province: Province, committing: Any
) -> None:
    draft = catalogs.make_version(people["uploader"], province.statistics)
    client.get("/")

    with committing():
        item = draft.items.first()
        actions.edit_items(by=people["uploader"], version=draft, items=[item], changes={"note": "rà soát"})
        catalogs.submit(draft, people["uploader"])
        home = HomePage.objects.get()
        home.introduction = "<p>Bản nháp</p>"
        home.save_revision()

    assert is_hit(client.get("/"))


def test_an_act_that_no_app_knows_any_more_empties_the_memory() -> None:
    assert affects_public("catalog_version.approve") and affects_public("what.nobody_has_thought_of")
    assert not affects_public("catalog_version.submit") and not affects_public("catalog_version.submitted")


def test_a_version_of_a_later_day_is_there_when_its_day_comes(
    client: Client, people: dict[str, User], province: Province, committing: Any, time_machine: Any
) -> None:
    now = timezone.localtime()
    midnight = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    catalogs.make_approved(people, province.statistics, effective_from=midnight.date())
    time_machine.move_to(midnight - datetime.timedelta(seconds=10), tick=False)
    assert client.get(STATISTICS).status_code == 404
    assert "Chi cục Thống kê" not in client.get("/danh-muc/").content.decode()
    assert is_hit(client.get("/danh-muc/"))

    time_machine.move_to(midnight + datetime.timedelta(seconds=5), tick=False)
    assert not is_hit(client.get("/danh-muc/"))
    assert is_hit(client.get("/danh-muc/"))
    with committing():
        call_command("publish_scheduled")

    assert "Chi cục Thống kê" in client.get("/danh-muc/").content.decode()
    assert client.get(STATISTICS).status_code == 200

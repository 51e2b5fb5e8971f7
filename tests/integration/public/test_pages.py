"""What the public pages show, and where."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.organisations.models import Agency
from cms.users.models import User
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.factories.people import make_member
from tests.integration.public.conftest import STATISTICS, TwoVersions, publish, publish_items
from tests.own_scripts import without_own_scripts

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_home_page_tells_how_many_catalogs_there_are_and_the_latest_decisions(
    client: Client, two_versions: TwoVersions
) -> None:
    html = text_of(client, "/")

    assert "<strong>1</strong>" in html
    assert "102/QĐ-UBND" in html
    assert html.index("102/QĐ-UBND") < html.index("101/QĐ-UBND")
    assert "/accounts/login/" in html


def test_pages_are_vietnamese_with_vietnamese_dates_and_numbers(client: Client, two_versions: TwoVersions) -> None:
    html = text_of(client, STATISTICS)

    assert '<html lang="vi">' in html
    assert "Đang có hiệu lực" in html
    assert f"{timezone.localdate():%d/%m/%Y}" in html
    assert "<strong>2,5</strong>" in html


def test_index_lists_the_common_list_first(client: Client, people: dict[str, User], province: Province) -> None:
    catalogs.make_approved(people, province.statistics)
    publish(people, catalogs.make_version(make_member("uploader", province.root), province.root))

    html = text_of(client, "/danh-muc/")

    assert html.index("Tỉnh Sông Lam</a>") < html.index("Chi cục Thống kê</a>")
    assert "Danh mục dùng chung" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=thong+ke", True),
        ("q=Thống+kê", True),
        ("q=van+phong", False),
        ("loai=department", True),
        ("loai=commune", False),
        ("khoi=government", True),
        ("khoi=party", False),
        ("loai=nonsense", False),
    ],
)
def test_index_is_searched_without_diacritics_and_filtered(
    client: Client, two_versions: TwoVersions, query: str, found: bool
) -> None:
    html = text_of(client, f"/danh-muc/?{query}")

    assert ("Chi cục Thống kê</a>" in html) is found


def test_index_shows_the_current_version_of_each_agency(client: Client, two_versions: TwoVersions) -> None:
    html = text_of(client, "/danh-muc/")

    assert "102/QĐ-UBND" in html
    assert "101/QĐ-UBND" not in html


def test_agency_page_shows_the_current_version_with_what_it_changed(client: Client, two_versions: TwoVersions) -> None:
    html = text_of(client, STATISTICS)

    assert "102/QĐ-UBND" in html
    assert "1 mục mới, 1 mục thay đổi, 1 mục bị bỏ, 1 mục giữ nguyên" in html
    assert "Chuyển đổi số" in html
    assert "Báo cáo thẩm định số 2<" not in html


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=thong+ke+kinh+te", {"TK.00003", "TK.00009"}),
        ("q=Thống kê kinh tế", {"TK.00003", "TK.00009"}),
        ("q=chuyen+doi", {"TK.00009"}),
        ("q=TK.00003", {"TK.00003"}),
        ("q=khong+co", set()),
        ("linh-vuc=thong-ke-xa-hoi", {"TK.00001"}),
        ("linh-vuc=khong-co", set()),
        ("nhom=2", {"TK.00001", "TK.00003", "TK.00009"}),
        ("nhom=1", set()),
        ("nhom=khong", {"TK.00001", "TK.00003", "TK.00009"}),
        ("nhom=%C2%B2", {"TK.00001", "TK.00003", "TK.00009"}),
    ],
)
def test_items_are_searched_and_filtered(
    client: Client, two_versions: TwoVersions, query: str, codes: set[str]
) -> None:
    html = text_of(client, f"{STATISTICS}?{query}")

    assert {code for code in ("TK.00001", "TK.00002", "TK.00003", "TK.00009") if f">{code}<" in html} == codes


def test_items_are_paged_by_key_through_to_the_end(client: Client, people: dict[str, User], province: Province) -> None:
    publish_items(people, province, 120)
    seen: list[str] = []
    address = STATISTICS

    while address:
        answer = client.get(address)
        listed = answer.context["listed"]
        seen += [item.code for item in listed.rows]
        address = f"{STATISTICS}?sau={listed.next}" if listed.next else ""

    assert seen == [f"TK.{number:05}" for number in range(1, 121)]


@pytest.mark.parametrize("place", ["sau=x", "sau=WyJhIiwxXQ", "truoc=WzFd", "sau=W251bGwsbnVsbF0"])
def test_made_up_places_in_a_list_are_not_found(client: Client, two_versions: TwoVersions, place: str) -> None:
    assert client.get(f"{STATISTICS}?{place}").status_code == 404


def test_each_version_has_a_permanent_address(client: Client, two_versions: TwoVersions) -> None:
    first = text_of(client, f"{STATISTICS}phien-ban/1/")

    assert "101/QĐ-UBND" in first
    assert "Báo cáo thẩm định số 2<" in first
    assert "Hết hiệu lực" in first
    assert f'<link rel="canonical" href="http://testserver{STATISTICS}phien-ban/1/">' in first
    assert client.get(f"{STATISTICS}phien-ban/3/").status_code == 404


def test_versions_are_listed_with_their_days_of_effect(client: Client, two_versions: TwoVersions) -> None:
    html = text_of(client, f"{STATISTICS}phien-ban/")

    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert f"{yesterday:%d/%m/%Y}" in html
    assert "101/QĐ-UBND" in html
    assert "102/QĐ-UBND" in html


def test_each_item_has_a_permanent_address_with_its_history(client: Client, two_versions: TwoVersions) -> None:
    changed = two_versions.item(1)

    html = text_of(client, f"{STATISTICS}phien-ban/2/muc/{changed.identity}/")

    assert "<h1>Báo cáo thẩm định số 1</h1>" in html
    assert "Tờ trình" in html
    assert "Công bố lần đầu" in html
    assert html.count("Phiên bản 1</a>") == 1


def test_an_item_is_found_only_in_versions_that_hold_it(client: Client, two_versions: TwoVersions) -> None:
    removed = two_versions.item(2)

    assert client.get(f"{STATISTICS}phien-ban/1/muc/{removed.identity}/").status_code == 200
    assert client.get(f"{STATISTICS}phien-ban/2/muc/{removed.identity}/").status_code == 404


def test_lasting_address_of_an_item_leads_to_the_newest_version_that_holds_it(
    client: Client, two_versions: TwoVersions
) -> None:
    kept, removed = two_versions.item(3), two_versions.item(2)

    assert client.get(f"{STATISTICS}muc/{kept.identity}/").url == f"{STATISTICS}phien-ban/2/muc/{kept.identity}/"
    assert client.get(f"{STATISTICS}muc/{removed.identity}/").url == f"{STATISTICS}phien-ban/1/muc/{removed.identity}/"
    assert client.get(f"{STATISTICS}muc/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_difference_is_shown_field_by_field(client: Client, two_versions: TwoVersions) -> None:
    answer = client.get(f"{STATISTICS}so-sanh/1/2/")

    html = answer.content.decode()
    assert answer.context["counts"] == {"new": 1, "changed": 1, "removed": 1, "same": 1}
    assert "Chuyển đổi số" in html
    assert "Báo cáo thẩm định số 2<" in html
    assert "Báo cáo thẩm định số 3<" not in html
    [entry] = answer.context["excerpt"].changed
    assert [(change.before, change.after) for change in entry.changes] == [
        ("Báo cáo", "Tờ trình"),
        ("10", "12,5"),
        ("2", "2,5"),
    ]


@pytest.mark.parametrize("address", ["so-sanh/2/1/", "so-sanh/1/1/", "so-sanh/1/9/", "so-sanh/1/2/pdf/"])
def test_differences_that_are_none_are_not_found(client: Client, two_versions: TwoVersions, address: str) -> None:
    assert client.get(STATISTICS + address).status_code == 404


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [("tu=2&den=1", "so-sanh/1/2/"), ("tu=1&den=1", "phien-ban/1/"), ("tu=a", "phien-ban/")],
)
def test_comparison_form_leads_to_the_difference(
    client: Client, two_versions: TwoVersions, query: str, leads_to: str
) -> None:
    assert client.get(f"{STATISTICS}so-sanh/?{query}").url == STATISTICS + leads_to


def test_a_day_leads_to_the_version_that_held_on_it(client: Client, two_versions: TwoVersions) -> None:
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)

    assert client.get(f"{STATISTICS}ngay/{today.isoformat()}/").url == f"{STATISTICS}phien-ban/2/"
    assert client.get(f"{STATISTICS}ngay/{yesterday.isoformat()}/").url == f"{STATISTICS}phien-ban/1/"
    assert client.get(f"{STATISTICS}ngay/?ngay={yesterday:%d/%m/%Y}").url == f"{STATISTICS}ngay/{yesterday}/"


@pytest.mark.parametrize("day", ["2001-01-01", "2026-02-30", "hom-nay"])
def test_days_without_a_version_are_not_found(client: Client, two_versions: TwoVersions, day: str) -> None:
    assert client.get(f"{STATISTICS}ngay/{day}/").status_code == 404


def test_item_search_finds_without_diacritics_what_is_in_effect_today(
    client: Client, two_versions: TwoVersions
) -> None:
    assert ">TK.00009<" in text_of(client, "/danh-muc/tim-kiem/?q=chuyen+doi+so")
    only_in_first = text_of(client, "/danh-muc/tim-kiem/?q=tham+dinh+so+2")
    assert ">TK.00002<" not in only_in_first


def test_item_search_without_words_lists_nothing(client: Client, two_versions: TwoVersions) -> None:
    assert "<table" not in text_of(client, "/danh-muc/tim-kiem/?q=+")


def test_hostile_names_are_shown_as_text(client: Client, people: dict[str, User], province: Province) -> None:
    version = publish_items(people, province, 2, **dict.fromkeys(("name", "field", "task", "output", "note"), HOSTILE))
    item = version.items.first()

    addresses = [
        STATISTICS,
        f"{STATISTICS}phien-ban/1/muc/{item.identity}/",
        "/danh-muc/tim-kiem/?q=script",
        f"/danh-muc/tim-kiem/?q={HOSTILE}",
        f"/danh-muc/?q={HOSTILE}",
        f"{STATISTICS}?q={HOSTILE}",
    ]
    for html in [without_own_scripts(text_of(client, address)) for address in addresses]:
        assert "<script" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize(
    "address", ["", "?q=bao+cao", "phien-ban/1/", "so-sanh/1/2/", "phien-ban/", "tai-ve/1/csv/", "tai-ve/1/xlsx/"]
)
def test_pages_ask_the_database_as_often_for_300_items_as_for_10(
    client: Client, people: dict[str, User], province: Province, address: str
) -> None:
    publish_twice(people, people["uploader"], province.statistics, items=10)
    publish_twice(people, people["other_uploader"], province.office, items=300)

    few = queries_of(client, STATISTICS + address)
    many = queries_of(client, "/danh-muc/van-phong-ubnd-tinh/" + address)

    assert few == many
    # One of them is for the columns that the province added, one for the words at the foot of every page, and one of a
    # difference for what became of links to the common list.
    assert few <= 16 + address.startswith("so-sanh/")


@pytest.mark.parametrize("address", ["/", "/danh-muc/", "/danh-muc/tim-kiem/?q=bao+cao"])
def test_lists_ask_the_database_as_often_for_two_agencies_as_for_one(
    client: Client, people: dict[str, User], province: Province, address: str
) -> None:
    publish_twice(people, people["uploader"], province.statistics, items=10)
    one = queries_of(client, address)
    publish_twice(people, people["other_uploader"], province.office, items=300)
    two = queries_of(client, address)

    assert one == two
    # One of them is for the words at the foot of every page.
    assert two <= 14


def publish_twice(people: dict[str, User], writer: User, agency: Agency, items: int) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    publish(people, catalogs.make_version(writer, agency, items), yesterday)
    publish(people, catalogs.make_version(writer, agency))


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert answer.status_code == 200
        if answer.streaming:
            b"".join(answer.streaming_content)
    return len(queries)

"""One search over all that a person may see: folded, the name first, counted, marked, scoped."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.catalogs import actions
from importers import actions as importing
from tests.factories import catalogs, frameworks
from tests.factories.agencies import make_agency
from tests.factories.officers import make_officer

ADDRESS = "/admin/search/"


@pytest.fixture
def search(people):
    """Return the maker of a search as somebody: the screen's answer."""

    def ask(role, **query):
        client = Client(headers={"accept-language": "vi"})
        client.force_login(people[role], backend="cms.organisations.backends.MembershipBackend")
        return client.get(ADDRESS, query)

    return ask


def names(answer, kind):
    return [hit.name for part in answer.context["sections"] if part["kind"].key == kind for hit in part["hits"]]


def kinds(answer):
    return [kind.key for kind, _count in answer.context["tabs"]]


def write(version, *named):
    values = [catalogs.item_values(500 + at, "DH", name=name) for at, name in enumerate(named)]
    rows = [actions.ItemRow(row) for row in values]
    actions.write_rows(by=version.created_by, version=version, rows=rows, missing="keep")


def test_the_sidebar_leads_to_it(search):
    answer = search("uploader")

    assert f'"_type": "wagtail.sidebar.SearchModule", "_args": ["{ADDRESS}"]' in answer.content.decode()
    assert reverse("organisations:finder") == ADDRESS


def test_wagtails_own_search_over_pages_leads_to_it_too(people, approved):
    client = Client(headers={"accept-language": "vi"})
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")

    answer = client.get(reverse("wagtailadmin_pages:search"), {"q": "thong ke"})

    assert f'href="{ADDRESS}?q=thong%20ke"' in answer.content.decode()


def test_words_without_diacritics_find_everything_that_holds_them(search, people, province, draft):
    write(draft, "Quyết định phân bổ")
    make_officer(province.statistics, name="Công chức quyết định")
    frameworks.draft_of(code="quyet-dinh", name="Khung quyết định")
    make_agency(province.root, code="qd", name="Ban Quyết định", kind="commune")

    answer = search("editor", q="quyet dinh")

    assert names(answer, "items") == ["Quyết định phân bổ"]
    assert names(answer, "officers") == ["Công chức quyết định"]
    assert names(answer, "frameworks") == ["Khung quyết định"]
    assert names(answer, "agencies") == ["Ban Quyết định"]


def test_a_catalog_and_its_page_are_found_by_the_agencys_name(search, approved):
    answer = search("editor", q="chi cuc thong ke")

    assert names(answer, "catalogs") == ["Chi cục Thống kê"]
    assert names(answer, "pages")
    assert {"catalogs", "agencies", "pages"} <= set(kinds(answer))


def test_uploads_are_found_by_their_file(search, people, province):
    file = ContentFile(b"a;b\n1;2\n")
    importing.upload(by=people["uploader"], agency=province.statistics, file=file, name="bang-ke-thang.csv", wait=True)

    assert names(search("uploader", q="bang ke"), "uploads") == ["bang-ke-thang.csv"]
    assert names(search("other_uploader", q="bang ke"), "uploads") == []


def test_the_thing_itself_comes_first_then_names_that_begin_so(search, draft):
    write(draft, "Lập báo cáo quý", "Báo cáo quý và năm", "Báo cáo quý", "Tờ trình")
    draft.items.filter(name="Tờ trình").update(task="Báo cáo quý")

    answer = search("uploader", q="báo cáo quý")

    assert names(answer, "items")[:3] == ["Báo cáo quý", "Báo cáo quý và năm", "Lập báo cáo quý"]


def test_a_code_finds_its_item_first(search, draft):
    catalogs.make_items(draft, 30, start=100)

    assert [hit.code for hit in search("uploader", q="tk.00110").context["sections"][0]["hits"]][0] == "TK.00110"


def test_of_versions_only_the_newest_is_found(search, people, approved):
    catalogs.make_version(people["uploader"], approved.catalog.agency)

    answer = search("editor", q="bao cao tham dinh so 1", kind="items")

    assert names(answer, "items") == ["Báo cáo thẩm định số 1"]
    assert "Phiên bản 2" in answer.context["sections"][0]["hits"][0].about


def test_another_agencys_draft_and_officers_are_not_found(search, people, province, draft):
    write(draft, "Việc kín đáo")
    make_officer(province.statistics, name="Công chức kín đáo")

    assert kinds(search("uploader", q="kin dao")) == ["items", "officers"]
    for role in ("other_uploader", "provincial_approver", "technical_admin", "api_client"):
        assert "kín đáo" not in search(role, q="kin dao").content.decode()


def test_what_another_agency_published_is_found_where_everybody_reads_it(search, approved):
    answer = search("other_uploader", q="bao cao tham dinh")

    assert kinds(answer) == ["published"]
    hit = answer.context["sections"][0]["hits"][0]
    assert Client().get(hit.url).status_code == 200


def test_every_hit_leads_where_its_finder_may_go(search, people, province, approved):
    make_officer(province.statistics, name="Công chức thống kê")
    frameworks.draft_of(code="thong-ke", name="Khung thống kê", agency=province.statistics)
    catalogs.make_version(people["uploader"], province.statistics)
    for role in set(people) - {"nobody", "api_client"}:
        client = Client()
        client.force_login(people[role], backend="cms.organisations.backends.MembershipBackend")
        for words in ("thong ke", "bao cao", "cong chuc"):
            for part in client.get(ADDRESS, {"q": words}).context["sections"]:
                for hit in part["hits"]:
                    assert client.get(hit.url).status_code == 200, (role, hit)


def test_the_agency_narrows_every_kind_with_what_is_below_it(search, people, province, draft):
    catalogs.make_version(people["other_uploader"], province.office)
    make_officer(province.division, name="Báo cáo viên")
    make_officer(province.office, name="Báo cáo viên khác")

    answer = search("editor", q="bao cao", agency=province.statistics.pk)

    assert names(answer, "officers") == ["Báo cáo viên"]
    assert {hit.agency for part in answer.context["sections"] for hit in part["hits"] if hit.agency} == {
        "Chi cục Thống kê"
    }


def test_an_agency_of_others_cannot_be_asked_for(search, province, draft):
    answer = search("other_uploader", q="bao cao", agency=province.statistics.pk)

    offered = answer.context["form"].fields["agency"].queryset
    assert list(offered) == [province.office]
    assert "items" not in kinds(answer)


def test_counts_stop_at_a_hundred_and_the_rest_stands_on_pages(search, draft):
    catalogs.make_items(draft, 130, start=100)

    answer = search("uploader", q="bao cao")
    assert dict((kind.key, count) for kind, count in answer.context["tabs"])["items"] == "100+"
    assert len(names(answer, "items")) == 5

    pages = [search("uploader", q="bao cao", kind="items", page=number) for number in range(1, 7)]
    found = [name for page in pages for name in names(page, "items")]
    assert len(found) == len(set(found)) == 133


def test_more_than_are_put_in_order_is_said(search, draft, monkeypatch):
    monkeypatch.setattr("cms.organisations.finder.MOST", 10)
    monkeypatch.setattr("cms.organisations.views.finder.MOST", 10)
    catalogs.make_items(draft, 30, start=100)

    answer = search("uploader", q="bao cao", kind="items")

    assert answer.context["has_more"]
    assert "Hơn 10 kết quả" in answer.content.decode()
    assert len(names(answer, "items")) == 10


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "²", "9" * 30])
def test_a_page_that_is_not_there_is_the_first(search, draft, page):
    assert search("uploader", q="bao cao", kind="items", page=page).context["number"] == 1


@pytest.mark.parametrize("query", [{}, {"q": "  "}, {"q": "!!!"}, {"q": "a\x00b"}, {"q": "("}])
def test_what_says_nothing_finds_nothing(search, draft, query):
    answer = search("editor", **query)

    assert answer.status_code == 200
    assert answer.context["tabs"] == []


def test_hits_are_marked_and_what_was_typed_is_never_markup(search, draft):
    write(draft, "Tờ <b>trình</b> dự án")

    html = search("uploader", q='to <b>trinh "').content.decode()

    assert "<mark>Tờ</mark> &lt;<mark>b</mark>&gt;<mark>trình</mark>" in html
    assert "<b>trinh" not in html and 'value="to &lt;b&gt;trinh &quot;"' in html


@pytest.mark.parametrize("query", [{}, {"kind": "items"}])
def test_queries_do_not_grow_with_what_is_found(search, people, province, draft, query):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            search("editor", q="bao cao", **query)
        return len(queries)

    make_officer(province.office, name="Báo cáo viên")
    search("editor", q="bao cao")
    before = asked()
    catalogs.make_items(draft, 60, start=100)
    catalogs.make_items(catalogs.make_version(people["other_uploader"], province.office), 60, start=300)
    for number in range(8):
        make_officer(province.office, name=f"Báo cáo viên {number}")

    assert asked() == before <= 40


def test_a_screen_reader_hears_form_kinds_and_results(search, draft):
    html = search("uploader", q="bao cao").content.decode()

    assert re.search(r'<label for="id_q">[^<]+</label>', html)
    assert 'role="search"' in html and 'aria-current="true"' in html
    assert re.search(r'<section [^>]*aria-labelledby="finder-items"', html) and 'id="finder-items"' in html

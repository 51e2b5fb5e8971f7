"""Who sees which version; search without diacritics; pages by key."""

import pytest

from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.core.paging import BadCursor, keyset_page
from tests.factories import catalogs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "sees_draft", "sees_submitted", "sees_approved"),
    [
        ("uploader", True, True, True),
        ("agency_head", True, True, True),
        ("api_client", True, True, True),
        ("other_uploader", False, False, True),
        ("editor", True, True, True),
        ("approver", True, True, True),
        ("provincial_approver", False, True, True),
        ("technical_admin", False, False, True),
        ("nobody", False, False, True),
    ],
)
def test_a_version_is_seen_by_those_the_matrix_names(people, province, who, sees_draft, sees_submitted, sees_approved):
    draft = catalogs.make_version(people["uploader"], province.statistics)

    def seen():
        versions = CatalogVersion.objects.visible_to(people[who]).filter(pk=draft.pk).exists()
        items = CatalogItem.objects.visible_to(people[who]).filter(version=draft).exists()
        known = Catalog.objects.visible_to(people[who]).filter(pk=draft.catalog_id).exists()
        assert versions == items == known
        return versions

    assert seen() is sees_draft
    catalogs.submit(draft, people["uploader"])
    assert seen() is sees_submitted
    catalogs.accept(draft, people["editor"])
    catalogs.decide(draft, people["provincial_approver"])
    assert seen() is sees_approved


def test_a_division_is_covered_by_a_role_at_its_department(people, province):
    from cms.organisations.access import access_for

    assert access_for(people["uploader"]).acts_for(province.division, "uploader")
    assert not access_for(people["other_uploader"]).acts_for(province.division, "uploader")


@pytest.mark.parametrize(
    "text", ["thẩm định", "tham dinh", "THAM DINH", "dinh tham", "tham di", "TK.00002", "tk 00002"]
)
def test_search_finds_with_and_without_diacritics(draft, text):
    assert draft.items.search(text).filter(code="TK.00002").exists()


@pytest.mark.parametrize("text", ["thống kê nông thôn xyz", "'; DROP TABLE", '"', "* OR", "!!! &&&", "tham AND"])
def test_search_takes_any_text_for_words(draft, text):
    list(draft.items.search(text))


def test_search_follows_edits_and_removals(draft, people):
    from cms.catalogs import actions

    item = draft.items.first()
    actions.edit_items(by=people["uploader"], version=draft, items=[item], changes={"name": "Đo đạc đất đai"})
    assert draft.items.search("dat dai").get() == item
    actions.remove_items(by=people["uploader"], version=draft, items=[item])
    assert not draft.items.search("dat dai").exists()


def test_pages_by_key_meet_every_row_once_in_both_directions(people, province):
    version = catalogs.make_version(people["uploader"], province.statistics, items=23)
    order = ("position", "pk")
    expected = list(version.items.order_by(*order))
    forwards, cursor, pages = [], "", []
    while True:
        page = keyset_page(version.items.all(), order=order, size=5, after=cursor)
        forwards += page.rows
        pages.append(page)
        if page.next is None:
            break
        cursor = page.next
    assert forwards == expected
    back = keyset_page(version.items.all(), order=order, size=5, before=pages[-1].previous)
    assert back.rows == pages[-2].rows
    assert pages[0].previous is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", "eyJhIjoxfQ", "WzEsIDIsIDNd", "WyJcdTAwMDAiLCAxXQ", "WyJhIiwgMV0", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5LDFd"],
)
def test_a_cursor_from_elsewhere_is_refused(draft, cursor):
    with pytest.raises(BadCursor):
        keyset_page(draft.items.all(), order=("position", "pk"), size=5, after=cursor)


def test_the_difference_of_two_versions_takes_few_queries(approved, people, django_assert_num_queries):
    from cms.catalogs import actions
    from cms.catalogs.difference import compare_versions

    following = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    with django_assert_num_queries(2):
        assert compare_versions(approved, following, columns=()).same == 3

"""The guides inside the platform: read by everybody, opened at the right place, searched without diacritics."""

import re
from urllib.parse import unquote

import pytest
from django.urls import get_resolver, reverse

from cms.help import places
from cms.help.guides import FOLDER, GUIDES, all_guides, read_guide, search_guides

pytestmark = pytest.mark.one_database("reads files")


def test_every_guide_of_the_folder_is_shown(client, db):
    assert {path.stem for path in FOLDER.glob("huong-dan-*.md")} <= set(GUIDES)
    listed = client.get(reverse("help:guides")).content.decode()
    for guide in all_guides():
        assert guide.address in listed
        page = client.get(guide.address).content.decode()
        assert page.count("<h1") == 1
        assert page.count('class="prose help-guide"') == 1


def test_links_and_pictures_of_guides_lead_to_something(client, db):
    for guide in all_guides():
        for target in re.findall(r'(?:href|src)="([^"]*)"', guide.html):
            path, _, anchor = unquote(target).partition("#")
            named = read_guide(path.strip("/").split("/")[1]) if path.startswith("/tro-giup/huong") else guide
            if path and not path.startswith("http"):
                assert client.get(path).status_code == 200, target
            assert not anchor or anchor == "khac" or anchor in {each.anchor for each in named.sections}, target


def test_each_place_is_a_screen_and_has_its_section():
    routes = {name for name in _route_names(get_resolver())}
    for start in (*places.PLACES, *places.OTHERS):
        assert any(route.startswith(start) for route in routes), start
    for agency, bureau in places.PLACES.values():
        assert not agency or places.section_address(places.AGENCY, agency)
        assert places.section_address(places.BUREAU, bureau)
    for name, number in places.OTHERS.values():
        assert places.section_address(name, number)


def test_help_opens_at_what_the_person_is_doing(client, people, approved):
    desk = reverse("catalogs:read", args=[approved.pk])
    assert places.help_address(people["editor"], desk).endswith("so-noi-vu/#31-đọc-từng-mục-trên-một-màn-hình")
    version = reverse("catalogs:version", args=[approved.pk])
    assert "/huong-dan-co-quan/#7" in places.help_address(people["uploader"], version)
    assert places.help_address(people["uploader"], "/khong-co/") == reverse("help:guides")

    client.force_login(people["editor"])
    assert "so-noi-vu/#31-" in client.get(desk).content.decode()


def test_words_are_found_without_diacritics_and_hostile_ones_find_nothing(client, db):
    first = search_guides("hoan tac tai len")[0]
    assert first.section.title == "Hoàn tác một lần tải lên"
    assert "Hoàn tác một lần tải lên" in client.get(reverse("help:guides"), {"q": "hoan tac tai len"}).content.decode()
    for asked in ("", " ", "\x00", "%", "<script>alert(1)</script>", "x" * 5000):
        page = client.get(reverse("help:guides"), {"q": asked})
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    "name", ["khong-co.png", "..%2F..%2Fsecurity.md", "..", "dang-nhap.png%00", "dang-nhap.PNG", "%2Fetc%2Fpasswd"]
)
def test_nothing_but_pictures_of_the_guides_is_handed_out(client, db, name):
    assert client.get(f"/tro-giup/hinh/{name}").status_code == 404


@pytest.mark.parametrize("name", ["security", "adr", "huong-dan"])
def test_other_documents_are_no_guides(client, db, name):
    assert client.get(f"/tro-giup/{name}/").status_code == 404


def _route_names(resolver, space=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _route_names(pattern, below)
        elif pattern.name:
            yield f"{space}{pattern.name}"

"""A few slots on a machine for what strangers ask for that takes long, and files made once for each content."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import Client

from catalog_pages import actions as pages
from cms.core import cached_files, slots
from cms.core.cached_files import cached_file
from tests.factories import catalogs
from tests.factories.frameworks import published

EXPORT = "/api/v1/items/export/"
HOLDS = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX); print(1, flush=True); input()"


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def full(*names: str) -> ExitStack:
    """Take every slot of these names, as other requests do."""
    stack = ExitStack()
    for name in names:
        while True:
            try:
                stack.enter_context(slots.taken(name))
            except slots.Busy:
                break
    return stack


class TestSlots:
    def test_there_are_so_many(self, settings):
        settings.THUOCDO_SLOTS = {"large": 2}
        with slots.taken("large"):
            with slots.taken("large"), pytest.raises(slots.Busy), slots.taken("large"):
                pass
            with slots.taken("large"):
                pass

    def test_one_that_another_process_holds_is_taken_until_that_dies(self, settings):
        settings.THUOCDO_SLOTS = {"large": 1}
        settings.THUOCDO_SLOTS_DIR.mkdir()
        command = [sys.executable, "-c", HOLDS, str(settings.THUOCDO_SLOTS_DIR / "large-0")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None and other.stdout.readline()
            with pytest.raises(slots.Busy), slots.taken("large"):
                pass
            other.kill()
            other.wait()
            with slots.taken("large"):
                pass


class TestKeptFiles:
    def write(self, content: bytes):
        def make(file):
            self.made = getattr(self, "made", 0) + 1
            file.write(content)

        return make

    def test_one_is_made_once(self):
        for _turn in range(3):
            with cached_file("a", self.write(b"A"), slot="small") as file:
                assert file.read() == b"A"
        assert self.made == 1

    def test_one_that_was_made_needs_no_slot(self):
        cached_file("a", self.write(b"A"), slot="small").close()
        with full("small", "large"):
            cached_file("a", self.write(b"A"), slot="small").close()
            with pytest.raises(slots.Busy):
                cached_file("b", self.write(b"B"), slot="small")
            with cached_file("b", self.write(b"B"), slot="") as file:
                assert file.read() == b"B"

    def test_while_one_is_being_made_strangers_come_back_and_people_get_their_own(self, settings):
        def make(file):
            with pytest.raises(slots.Busy):
                cached_file("a", self.write(b"A"), slot="small")
            with cached_file("a", self.write(b"A"), slot="") as own:
                assert own.read() == b"A"
            file.write(b"A")

        cached_file("a", make, slot="small").close()
        assert [path.suffix for path in settings.THUOCDO_KEPT_DIR.iterdir()] == [""]

    def test_one_that_breaks_leaves_nothing(self, settings):
        def make(file):
            file.write(b"half")
            raise OSError("full")

        with pytest.raises(OSError, match="full"):
            cached_file("a", make, slot="small")
        assert list(settings.THUOCDO_KEPT_DIR.iterdir()) == []

    def test_what_a_killed_process_left_is_written_anew(self, settings):
        cached_file("a", self.write(b"A"), slot="small").close()
        [path] = settings.THUOCDO_KEPT_DIR.iterdir()
        path.rename(path.with_suffix(".part"))

        with cached_file("a", self.write(b"B"), slot="small") as file:
            assert file.read() == b"B"

    def test_the_oldest_make_room(self, settings, monkeypatch):
        monkeypatch.setattr(cached_files, "MOST_FILES", 3)
        for name in "abcdef":
            cached_file(name, self.write(name.encode()), slot="small").close()
        assert {path.read_bytes() for path in settings.THUOCDO_KEPT_DIR.iterdir()} >= {b"f"}
        assert len(list(settings.THUOCDO_KEPT_DIR.iterdir())) == 3
        settings.THUOCDO_KEPT_MIB = 0
        cached_file("g", self.write(b"g"), slot="small").close()
        assert [path.read_bytes() for path in settings.THUOCDO_KEPT_DIR.iterdir()] == [b"g"]


@pytest.mark.django_db
class TestAStranger:
    @pytest.fixture
    def places(self, approved) -> list[str]:
        page = pages.page_of(approved).url
        return [
            *(f"{EXPORT}?as={kind}" for kind in ("ndjson", "csv", "xlsx")),
            *(f"{page}tai-ve/1/{kind}/" for kind in ("csv", "xlsx")),
            *(f"/du-lieu-mo/danh-muc.{kind}" for kind in ("csv", "json", "xlsx")),
        ]

    def test_waits_for_a_slot_and_gets_at_once_what_was_made(self, places):
        client = Client()
        with full("large", "small"):
            refused = {place: client.get(place) for place in places}
        made = {place: body(client.get(place)) for place in places}

        assert {answer.status_code for answer in refused.values()} == {503}
        assert {answer.headers["Retry-After"] for answer in refused.values()} == {str(slots.RETRY_AFTER)}
        with full("large", "small"):
            assert {place: body(client.get(place)) for place in places} == made

    def test_is_told_in_words(self, places):
        with full("large", "small"):
            page, problem = Client().get(places[3]), Client().get(places[0])

        text = page.content.decode()
        assert "Hệ thống đang bận" in text and "tìm kiếm hoặc tải tệp lớn" in text
        assert f'<a href="{places[3]}">Thử lại</a>' in text
        assert problem.json()["code"] == "busy"
        assert problem.headers["Content-Type"] == "application/problem+json"

    def test_is_in_nobodys_way_who_is_signed_in(self, places, people):
        client = Client()
        client.force_login(people["editor"])
        with full("large", "small"):
            assert {client.get(place).status_code for place in places} == {200}

    def test_gets_what_was_published_since(self, places, people, province):
        before = {place: body(Client().get(place)) for place in places if place.startswith(EXPORT)}
        catalogs.make_approved(people, province.office)

        assert all(body(Client().get(place)) != made for place, made in before.items())

    def test_gets_nothing_that_was_made_for_somebody(self, places, people, draft):
        client = Client()
        client.force_login(people["editor"])
        whole, public = body(client.get(EXPORT)), body(Client().get(EXPORT))

        assert whole.count(b"\n") > public.count(b"\n")

    @pytest.mark.parametrize(
        ("searched", "listed"),
        [("/danh-muc/tim-kiem/?q=bao", "/danh-muc/"), ("/api/v1/items/?search=bao", "/api/v1/items/")],
    )
    def test_searches_when_there_is_a_slot(self, approved, people, searched, listed):
        desk = Client()
        desk.force_login(people["editor"])
        with full("search"):
            refused = Client().get(searched)
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(slots.RETRY_AFTER))
            assert Client().get(listed).status_code == 200
            assert desk.get(searched).status_code == 200
        assert Client().get(searched).status_code == 200

    def test_scores_large_bodies_when_there_is_a_slot(self, db):
        published("nd335")
        subject = {"role": "staff", "common": "30", "id": "a" * 190}
        sent = {"subjects": [subject | {"flags": []}] * 100, "framework": "nd335"}
        small = Client().post("/api/v1/scores/preview/", sent, content_type="application/json")
        padded = sent | {"settings": {" " * 70_000: "x"}}
        with full("scores"):
            again = Client().post("/api/v1/scores/preview/", sent, content_type="application/json")
            large = Client().post("/api/v1/scores/preview/", padded, content_type="application/json")

        assert again.status_code == small.status_code
        assert (large.status_code, large.json()["code"]) == (503, "busy")


def test_the_slots_lie_where_no_web_server_serves(settings):
    from cms.settings import base

    assert base.THUOCDO_KEPT_DIR.parent == base.THUOCDO_SLOTS_DIR.parent == base.VAR_DIR
    assert Path(base.MEDIA_ROOT) not in base.THUOCDO_KEPT_DIR.parents
    assert Path(base.STATIC_ROOT) not in base.THUOCDO_KEPT_DIR.parents

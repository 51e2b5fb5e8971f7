"""Results of evaluations, made up here: from people through the rules to pages and files, and attacked from there."""

from __future__ import annotations

import csv
import io
import json
import random
import re

import pytest

from catalog_pages.transparency import builders
from catalog_pages.transparency.actions import prepare_draft, publish_draft
from catalog_pages.transparency.builders import results
from catalog_pages.transparency.models import PublishedUnit
from cms.core.errors import WrongState
from tests.attack import Attacker
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.django_db
CLASSES = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
PARTS = {"a": "Sở A", "b": "Sở B", "c": "Xã C", "d": "Xã D"}
NAMES = {"tinh": "Toàn tỉnh", **PARTS}
# Classes and why a row is silent stand behind the unit and its people.
_COUNTS = slice(2, 2 + len(CLASSES))


@pytest.fixture(autouse=True)
def _only_results(monkeypatch):
    monkeypatch.setattr(builders, "BUILDERS", {})


def staff(unit, *numbers):
    names = [name for name, number in zip(CLASSES, numbers, strict=True) for _ in range(number)]
    return {f"{unit}-{index}": name for index, name in enumerate(names)}


def of_period(people, period="Quý I năm 2026"):
    whole = {key: name for part in people.values() for key, name in part.items()}
    parents = dict.fromkeys(people, "tinh")
    return results.Results(period, CLASSES, {"tinh": whole, **people}, NAMES, parents)


@pytest.fixture
def publish(monkeypatch):
    """Publish what results a figure is made of; return the release."""

    def act(people, period="Quý I năm 2026", note=""):
        monkeypatch.setattr(results, "latest_results", lambda day: of_period(people, period))
        return publish_figures(note=note)

    return act


@pytest.fixture
def read(client):
    """Read one release in every form that the public gets; return its rows by unit, the same in each form."""

    def act(number):
        address = f"/minh-bach/ban/{number}/ket-qua/"
        reported = client.get(f"{address}json/").json()
        over_api = client.get(f"/api/v1/transparency/releases/{number}/figures/ket-qua/").json()
        content = json.loads(b"".join(client.get(f"/minh-bach/ban/{number}/tai-ve/")))
        text = b"".join(client.get(f"{address}csv/").streaming_content).decode("utf-8-sig")
        read = [
            [list(row.values()) for row in reported["rows"]],
            [list(row.values()) for row in over_api["rows"]],
            content["figures"][-1]["rows"],
            [numbers_in(row) for row in list(csv.reader(io.StringIO(text)))[1:]],
            [numbers_in(row) for row in rows_of(client.get(address).content.decode())],
        ]
        assert all(rows == read[0] for rows in read), number
        drawn = re.findall(r"<title>(.+): (\d+)</title>", client.get(f"{address}svg/").content.decode())
        assert sorted(int(count) for _name, count in drawn) == sorted(
            count for row in read[0] for count in row[_COUNTS] if count
        )
        return {row[0]: dict(zip(CLASSES, row[_COUNTS], strict=True)) for row in read[0]}

    return act


def rows_of(html):
    """Return the table of a page as lists of text."""
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL).group(1)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


def numbers_in(row):
    """Return a row of text as the numbers and words that it means; what is kept back is None."""
    row = [None if text in ("[k]", "–", "") else text for text in row]
    return [int(text.replace(".", "")) if text and place in range(1, 6) else text for place, text in enumerate(row)]


def test_there_is_a_place_that_says_that_there_are_no_results_yet(client):
    publish_figures()
    html = client.get("/minh-bach/").content.decode()
    assert "Chưa có kết quả đánh giá nào được phê duyệt" in html
    assert client.get("/minh-bach/ban/1/ket-qua/json/").json()["rows"] == []
    text = b"".join(client.get("/minh-bach/ban/1/ket-qua/csv/").streaming_content).decode("utf-8-sig")
    assert text.split() == ["Đơn", "vị,Số", "người,Ghi", "chú"]


def test_results_are_shown_in_tens_and_small_units_kept_back(publish, read, client):
    publish({
        "a": staff("a", 12, 31, 6, 1), "b": staff("b", 21, 42, 13, 11),
        "c": staff("c", 2, 3, 1, 0), "d": staff("d", 30, 31, 12, 9),
    })  # fmt: skip
    rows = read(1)
    assert list(rows["Sở A"].values()) == [10, 30, 10, 0]
    assert list(rows["Toàn tỉnh"].values()) == [60, 100, 30, 20]
    assert set(rows["Xã C"].values()) == {None}
    html = client.get("/minh-bach/ban/1/ket-qua/").content.decode()
    assert "Không công bố: dưới 10 người" in html
    assert "Tổng các đơn vị trực thuộc" in html
    assert "0 không có nghĩa là không có ai" in html
    assert html.count("[k]") >= 5


def remembered(unit):
    return json.loads(PublishedUnit.objects.get(unit=unit).people)


def test_corrections_change_nothing_of_their_period_and_few_nothing_of_the_next(publish, read):
    people = {"a": staff("a", 20, 24, 20, 0), "b": staff("b", 20, 20, 20, 20)}
    publish(people)
    first = read(1)
    many = {**people, "a": people["a"] | {f"a-{place}": "Tốt" for place in range(8)}}
    with pytest.raises(WrongState):
        publish(many, note="Đính chính tám người")

    few = {**people, "a": people["a"] | {"a-0": "Tốt"}}
    publish(few, "Quý II năm 2026")
    assert read(1) == read(2) == first
    assert remembered("a") == {"period": "Quý II năm 2026", "new_in": "Quý I năm 2026", "people": people["a"]}

    publish(many, "Quý III năm 2026")
    assert read(3)["Sở A"]["Tốt"] == 30
    assert remembered("a") == {
        "period": "Quý III năm 2026", "new_in": "Quý III năm 2026", "people": many["a"],
    }  # fmt: skip


def test_who_was_told_of_is_remembered_and_nobody_is_shown(publish, client):
    people = {"a": staff("a", 20, 20, 20, 0), "c": staff("c", 2, 3, 1, 0)}
    release = publish(people)
    assert remembered("a")["people"] == people["a"]
    assert not PublishedUnit.objects.filter(unit="c").exists()
    assert not any(key in release.content for part in people.values() for key in part)


def test_what_was_prepared_is_remembered_as_it_was_seen(publish, monkeypatch):
    before, now = {"a": staff("a", 20, 20, 20, 0)}, {"a": staff("a", 20, 40, 20, 0)}
    monkeypatch.setattr(results, "latest_results", lambda day: of_period(before))
    draft = prepare_draft(by=None, wait=True)
    monkeypatch.setattr(results, "latest_results", lambda day: of_period(now))
    publish_draft(by=None, seen=draft.content_hash)
    assert remembered("a")["people"] == before["a"]


def moved(chance, unit, people):
    """Return the people of a unit after some came, went or were judged otherwise, and after some corrections."""
    now = dict(people)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 6))):
        if chance.random() < 0.7:
            now[chance.choice(list(now))] = chance.choice(CLASSES)
        elif chance.random() < 0.5:
            now[f"{unit}-{chance.random()}"] = chance.choice(CLASSES)
        else:
            del now[chance.choice(list(now))]
    return now


@pytest.mark.parametrize("seed", [3, 8])
def test_nobody_is_recovered_from_the_published_files_of_eight_periods(publish, read, seed):
    """The attacker reads all of them and knows who works where."""
    chance = random.Random(seed)
    sizes = {"a": (2, 7, 1, 0), "b": (1, 1, 1, 1), "c": (0, 9, 1, 0), "d": (3, 3, 1, 0)}
    people = {
        unit: dict(enumerate(chance.choices(CLASSES, weights, k=chance.choice((8, 18, 25, 60)))))
        for unit, weights in sizes.items()
    }
    people = {unit: {f"{unit}-{key}": name for key, name in staff.items()} for unit, staff in people.items()}
    attacker, cells, last = Attacker(CLASSES), [], {}
    for period in range(8):
        named = {PARTS[unit]: staff for unit, staff in people.items()}
        attacker.knows_staff(period, named)
        # Every third time the province counts a period again under a name of its own.
        recounts = period % 3 == 2
        number = publish(people, f"kỳ {period - 1}, tính lại" if recounts else f"kỳ {period}").number
        for unit, counts in read(number).items():
            # Of a row that stays nobody knows whether it is new.
            if unit in named and counts != last.get(unit):
                attacker.reads(period, unit, counts)
                cells += [(period, unit, name) for name in CLASSES]
            last[unit] = counts
        if period < 7:
            people = {unit: moved(chance, unit, staff) for unit, staff in people.items()}
            attacker.knows_moves(period + 1, named, {PARTS[unit]: staff for unit, staff in people.items()})
    for cell, (least, most) in attacker.possible(chance.sample(cells, 10)).items():
        assert most - least > 3 - 1e-6, (cell, least, most)

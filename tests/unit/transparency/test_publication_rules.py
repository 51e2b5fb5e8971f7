"""Publication rules: what is withheld, and an attacker who knows everything that was published and recovers nobody."""

from __future__ import annotations

import random

import pytest

from catalog_pages.transparency.publication_rules import publishable, rounded
from tests.attack import Attacker, to_hide

CLASSES = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
WHOLE = "Toàn tỉnh"
WHOLES = {WHOLE: "ABCDE", "I": "AB", "II": "CDE"}


def unit(*numbers, beginning="p"):
    """Return so many people of each class."""
    people = [name for name, number in zip(CLASSES, numbers, strict=True) for _ in range(number)]
    return {f"{beginning}{index}": name for index, name in enumerate(people)}


def only(people, before=None):
    return publishable({"A": people}, CLASSES, parents={}, before={"A": before} if before else None)[0]


def test_a_small_unit_has_no_row():
    assert only(unit(3, 3, 3, 0)).why == "small"


def test_small_cells_are_withheld_and_others_rounded():
    row = only(unit(12, 31, 6, 1))
    assert (row.total, row.counts) == (50, {"Xuất sắc": 10, "Tốt": 30, "Hoàn thành": 5, "Không hoàn thành": None})


@pytest.mark.parametrize("numbers", [(40, 0, 0, 0), (38, 2, 0, 0), (0, 36, 4, 0)])
def test_no_class_is_told_to_be_everybodys_or_nobodys(numbers):
    assert only(unit(*numbers)).shown == []


def test_a_withheld_count_has_room():
    # 15 + 15 + 35 of 60 would leave room for at most three people in the class that is withheld.
    row = only(unit(13, 13, 33, 0))
    withheld = [name for name, count in row.counts.items() if count is None]
    assert len(withheld) >= 2


@pytest.mark.parametrize(("moved", "why"), [(0, ""), (1, "few_changes"), (4, "few_changes"), (5, "")])
def test_a_row_waits_until_enough_people_moved(moved, why):
    before = unit(20, 20, 20, 0)
    now = dict(before)
    for index in range(moved):
        now[f"p{index}"] = CLASSES[1]
    assert only(now, before).why == why


def test_a_total_does_not_tell_what_a_part_withholds():
    parts = {"A": unit(20, 20, 0, 2, beginning="a"), "B": unit(20, 20, 8, 8, beginning="b")}
    rows = publishable(
        {WHOLE: {**parts["A"], **parts["B"]}, **parts}, CLASSES, parents={"A": WHOLE, "B": WHOLE}
    )  # fmt: skip
    whole, first, second = rows
    name = CLASSES[3]
    assert first.counts[name] is None
    assert whole.counts[name] is None or second.counts[name] is None


def a_province(chance):
    people = {}
    for part in "ABCDE":
        size, weights = (
            chance.choice((6, 12, 18, 25, 40, 80)),
            chance.choice(((2, 7, 1, 0), (1, 1, 1, 1), (0, 9, 1, 0))),
        )
        chosen = chance.choices(CLASSES, weights=weights, k=size)
        people[part] = {f"{part}{index}": name for index, name in enumerate(chosen)}
    return people


def published(people, before):
    """Return the rows of all parts, of the two divisions that they make up, and of the whole."""
    units = {whole: joined(people, parts) for whole, parts in WHOLES.items()} | people
    parents = {part: division for division in ("I", "II") for part in WHOLES[division]} | {"I": WHOLE, "II": WHOLE}
    return publishable(units, CLASSES, parents=parents, before=before), units


def joined(people, parts):
    return {person: name for part in parts for person, name in people[part].items()}


@pytest.mark.parametrize("seed", range(8))
def test_nobody_is_recovered_from_all_tables_of_eight_periods(seed):
    """Between periods up to five of each unit come or change class, or are corrected; the attacker knows how many."""
    chance = random.Random(seed)
    people, before, attacker, hidden = a_province(chance), {}, Attacker(CLASSES, WHOLES), []
    for period in range(8):
        rows, held = published(people, before)
        attacker.knows_staff(period, people)
        for row in rows:
            attacker.reads(period, row.unit, row.counts)
            before |= {row.unit: held[row.unit]} if row.is_shown else {}
            if row.unit in people:
                hidden += [(period, row.unit, name) for name in to_hide(people[row.unit], CLASSES)]
        earlier, people = people, {part: some_move(chance, staff) for part, staff in people.items()}
        if period < 7:
            attacker.knows_moves(period + 1, earlier, people)
    for cell, (least, most) in attacker.possible(chance.sample(hidden, 12)).items():
        # The programme rounds: a range of 0.99999 is one of two numbers.
        assert most - least > 1 - 1e-6, (cell, least, most)


def some_move(chance, staff):
    for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 5))):
        staff = one_moves(chance, staff)
    return staff


def one_moves(chance, held):
    moved = dict(held)
    if chance.random() < 0.5:
        moved[chance.choice(list(moved))] = chance.choice(CLASSES)
    else:
        moved[f"mới{len(moved)}{chance.random()}"] = chance.choice(CLASSES)
    return moved


@pytest.mark.parametrize("seed", range(40))
def test_who_alone_moved_is_not_seen_between_two_tables(seed):
    chance = random.Random(seed)
    people = a_province(chance)
    first, before = published(people, {})
    part = chance.choice(list(people))
    again, _held = published({**people, part: one_moves(chance, people[part])}, before)
    for old, new in zip(first, again, strict=True):
        if part in WHOLES.get(new.unit, new.unit) and new.is_shown:
            assert (old.total, old.counts) == (new.total, new.counts)


def test_rounding_goes_to_the_nearest_five():
    assert [rounded(count) for count in (0, 2, 3, 5, 7, 8, 12, 13)] == [0, 0, 5, 5, 5, 10, 10, 15]

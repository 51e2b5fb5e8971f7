"""Publication rules: what is withheld, and an attacker who knows everything that was published and recovers nobody."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from scipy.optimize import linprog

from catalog_pages.transparency.publication_rules import MIN_CELL, publishable, rounded

CLASSES = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
WHOLE = "Toàn tỉnh"


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


class Attacker:
    """Knows the rules, every table and who works where; asks what each count can be, all tables together."""

    def __init__(self):
        self.names = {}
        self.rows, self.limits = [], []

    def variable(self, *name):
        return self.names.setdefault(name, len(self.names))

    def know(self, variables, low, high):
        self.rows += [(variables, 1), (variables, -1)]
        self.limits += [high, -low]

    def read(self, period, rows, parts):
        for row in rows:
            units = parts if row.unit == WHOLE else [row.unit]
            for name, count in row.counts.items():
                if count is not None:
                    cells = [self.variable(period, part, name) for part in units]
                    self.know(cells, count - 2, count + 2)
            if row.total is not None:
                everybody = [self.variable(period, part, name) for part in units for name in CLASSES]
                self.know(everybody, row.total - 2, row.total + 2)

    def range_of(self, *name):
        matrix = np.zeros((len(self.rows), len(self.names)))
        for line, (variables, sign) in enumerate(self.rows):
            matrix[line, variables] = sign
        wanted = np.zeros(len(self.names))
        wanted[self.names[name]] = 1
        found = [linprog(side * wanted, A_ub=matrix, b_ub=self.limits, bounds=(0, None)) for side in (1, -1)]
        assert all(one.status in (0, 3) for one in found)
        return [side * one.fun if one.status == 0 else np.inf for side, one in zip((1, -1), found, strict=True)]


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
    whole = {person: name for part in people.values() for person, name in part.items()}
    parents = dict.fromkeys(people, WHOLE)
    return publishable({WHOLE: whole, **people}, CLASSES, parents=parents, before=before), {WHOLE: whole, **people}


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_recovered_from_all_tables_of_eight_periods(seed):
    """Between periods one person of each unit changes class or comes; the attacker knows that no other has."""
    chance = random.Random(seed)
    people, before, attacker, hidden = a_province(chance), {}, Attacker(), []
    for period in range(8):
        rows, held = published(people, before)
        attacker.read(period, rows, list(people))
        for row in rows:
            if row.is_shown:
                before[row.unit] = held[row.unit]
            if row.unit != WHOLE:
                having = Counter(people[row.unit].values())
                size = len(people[row.unit])
                hidden += [
                    (period, row.unit, name)
                    for name in CLASSES
                    if row.counts[name] is None and not MIN_CELL <= having[name] <= size - MIN_CELL
                ]
        people = {part: one_moves(chance, held) for part, held in people.items()}
    known = [name for name in hidden if name in attacker.names]
    for name in chance.sample(known, min(12, len(known))):
        least, most = attacker.range_of(*name)
        assert most - least >= 2, (name, least, most)


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
        if new.unit in (part, WHOLE) and new.is_shown:
            assert (old.total, old.counts) == (new.total, new.counts)


def test_rounding_goes_to_the_nearest_five():
    assert [rounded(count) for count in (0, 2, 3, 5, 7, 8, 12, 13)] == [0, 0, 5, 5, 5, 10, 10, 15]

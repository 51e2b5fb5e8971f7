"""Nobody is found out: every small world there is, asked by an enumerator that was written apart from the rule.

THUOCDO_DISCLOSURE=long tries larger worlds.
"""

from __future__ import annotations

import itertools
import os
import random

import pytest

from catalog_pages.transparency.publication_rules import choose_disclosures, in_tens, unit_rows
from tests.disclosure import former_rule
from tests.disclosure.enumerator import Histories, alike, described, known_ways, least_room, tables
from tests.disclosure.usefulness import WHOLE, by_the_former_rule, by_the_rule, measured, province

LONG = os.environ.get("THUOCDO_DISCLOSURE") == "long"
CLASSES = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
_PERIODS = itertools.count()
# How many values each count keeps to somebody who knows none, one, two, three of the people: what ADR 29 promises.
ROOM = (5, 4, 3, 2)


def people(table, beginning=""):
    names = [name for name, number in zip(CLASSES, table, strict=False) for _ in range(number)]
    return {f"{beginning}{place}": name for place, name in enumerate(names)}


def joined(*parts):
    return {key: name for part in parts for key, name in part.items()}


def reported(units, parents=(), before=()):
    """Return what the rule tells of units, as the public reads it, and what it remembers."""
    chosen = choose_disclosures(units, period=str(next(_PERIODS)), parents=dict(parents), before=dict(before))
    found = unit_rows(units, CLASSES, parents=dict(parents), disclosures=chosen)
    return {row.unit: (*row.counts.values(),) for row in found}, chosen


# ---- One unit --------------------------------------------------------------------------------------------------------
SIZES = range(10, 41 if LONG else 25)


@pytest.mark.parametrize("size", SIZES)
def test_every_count_of_every_unit_keeps_its_room(size):
    for classes in (2, 3, 4):
        heaps = alike(tables(size, classes), described)
        for number, room in enumerate(ROOM):
            assert all(least_room(heaps, known) >= room for known in tables(number, classes)), (classes, number)


def test_what_is_described_is_what_is_done():
    for size in SIZES:
        assert all(tuple(in_tens(table)) == described(table) for table in tables(size, 4))


def test_what_is_promised_is_not_more_than_there_is():
    """The bound is sharp: a proof of more would be wrong."""
    heaps = alike(tables(20, 4), described)
    assert [min(least_room(heaps, known) for known in tables(number, 4)) for number in range(4)] == list(ROOM)


def test_the_former_rule_is_beaten():
    """Of 19 people (4, 4, 4, 7) it told but one rounded number, and no other table is told like that."""

    def formerly(table):
        (row,) = former_rule.publishable({"A": people(table)}, CLASSES, parents={})
        return row.total, *row.counts.values()

    heaps = alike(tables(19, 4), formerly)
    assert formerly((4, 4, 4, 7)) == (20, None, None, None, 5)
    assert [(4, 4, 4, 7)] in heaps
    assert least_room(heaps, (0, 0, 0, 0)) == 1
    assert least_room(alike(tables(19, 4), described), (0, 0, 0, 0)) >= ROOM[0]


# ---- Units that make up others ---------------------------------------------------------------------------------------
PROVINCES = [(10, 10, 3), (12, 13, 3), (12, 9, 3), (19, 11, 2), *([(10, 10, 4), (14, 17, 3)] if LONG else [])]


@pytest.mark.parametrize(("first", "second", "classes"), PROVINCES)
def test_two_units_and_what_they_make_up(first, second, classes):
    """Worlds are heaped by what the rule itself tells of both units and of the whole."""

    def publish(world):
        parts = {"A": people(world[:classes], "a"), "B": people(world[classes:], "b")}
        found, _chosen = reported({"I": joined(*parts.values()), **parts}, {"A": "I", "B": "I"})
        return tuple(found.items())

    worlds = [one + other for one in tables(first, classes) for other in tables(second, classes)]
    heaps = alike(worlds, publish)
    nobody = (0,) * classes
    for number in range(2):
        for known in tables(number, classes):
            assert least_room(heaps, known + nobody) >= ROOM[number]
            assert least_room(heaps, nobody + known) >= ROOM[number]


def test_sums_that_are_rounded_for_themselves_would_tell():
    """Why a sum is of what is shown: rounding it for itself leaves a table of four units but one origin."""

    def publish(world):
        return tuple((count + 2) // 5 * 5 for count in (*world, sum(world)))

    worlds = list(itertools.product(range(5, 10), repeat=4))
    assert [(7, 7, 7, 7)] in alike(worlds, publish)


def test_three_stages_tell_no_more_than_the_units_told_of():
    """A division too small for the others to be told without it is told of with its agency, and only there."""
    sizes = {"a1": 12, "a2": 5, "b1": 20, "b2": 11}
    chance = random.Random(4)
    for _ in range(200):
        parts = {unit: people(chance.choice(tables(size, 4)), unit) for unit, size in sizes.items()}
        agencies = {agency: joined(parts[f"{agency}1"], parts[f"{agency}2"]) for agency in "ab"}
        found, chosen = reported(
            {"I": joined(*agencies.values()), **agencies, **parts},
            {"a": "I", "b": "I", **{part: part[0] for part in parts}},
        )
        assert list(chosen) == ["a", "b1", "b2"]
        assert found["a1"] == found["a2"] == ()
        assert found["b"] == added(found["b1"], found["b2"])
        assert found["I"] == added(found["a"], found["b"])


def added(*tables_):
    return tuple(map(sum, zip(*tables_, strict=True)))


@pytest.mark.parametrize("failed", [113, 4])
def test_the_sum_of_a_province_leaves_each_agency_its_room(failed):
    """Goes through the worlds of the proof, and has the rule tell them: all numbers come out the same.

    With few who failed, what rounding left out is not many in every class, and is made so.
    """
    units, parents = whole_province(with_failed(province(), failed))
    found, _chosen = reported(units, parents)
    counts = {unit: tuple(list(people.values()).count(name) for name in CLASSES) for unit, people in units.items()}
    mixed = [unit for unit in parents if sum(number > 0 for number in found[unit]) > 1]
    left_out = centred(added(*(off(counts[unit], found[unit]) for unit in mixed)))
    assert found[WHOLE] == tuple(in_tens(added(left_out, *(found[unit] for unit in parents if found[unit]))))
    for unit in random.Random(3).sample(mixed, 20 if LONG else 5):
        for place in range(len(CLASSES)):
            values = [world(unit, place, off_by, found, mixed, counts, left_out) for off_by in range(5)]
            for each in values:
                changed = {part: people(table, f"{part}-") for part, table in each.items()}
                assert reported(whole_province(changed)[0], parents)[0] == found
            assert len({each[unit][place] for each in values}) == ROOM[0]


def whole_province(agencies):
    return {WHOLE: joined(*agencies.values()), **agencies}, dict.fromkeys(agencies, WHOLE)


def with_failed(agencies, number):
    """Return agencies in which no more than so many people have the last class."""
    left = iter(range(number))
    return {
        agency: {
            key: name if name != CLASSES[3] or next(left, None) is not None else CLASSES[1]
            for key, name in people_.items()
        }
        for agency, people_ in agencies.items()
    }


def off(table, row):
    return tuple(count - shown for count, shown in zip(table, row, strict=True))


def centred(left_out):
    """Return so many people with at least forty in each class: those that lack are taken one by one from the most."""
    found = [max(count, 40) for count in left_out]
    while sum(found) > sum(left_out):
        found[found.index(max(found))] -= 1
    return tuple(found)


def world(unit, place, off_by, found, mixed, counts, left_out):
    """Return tables of all agencies in which one count is off by so many, and what rounding left out is the same."""
    rests = {part: sum(counts[part]) % 10 for part in mixed}
    other = next(at for at, shown in enumerate(found[unit]) if shown and at != place)
    offs = {unit: [0] * len(CLASSES)}
    offs[unit][place] += off_by
    offs[unit][other] += rests[unit] - off_by
    needed = list(off(left_out, offs[unit]))
    for part in mixed:
        if part != unit:
            offs[part] = handed_out(rests[part], needed)
    assert not any(needed)
    return {part: added(found[part], offs[part]) if part in offs else counts[part] for part in counts if part != WHOLE}


def handed_out(number, needed):
    """Take so many from what is needed, class by class."""
    taken = []
    for place, most in enumerate(needed):
        taken.append(min(most, number))
        needed[place] -= taken[-1]
        number -= taken[-1]
    return taken


# ---- What is left to be read -----------------------------------------------------------------------------------------
def test_what_can_be_read_of_a_province():
    """What ADR 29 says of how useful the rule is, beside the one before it."""
    agencies = province()
    now, formerly = measured(by_the_rule(agencies), agencies), measured(by_the_former_rule(agencies), agencies)
    assert now.people > 99
    assert now.counts > 95
    assert now.counts > 2 * formerly.counts
    assert now.off < 10
    assert now.off_province < 1.5


# ---- Periods and corrections -----------------------------------------------------------------------------------------
# People who stay, classes, periods, people who leave before and who come in the last period, and how many are known.
HISTORIES = [
    (10, 3, 2, 0, 0, 2), (12, 3, 2, 0, 0, 1), (10, 3, 2, 1, 0, 0), (10, 3, 2, 0, 1, 0), (9, 3, 2, 1, 1, 0),
    (10, 2, 3, 0, 0, 3), (11, 2, 3, 0, 0, 1), (20, 2, 2, 0, 0, 3),
]  # fmt: skip
if LONG:
    HISTORIES += [
        (10, 3, 2, 0, 0, 3), (12, 3, 2, 0, 0, 3), (10, 3, 2, 1, 0, 1), (9, 3, 2, 1, 1, 1), (14, 3, 2, 0, 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("size", "classes", "periods", "leave", "come", "most"), HISTORIES)
def test_every_history_keeps_its_room(size, classes, periods, leave, come, most):
    every = Histories.every(size, classes, periods, leave=leave, come=come)
    for number in range(most + 1):
        for ways in known_ways(every, number):
            known = every.knowing(ways)
            assert known.least_room(*known.published()) >= ROOM[number], ways


def test_who_knows_that_few_moved_learns_nothing_from_the_second_table():
    every = Histories.every(9, 3, 2, leave=1, come=1)
    few = every.moved(0, 1) < 5
    first, second = (row[few] for row in every.published())
    assert (first == second).all()


def test_who_knows_how_few_moved_would_learn_from_rows_that_are_new_each_period():
    """Why a row stays: with one who moved, and rows told anew, two counts would be down to two values."""
    every = Histories.every(10, 3, 2)
    one = Histories(every.ways, every.people[every.moved(0, 1) == 1], every.classes)
    assert one.least_room(*one.rows()) == 2
    assert one.least_room(*one.published()) >= ROOM[0]


def test_a_unit_that_changes_its_name_keeps_its_room():
    every = Histories.every(10, 3, 2)
    for number in range(3 if LONG else 2):
        for ways in known_ways(every, number):
            known = every.knowing(ways)
            assert known.least_room(*known.published(silent=True)) >= ROOM[number], ways


def test_histories_are_told_as_the_rule_tells_them():
    every = Histories.every(11, 3, 3) if LONG else Histories.every(11, 2, 3)
    published = every.published()
    for line in random.Random(1).sample(range(len(every.people)), 400):
        ways = [way for way, number in zip(every.ways, every.people[line], strict=True) for _ in range(number)]
        before, found = {}, []
        for period in range(every.periods):
            staff = {str(place): CLASSES[way[period]] for place, way in enumerate(ways)}
            row, before = reported({"A": staff}, (), before)
            found.append(row["A"])
        same = [[one == other for other in found] for one in found]
        assert same == [[one[line] == other[line] for other in published] for one in published]

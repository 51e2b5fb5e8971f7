"""Publication rules: which units have rows, what stands in them, and when they change. The proof is test_disclosure."""

from __future__ import annotations

import itertools
import random

import pytest

from catalog_pages.transparency.publication_rules import Disclosure, choose_disclosures, in_tens, unit_rows
from tests.attack import Attacker

CLASSES = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
WHOLE = "Toàn tỉnh"
_PERIODS = itertools.count()


def unit(*numbers, beginning="p"):
    """Return so many people of each class."""
    people = [name for name, number in zip(CLASSES, numbers, strict=True) for _ in range(number)]
    return {f"{beginning}{index}": name for index, name in enumerate(people)}


def published(units, parents=(), before=(), period="new"):
    """Return the rows by unit, and what is remembered; in a new period unless it is named."""
    period = str(next(_PERIODS)) if period == "new" else period
    disclosures = choose_disclosures(units, period=period, parents=dict(parents), before=dict(before))
    return {
        row.unit: row for row in unit_rows(units, CLASSES, parents=dict(parents), disclosures=disclosures)
    }, disclosures


def only(people, before=None):
    found, _disclosures = published({"A": people}, before={"A": Disclosure("", "", before)} if before else {})
    return found["A"]


# ---- What stands in a row --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("counts", "shown"), [
    ((12, 31, 6, 1), [10, 30, 10, 0]),
    ((4, 4, 4, 7), [0, 0, 0, 10]),
    ((5, 5, 0, 0), [10, 0, 0, 0]),
    ((0, 40, 0, 0), [0, 40, 0, 0]),
    ((25, 25, 25, 25), [30, 30, 20, 20]),
    ((9, 9, 9, 2), [10, 10, 0, 0]),
    ((3, 3, 3, 0), [0, 0, 0, 0]),
])  # fmt: skip
def test_tens_are_handed_out_by_largest_remainders(counts, shown):
    assert in_tens(counts) == shown


def test_no_number_is_off_by_ten_and_numbers_add_up_to_the_full_tens():
    chance = random.Random(2)
    for _ in range(2000):
        counts = [chance.choice((0, 1, 4, chance.randrange(300))) for _ in range(chance.randrange(2, 7))]
        shown = in_tens(counts)
        assert sum(shown) == sum(counts) // 10 * 10
        assert all(abs(one - other) < 10 for one, other in zip(counts, shown, strict=True))


def test_a_class_that_nobody_told_of_is_refused():
    with pytest.raises(ValueError, match="Chưa xếp loại"):
        only(unit(12, 0, 0, 0) | {"x": "Chưa xếp loại"})


# ---- Who has a row ---------------------------------------------------------------------------------------------------
def test_a_small_unit_has_no_row():
    assert only(unit(3, 3, 3, 0)).reason == "small"


def province(sizes):
    parts = {part: unit(size, 0, 0, 0, beginning=part) for part, size in sizes.items()}
    whole = {key: name for part in parts.values() for key, name in part.items()}
    return {WHOLE: whole, **parts}, dict.fromkeys(parts, WHOLE)


def test_a_whole_is_the_sum_of_what_is_shown_of_its_parts():
    found, disclosures = published(*province({"A": 19, "B": 38, "C": 5}))
    assert (found[WHOLE].reason, sum(found[WHOLE].counts.values())) == ("sum", 40)
    assert found[WHOLE].total == 50
    assert found["C"].reason == "small"
    assert list(disclosures) == ["A", "B"]


def test_a_whole_is_told_of_as_one_where_its_parts_would_lose_more_than_a_tenth():
    found, disclosures = published(*province({"A": 19, "B": 8}))
    assert (found[WHOLE].reason, found[WHOLE].total, found["A"].reason, found["B"].reason) == ("", 20, "part", "part")
    assert list(disclosures) == [WHOLE]


def test_what_was_told_by_parts_or_as_a_whole_stays_so():
    larger, smaller = province({"A": 19, "B": 12}), province({"A": 19, "B": 8})
    assert list(published(*larger, before=published(*smaller)[1])[1]) == [WHOLE]
    assert list(published(*smaller, before=published(*larger)[1])[1]) == ["A"]


def test_nobody_is_told_of_in_two_units():
    with pytest.raises(ValueError, match="two units"):
        published({"A": unit(20, 0, 0, 0), "B": unit(20, 0, 0, 0)})


# ---- When a row changes ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("moved", "tens"), [(0, 20), (1, 20), (4, 20), (5, 30), (9, 30)])
def test_a_row_stays_until_enough_people_moved(moved, tens):
    before = unit(20, 24, 20, 0)
    now = before | {f"p{index}": CLASSES[1] for index in range(moved)}
    assert only(now, before).counts["Tốt"] == tens


def test_a_row_is_compared_with_when_it_was_new():
    """Nobody empties a unit one by one between tables that seem to stay."""
    people, before = unit(20, 24, 20, 0), {}
    seen = []
    for index in range(8):
        found, before = published({"A": people}, before=before)
        seen.append(found["A"].counts["Tốt"])
        people = people | {f"p{index}": CLASSES[1]}
    assert seen == [20, 20, 20, 20, 20, 30, 30, 30]


def test_people_who_come_and_go_are_counted():
    before = unit(20, 20, 20, 0)
    now = {key: name for key, name in before.items() if key not in ("p0", "p1")}
    now |= {f"new{index}": CLASSES[3] for index in range(2)}
    more = now | {"new2": CLASSES[3]}
    first = published({"A": before})[1]
    assert published({"A": now}, before=first)[1]["A"].people == before
    assert published({"A": more}, before=first)[1]["A"].people == more


def test_a_period_is_told_of_once_and_in_all_units_together():
    people = {"A": unit(20, 24, 20, 0, beginning="a"), "B": unit(4, 0, 0, 0, beginning="b")}
    first, before = published(people, period="Quý I")
    corrected = {"A": unit(0, 64, 0, 0, beginning="a"), "B": unit(40, 0, 0, 0, beginning="b")}
    again, disclosures = published(corrected, before=before, period="Quý I")
    assert (again["A"], disclosures) == (first["A"], before)
    assert not again["B"].is_published
    later, _disclosures = published(corrected, before=disclosures, period="Quý II")
    assert (later["A"].counts["Tốt"], later["B"].counts["Xuất sắc"]) == (60, 40)


def test_a_row_that_stays_counts_as_told_in_the_new_period():
    people = unit(20, 24, 20, 0)
    _first, before = published({"A": people}, period="Quý I")
    _second, before = published({"A": people}, before=before, period="Quý II")
    _third, disclosures = published({"A": unit(0, 64, 0, 0)}, before=before, period="Quý II")
    assert disclosures == before == {"A": Disclosure("Quý II", "Quý I", people)}


def test_a_new_unit_waits_while_its_people_were_told_of_like_that_elsewhere():
    parts = {"A": unit(20, 0, 0, 0, beginning="a"), "B": unit(0, 20, 0, 0, beginning="b")}
    _found, before = published(parts)
    merged = parts["A"] | parts["B"]
    assert published({"C": merged}, before=before)[0]["C"].reason == "waits"
    judged_anew = merged | {f"a{index}": CLASSES[2] for index in range(5)}
    assert published({"C": judged_anew}, before=before)[0]["C"].is_published


# ---- Who knows more than is promised ---------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(8))
def test_nobody_is_recovered_from_eight_periods_of_one_person_changes(seed):
    """The attacker knows of each period how many moved, and which rows are new."""
    chance = random.Random(seed)
    people = {part: a_unit(chance, part) for part in "ABC"}
    attacker, before, cells = Attacker(CLASSES), {}, []
    for period in range(8):
        found, disclosures = published(people, before=before)
        attacker.knows_staff(period, people)
        for part in people:
            if part not in before or disclosures[part].people != before[part].people:
                attacker.reads(period, part, found[part].counts)
        cells += [(period, part, name) for part in disclosures for name in CLASSES]
        earlier, before = people, before | disclosures
        people = {part: one_moves(chance, staff) for part, staff in people.items()}
        if period < 7:
            attacker.knows_moves(period + 1, earlier, people)
    for cell, (least, most) in attacker.possible(chance.sample(cells, 12)).items():
        # The programme rounds: a range of 2.99999 holds four numbers.
        assert most - least > 3 - 1e-6, (cell, least, most)


def test_who_knows_that_all_who_moved_moved_one_way_finds_them():
    """The attack finds what there is to find, which ADR 29 does not promise to hide: 11 of 20 moved, and 11 had to."""
    attacker, two = Attacker(CLASSES[:2]), ({"A": unit(15, 5, 0, 0)}, {"A": unit(4, 16, 0, 0)})
    for period, people in enumerate(two):
        attacker.knows_staff(period, people)
        attacker.reads(period, "A", dict(zip(CLASSES, in_tens([15, 5] if period == 0 else [4, 16]), strict=False)))
    attacker.knows_moves(1, *two)
    for least, most in attacker.possible([(0, "A", "Tốt"), (1, "A", "Tốt")]).values():
        assert most - least < 1


def a_unit(chance, part):
    weights = chance.choice(((2, 7, 1, 0), (1, 1, 1, 1), (0, 9, 1, 0)))
    chosen = chance.choices(CLASSES, weights=weights, k=chance.choice((12, 18, 25, 40, 80)))
    return {f"{part}{index}": name for index, name in enumerate(chosen)}


def one_moves(chance, held):
    moved = dict(held)
    if chance.random() < 0.5:
        moved[chance.choice(list(moved))] = chance.choice(CLASSES)
    else:
        moved[f"mới{len(moved)}{chance.random()}"] = chance.choice(CLASSES)
    return moved

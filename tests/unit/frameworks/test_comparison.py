"""Two scorings side by side: levels, moves, groups and caps are counted as a person would count them."""

from fractions import Fraction

import pytest

from cms.frameworks.trials.comparison import compare
from cms.frameworks.trials.pairs import Pair, Scored
from cms.scoring import shipped
from cms.scoring.problems import Problem

NOBODY = Scored(None, None, "insufficient_data", "Chưa đủ dữ liệu.")
RULES = shipped.load("nd335")


def scored(total: str) -> Scored:
    points = Fraction(total)
    level = "excellent" if points >= 90 else "good" if points >= 70 else "completed"
    return Scored(points, level, "scored")


def pair(before: Scored, after: Scored, place: int = 1, agency: str = "Sở A", group: str = "g") -> Pair:
    return Pair(place, f"Công chức {place:04}", agency, group, before, after)


def compared(*pairs: Pair) -> dict:
    return compare(pairs, RULES, RULES)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (scored("80"), scored("90"), "up"),
        (scored("90"), scored("89.99"), "down"),
        (scored("70"), scored("89"), "same"),
        (NOBODY, scored("89"), "other"),
        (scored("89"), NOBODY, "other"),
        (NOBODY, NOBODY, "same"),
    ],
)
def test_a_change_of_level_has_a_direction(before, after, direction):
    assert pair(before, after).direction == direction


def test_levels_bands_and_changes_add_up_to_everybody():
    reported = compared(
        pair(scored("89.99"), scored("90"), 1), pair(scored("100"), scored("60"), 2), pair(scored("75"), NOBODY, 3)
    )

    assert reported["size"] == 3
    assert reported["levels"]["before"] == {"excellent": 1, "good": 2, "completed": 0, "not_completed": 0, "none": 0}
    assert reported["levels"]["after"] == {"excellent": 1, "good": 0, "completed": 1, "not_completed": 0, "none": 1}
    assert reported["directions"] == {"up": 1, "down": 1, "same": 0, "other": 1}
    assert reported["changes"] == [
        {"from": "excellent", "to": "completed", "count": 1},
        {"from": "good", "to": "excellent", "count": 1},
        {"from": "good", "to": "none", "count": 1},
    ]
    assert (reported["bands"]["before"][17], reported["bands"]["before"][19], sum(reported["bands"]["after"])) == (
        1,
        1,
        2,
    )


def test_agencies_and_groups_are_counted_each_for_itself():
    reported = compared(
        pair(scored("80"), scored("90"), 1, "Sở A"),
        pair(scored("80"), scored("80"), 2, "Sở B", "h"),
        pair(scored("80"), scored("60"), 3, "Sở B"),
    )

    assert [(each["name"], each["size"], each["directions"]["down"]) for each in reported["agencies"]] == [
        ("Sở A", 1, 0), ("Sở B", 2, 1),
    ]  # fmt: skip
    assert [(each["name"], each["size"]) for each in reported["position_groups"]] == [("g", 2), ("h", 1)]


def test_the_ten_largest_moves_come_first_and_nobody_who_stays():
    pairs = [pair(scored("80"), scored(str(80 - number)), number) for number in range(1, 12)]
    reported = compared(*pairs, pair(scored("80"), scored("80"), 99))

    assert [each["place"] for each in reported["largest"]] == list(range(11, 1, -1))
    assert reported["largest"][0] == {
        "place": 11, "id": "Công chức 0011", "agency": "Sở A", "before": "80.00", "after": "69.00", "move": "-11.00",
        "before_level": "good", "after_level": "completed",
    }  # fmt: skip


def test_a_group_with_more_at_the_top_than_the_cap_allows_is_told_and_nobody_is_moved():
    reported = compared(*[pair(scored("80"), scored("95"), number) for number in range(1, 7)])

    assert reported["caps"]["before"] == []
    breach = reported["caps"]["after"][0]
    assert (breach["group"], breach["level"], breach["holders"], breach["allowed"]) == (
        ["Sở A", "g"],
        "excellent",
        6,
        1,
    )
    assert "20 × 6 ÷ (100 + 20)" in breach["sentence"]
    assert reported["levels"]["after"]["excellent"] == 6


def test_who_is_not_scored_is_listed_with_the_reason_or_the_problem():
    problem = Scored(None, None, "unreadable", problem=Problem("subjects[0].common", "over_max", {"limit": "30"}))
    reported = compared(pair(scored("80"), NOBODY, 1), pair(scored("80"), problem, 2))

    assert [(each["place"], each["status"], each["why"]) for each in reported["not_scored"]] == [
        (1, "insufficient_data", "Chưa đủ dữ liệu."), (2, "unreadable", ""),
    ]  # fmt: skip
    assert reported["not_scored"][1]["problem"] == {"path": "subjects[0].common", "code": "over_max",
                                                "params": {"limit": "30"}}  # fmt: skip

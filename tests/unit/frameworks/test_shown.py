"""A comparison on the screen: its sentence, its tables in the order that a reader wants, its drawing."""

from fractions import Fraction

import pytest
from django.utils import translation

from cms.frameworks.trials.chart import chart
from cms.frameworks.trials.comparison import compare
from cms.frameworks.trials.pairs import Pair, Scored
from cms.frameworks.trials.places import described_inputs
from cms.frameworks.trials.shown import Shown, headline, signed
from cms.scoring import shipped
from cms.scoring.problems import Problem

RULES = shipped.load("nd335")
EMPTY = [0] * 20


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with translation.override("vi"):
        yield


def shown(*levels: tuple[str | None, str | None, str]) -> Shown:
    """Return what is shown of people with these levels before and after, in these agencies."""
    totals = {"excellent": Fraction(95), "good": Fraction(80), "completed": Fraction(60), None: None}
    pairs = [
        Pair(place, f"Người {place}", agency, "g", *(Scored(totals[each], each, "scored") for each in sides))
        for place, (*sides, agency) in enumerate(levels, 1)
    ]
    return Shown(compare(pairs, RULES, RULES), "officer")


@pytest.mark.parametrize(
    ("directions", "subject", "reported"),
    [
        ({"up": 12, "down": 19, "other": 0}, "officer", "Trong 1.600 người, 31 người đổi mức: 12 lên, 19 xuống."),
        ({"up": 0, "down": 0, "other": 0}, "officer", "Trong 1.600 người, không ai đổi mức."),
        ({"up": 1, "down": 0, "other": 0}, "organisation", "Trong 1.600 tổ chức, 1 tổ chức đổi mức: 1 lên, 0 xuống."),
        (
            {"up": 0, "down": 0, "other": 3}, "organisation",
            "Trong 1.600 tổ chức, không tổ chức nào đổi mức. "
            "Ngoài ra 3 trường hợp chỉ có mức theo một trong hai khung.",
        ),
    ],
)  # fmt: skip
def test_the_headline_is_one_sentence_that_a_person_would_say(directions, subject, reported):
    assert headline({"size": 1600, "directions": directions}, subject) == reported


def test_the_matrix_holds_everybody_once():
    matrix = shown(("good", "excellent", "A"), ("good", "good", "A"), (None, "completed", "B")).matrix

    assert sum(cell.count for _name, cells in matrix for cell in cells) == 3
    assert [cell.count for cell in matrix[1][1]] == [1, 1, 0, 0, 0]
    assert [cell.stays for cell in matrix[1][1]] == [False, True, False, False, False]


def test_agencies_with_the_greatest_share_of_changes_come_first(db):
    rows = shown(
        ("good", "good", "Sở A"), ("good", "excellent", "Sở B"), ("good", "good", "Sở B"), ("good", None, "Sở C"),
        ("good", "good", ""),
    ).agencies  # fmt: skip

    assert [(row.name, row.changed, row.share) for row in rows] == [
        ("Sở C", 1, 100), ("Sở B", 1, 50), ("Không ghi cơ quan", 0, 0), ("Sở A", 0, 0),
    ]  # fmt: skip


def test_a_group_that_goes_beyond_the_cap_by_the_draft_stands_first(db):
    people = [("excellent", "good", "Sở A")] * 2 + [("good", "excellent", "Sở B")] * 3
    first, second = shown(*people).breaches

    assert (first.group, first.before, first.after) == ("Sở B · g", "", "3, tối đa 0")
    assert (second.group, second.before, second.after) == ("Sở A · g", "2, tối đa 0", "")


@pytest.mark.parametrize(("text", "reported"), [("-2,50", "−2,50"), ("2,50", "+2,50"), ("0", "0"), ("0,00", "0,00")])
def test_a_difference_carries_its_sign(text, reported):
    assert signed(text) == reported


def test_the_drawing_begins_where_people_are_and_ends_on_a_round_number():
    before, after = EMPTY[:], EMPTY[:]
    before[17], after[18], after[19] = 30, 7, 33
    drawn = chart(before, after)

    assert [band.label for band in drawn.bands] == ["85–90", "90–95", "95–100"]
    assert [line.count for line in drawn.grid] == [0, 10, 20, 30, 40]
    assert all(bar.y + bar.height == drawn.base for band in drawn.bands for bar in (band.before_bar, band.after_bar))
    assert drawn.bands[-1].after_bar.x + drawn.bands[-1].after_bar.width <= drawn.right


def test_a_drawing_of_nobody_is_a_drawing_all_the_same():
    assert [band.before for band in chart(EMPTY, EMPTY).bands] == [0]


def test_a_bar_of_twice_as_many_is_twice_as_high():
    before = EMPTY[:-2] + [10, 20]

    low, high = (band.before_bar.height for band in chart(before, EMPTY).bands)

    assert abs(high - 2 * low) <= 1


def test_problems_of_an_upload_are_told_by_person_line_and_field():
    problems = [
        Problem("subjects[1].work[2].assigned", "missing"),
        Problem("subjects[0].common.I.1", "over_max", {"limit": "5"}),
        Problem("subjects", "not_a_list"),
    ]

    reported = described_inputs(problems, {"subjects": ["hỏng", {"id": "An"}]})

    assert [each["place"] for each in reported] == [
        "Đối tượng thứ 2 (An) › Dòng công việc 3 › Được giao", "Đối tượng thứ 1 › Tiêu chí chung › I.1",
        "Cả tệp",
    ]  # fmt: skip

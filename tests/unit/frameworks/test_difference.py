"""The difference of two definitions: nothing is missed, and each change stands at a place that people know."""

import copy
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from cms.frameworks.difference import Change, compare
from cms.scoring import shipped
from cms.scoring.definition import write_definition


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def data_of(code: str = "nd335") -> dict[str, Any]:
    return copy.deepcopy(write_definition(shipped.load(code)))


def only(changes: list[Change]) -> Change:
    assert len(changes) == 1, changes
    return changes[0]


def test_the_same_definition_has_no_difference():
    for code in shipped.codes():
        assert compare(data_of(code), data_of(code)) == []


def test_a_changed_weight_stands_at_its_place():
    before, after = data_of("nghe-an"), data_of("nghe-an")
    indicator = after["sections"][1]["indicators"][1]
    before["sections"][1]["indicators"][1]["weight"] = "1"
    indicator["weight"] = "2.5"

    change = only(compare(before, after))

    assert change.place[0] == f"Section “{after['sections'][1]['title']}”"
    assert change.place[1].startswith(f"Indicator {indicator['code']} (")
    assert (change.kind, change.place[2], change.before, change.after) == ("changed", "Weight", "1", "2,5")


def test_weights_of_several_roles_are_told_apart():
    before, after = data_of(), data_of()
    for data, weight in ((before, "2"), (after, "3")):
        data["sections"][1]["indicators"][0]["weights"] = [
            {"position_groups": [], "roles": ["staff"], "weight": "1"},
            {"position_groups": [], "roles": ["head"], "weight": weight},
        ]

    change = only(compare(before, after))

    assert change.place[2:] == ("Weight for position groups or roles: Head", "Weight")
    assert (change.before, change.after) == ("2", "3")


def test_a_changed_band_of_days_late_stands_at_its_place():
    before, after = data_of(), data_of()
    for data, off in ((before, "10"), (after, "12.5")):
        data["work"]["late_counted"]["value"] = "days"
        data["work"]["late_bands"] = [{"from_days": "1", "points_off": "5"}, {"from_days": "4", "points_off": off}]

    change = only(compare(before, after))

    assert change.place == ("Rules of work", "Band of days late: from day 4", "Percent off the line")
    assert (change.before, change.after) == ("10", "12,5")
    after["work"]["late_bands"].pop()
    removed = only(compare(before, after))
    assert (removed.kind, removed.place) == ("removed", ("Rules of work", "Band of days late: from day 4"))
    assert [(each.label, each.text) for each in removed.lines] == [("Percent off the line", "10")]


def test_what_is_asked_where_points_are_cut_stands_at_its_place():
    before, after = data_of(), data_of()
    after["sections"][0]["criteria"][0]["asks_when_cut"] = "comment"

    change = only(compare(before, after))

    assert change.place[-1] == "Where points are cut, ask for"
    assert (change.before, change.after) == ("–", "a comment")
    whole = data_of() | {"marks": {"asks_when_cut": {"value": "both", "citation": "Kế hoạch"}}}
    assert [each.after for each in compare(data_of(), whole)] == ["a comment and evidence", "Kế hoạch"]


def test_a_changed_condition_on_a_score_stands_at_its_place():
    before, after = data_of(), data_of()
    for data, value in ((before, "25"), (after, "27.5")):
        score = {"of": "section", "code": data["sections"][0]["code"], "operator": ">=", "value": value}
        condition = {"title": "Tiêu chí chung", "any": [], "scores": [score]}
        data["classification"]["levels"][0]["conditions"] = [condition]

    change = only(compare(before, after))

    assert change.place[-2] == f"Points of “{data_of()['sections'][0]['title']}” ≥ 27,5"
    assert (change.place[-1], change.before, change.after) == ("Value", "25", "27,5")


def test_a_setting_tells_its_words_and_its_source_apart():
    before, after = data_of(), data_of()
    after["work"]["denominator"] = {"value": "completed", "citation": "Kế hoạch, mục II"}

    said, source = compare(before, after)

    assert said.place == ("Rules of work", "Quality and progress: divided by")
    assert (said.before, said.after) == ("divide by what was assigned", "divide by what was completed")
    assert source.place == (*said.place, "Legal source")
    assert source.after == "Kế hoạch, mục II"


def test_what_was_added_and_removed_tells_what_it_says():
    before, after = data_of("nghe-an"), data_of("nghe-an")
    gone = after["sections"][1]["indicators"].pop(0)
    new = {"code": "moi", "title": "Chỉ số mới", "measure": "outside", "weight": "3"}
    after["sections"][1]["indicators"].append(new)

    changes = compare(before, after)

    removed = next(each for each in changes if each.kind == "removed")
    added = next(each for each in changes if each.kind == "added")
    assert removed.place[-1].startswith(f"Indicator {gone['code']} (")
    assert added.place[-1] == "Indicator moi (Chỉ số mới)"
    assert {(line.label, line.text) for line in added.lines} >= {("Weight", "3")}


def test_another_order_is_a_difference_of_its_own():
    before, after = data_of(), data_of()
    after["sections"].reverse()

    change = only(compare(before, after))

    assert (change.kind, change.place) == ("moved", ("Order",))
    assert change.before.startswith("Section “Tiêu chí chung”; ")


def test_groups_outside_are_named_by_their_codes_alone():
    before, after = data_of("mau-01"), data_of("mau-01")
    after["sections"][0]["criteria"][0]["criteria"][0]["guidance"] = "Khác"

    change = only(compare(before, after))

    assert change.place[1] == f"Criterion {after['sections'][0]['criteria'][0]['code']}"
    assert change.place[2].endswith(")")


def test_position_groups_are_named_where_a_name_is_known():
    before, after = data_of(), data_of()
    after["applies_to"]["position_groups"] = ["mot-cua", "khac"]

    change = only(compare(before, after, groups={"mot-cua": "Một cửa"}))

    assert change.place == ("Position groups",)
    assert (change.before, change.after) == ("–", "Một cửa, khac")


def test_an_unfinished_draft_is_compared_as_far_as_it_can_be_read():
    before, after = data_of(), data_of()
    after["classification"] = None
    after["sections"][0]["max"] = "ba mươi"
    del after["rounding"]

    changes = compare(before, after)

    assert any(each.place[-1] == "Maximum points" and each.after == "–" for each in changes)
    assert sum(each.kind == "removed" for each in changes) > 4


@pytest.mark.parametrize("code", ["nghe-an", "truong-hoc"])
def test_no_changed_value_is_missed(code):
    """Change each value of a definition in turn; each has to show."""
    before = data_of(code)
    for path in itertools.islice(leaves(before), 0, None, 7):
        after = copy.deepcopy(before)
        changed = swap(after, path)
        if changed:
            assert compare(before, after), path


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield from leaves(data[key], (*path, key))
    if not keys:
        yield path


def swap(data: Any, path: tuple[Any, ...]) -> bool:
    """Put another value of the same kind at the path; False where a menu or a code allows no free one."""
    for key in path[:-1]:
        data = data[key]
    value = data[path[-1]]
    if isinstance(value, bool):
        data[path[-1]] = not value
    elif isinstance(value, str) and value.isdigit():
        data[path[-1]] = str(int(value) + 1)
    elif path[-1] in ("title", "citation", "guidance", "document", "label"):
        data[path[-1]] = f"{value} khác"
    else:
        return False
    return True

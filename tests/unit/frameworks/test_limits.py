"""An agency's own framework cannot loosen what the province holds, wherever in the definition that stands."""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cms.frameworks.limits import check, follow
from cms.scoring import shipped
from cms.scoring.definition import Definition, read_definition, write_definition

Path = tuple[str | int, ...]
BASE = "nghe-an"
OPEN = "result"
OWN_RULES = {
    "denominator": "completed",
    "failure_scope": "line",
    "points_off": "1",
    "floor": "90",
    "over_100": "aggregate",
}
# Another value of its kind; what is put in a list is put there beside what stands in it.
OTHER = {"str": "99", "bool": True, "NoneType": "99"}
# A base that ends: beside one without end any end of the agency's is within.
BASE_END = {"effective_to": "2027-12-31"}
DAYS = {"effective_from": "2020-01-01", "effective_to": "2099-01-01"}


def data_of(code: str = BASE, **opened: Any) -> dict[str, Any]:
    data = copy.deepcopy(write_definition(shipped.load(code))) | BASE_END
    return data | {"open_to_agencies": {"sections": [OPEN], "settings": [], **opened}}


def read(data: Any) -> Definition | None:
    return read_definition(data)[0]


def loosened(own: dict[str, Any], **opened: Any) -> list[str]:
    mine, base = read(own), read(data_of(**opened))
    assert mine
    assert base
    return [each.path for each in check(mine, base)]


def leaves(data: Any, path: Path = ()) -> Iterator[Path]:
    """Walk the places of all single values and empty lists."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if not inside or data == []:
        yield path
    for key, value in inside:
        yield from leaves(value, (*path, key))


def at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def is_the_agencys(path: Path) -> bool:
    """Say whether the place is the agency's to write: what this test, not the code, holds to be open."""
    if path[0] in ("code", "name", "legal_basis"):
        return True
    in_open = path[0] == "sections" and data_of()["sections"][path[1]]["code"] == OPEN
    return in_open and path[2] in ("title", "citation", "criteria", "indicators") and "work" not in path


def otherwise(value: Any, path: Path) -> Any:
    """Return other values for a place, of which the definition can read at least one."""
    if path[-1] in DAYS:
        return [DAYS[str(path[-1])]]
    if value == []:
        return [["denominator"], ["excellent"], ["common"], ["staff"], ["khac"]]
    words = ["unit", "line", "assigned", "completed", "aggregate", "mean", "points", "full", "zero", "rescale", "khac"]
    return [OTHER[type(value).__name__], False, "1", *words, "staff", "year", "month", "half", "good", "1.5", ">="]


@pytest.mark.parametrize("key", OWN_RULES)
@pytest.mark.parametrize("deep", [False, True])
def test_an_indicator_of_the_agency_has_the_rules_of_work_of_the_province(key: str, deep: bool):
    own = data_of()
    section = next(each for each in own["sections"] if each["code"] == OPEN)
    added = {"code": "rieng", "title": "Riêng", "measure": "work_quality", "work": {key: OWN_RULES[key]}}
    group = {"code": "nhom", "title": "Nhóm", "measure": "group", "indicators": [added]}
    section["indicators"].append(group if deep else added)

    (path,) = loosened(own)

    assert path.startswith(f"sections[1].indicators[{len(section['indicators']) - 1}]")
    assert path.endswith(f"work.{key}")


def test_what_the_province_opens_may_be_chosen_for_one_indicator_too():
    own = data_of()
    section = next(each for each in own["sections"] if each["code"] == OPEN)
    work = {"denominator": "completed"}
    section["indicators"].append({"code": "rieng", "title": "Riêng", "measure": "work_quality", "work": work})

    assert loosened(own, settings=["denominator"]) == []
    assert loosened(own) == [f"sections[1].indicators[{len(section['indicators']) - 1}].work.denominator"]


def test_points_for_what_does_not_apply_are_not_the_agencys_to_give():
    own = data_of()
    section = next(each for each in own["sections"] if each["code"] == OPEN)
    section["indicators"].append(
        {"code": "rieng", "title": "Riêng", "measure": "outside", "when_not_applicable": "full"}
    )

    assert [path.rpartition(".")[2] for path in loosened(own)] == ["when_not_applicable"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"overridable": ["denominator"]}, "overridable"),
        ({"effective_from": "2026-06-30"}, "effective_from"),
        ({"applies_to": {"categories": ["contract"]}}, "applies_to.categories"),
        ({"applies_to": {"categories": []}}, "applies_to.categories"),
        ({"open_to_agencies": {"sections": ["common", OPEN]}}, "open_to_agencies.sections"),
        ({"open_to_agencies": {"settings": ["over_100"]}}, "open_to_agencies.settings"),
    ],
)
def test_an_agency_cannot_widen_what_the_province_set(change: dict[str, Any], path: str):
    assert loosened(data_of() | change) == [path]


def test_the_agencys_framework_ends_with_that_of_the_province():
    base = read(data_of() | {"effective_to": "2027-12-31"})
    ends = {day: read(data_of() | {"effective_to": day}) for day in (None, "2027-12-31", "2028-01-01")}
    assert base

    refused = [day for day, own in ends.items() if own and check(own, base)]

    assert refused == [None, "2028-01-01"]


def test_narrower_and_later_is_the_agencys_to_choose():
    own = data_of() | {
        "code": "rieng", "name": "Riêng", "effective_from": "2026-08-01", "effective_to": "2027-01-01",
        "applies_to": {"categories": ["cadre"], "roles": ["staff"], "position_groups": ["mot-cua"]},
        "open_to_agencies": {"sections": [], "settings": []},
    }  # fmt: skip

    assert loosened(own) == []


BY_DAYS = {"late_counted": {"value": "days", "citation": "Kế hoạch, mục II"}}
BANDS = [{"from_days": "1", "points_off": "5"}, {"from_days": "4", "points_off": "10"}]


@pytest.mark.parametrize(
    ("shared", "mine"),
    [
        ([], BANDS),
        (BANDS, []),
        (BANDS, BANDS[:1]),
        (BANDS, [BANDS[0], {"from_days": "40", "points_off": "10"}]),
        (BANDS, [{"from_days": "1", "points_off": "0"}, BANDS[1]]),
    ],
)
def test_bands_of_days_late_are_the_provinces(shared: list[dict[str, str]], mine: list[dict[str, str]]):
    own, base = data_of(), data_of(settings=["denominator", "failure_scope", "over_100"])
    own["work"] |= BY_DAYS | {"late_bands": mine}
    base["work"] |= BY_DAYS | {"late_bands": shared}
    said, held = read(own), read(base)
    assert said
    assert held

    assert [(each.path, each.code) for each in check(said, held)] == [("work.late_bands", "outside_limits")]
    assert follow(said, held, datetime.date(2026, 7, 1))["work"] == write_definition(held)["work"]
    assert check(held, held) == []


PLACES = sorted((path for path in leaves(data_of()) if path and not is_the_agencys(path)), key=str)
NARROWED = ("applies_to", "open_to_agencies")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(PLACES), st.randoms(use_true_random=False))
@example(("effective_from",), random.Random(1))
@example(("effective_to",), random.Random(1))
def test_no_value_that_the_province_holds_can_be_another_at_any_depth(path: Path, chance: Any):
    own = data_of()
    place, key = at(own, path[:-1]), path[-1]
    same = own["work"][key]["value"] if "indicators" in path and key in own["work"] else place[key]
    tries = [value for value in otherwise(place[key], path) if value not in (place[key], same)]
    chance.shuffle(tries)

    for value in tries:
        place[key] = value
        mine, base = read(own), read(data_of())
        if mine and base and mine != base and path[0] not in NARROWED:
            assert check(mine, base), f"{path} became {value}"
            return


def test_the_places_that_are_tried_reach_every_part_of_a_definition():
    reported = {str(path[0]) for path in PLACES}

    assert reported == set(data_of()) - {"code", "name", "legal_basis"}
    assert any("work" in path and "indicators" in path for path in PLACES)


# What is asked where points are cut


def asking(whole: str | None = None, section: str | None = None, **asked: str) -> dict[str, Any]:
    """Return the base with its common section open, asking by the whole, that section and its criteria."""
    data = data_of(sections=["common"])
    if whole:
        data["marks"] = {"asks_when_cut": {"value": whole, "citation": "Kế hoạch"}}
    common = data["sections"][0] | ({"asks_when_cut": section} if section else {})
    common["criteria"] = [
        each | ({"asks_when_cut": asked[each["code"]]} if each["code"] in asked else {}) for each in common["criteria"]
    ]
    return data | {"sections": [common, *data["sections"][1:]]}


def limited(own: dict[str, Any], base: dict[str, Any]) -> list[tuple[str, str]]:
    mine, shared = read(own), read(base)
    assert mine
    assert shared
    return [(each.path, each.code) for each in check(mine, shared)]


def test_an_agency_asks_at_least_what_the_province_asks():
    base, first = asking("comment"), data_of()["sections"][0]["criteria"][0]["code"]

    assert limited(asking("comment", **{first: "both"}), base) == []
    for less in ("nothing", "evidence"):
        found = limited(asking("comment", **{first: less}), base)
        # The first is a group: each criterion in it is told.
        assert found[0] == ("sections[0].criteria[0].criteria[0].asks_when_cut", "asks_less_than_base")
        assert {path.partition("].criteria")[2][:4] for path, _code in found} == {"[0]."}
    assert {code for _path, code in limited(asking(), asking(**{first: "comment"}))} == {"asks_less_than_base"}


_NEEDS = {"nothing": set(), "comment": {"comment"}, "evidence": {"evidence"}, "both": {"comment", "evidence"}}
_GROUPS = [each["code"] for each in data_of()["sections"][0]["criteria"]]
_WORDS = st.fixed_dictionaries({}, optional={code: st.sampled_from(sorted(_NEEDS)) for code in _GROUPS})


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(_WORDS, _WORDS, st.sampled_from([None, *sorted(_NEEDS)]))
def test_less_is_asked_exactly_where_it_is_told(mine: dict[str, str], shared: dict[str, str], whole: str | None):
    fewer = [
        index
        for index, code in enumerate(_GROUPS)
        if not _NEEDS[shared.get(code, whole or "nothing")] <= _NEEDS[mine.get(code, whole or "nothing")]
    ]

    found = limited(asking(whole, **mine), asking(whole, **shared))

    assert {int(path.partition("criteria[")[2].partition("]")[0]) for path, _code in found} == set(fewer)
    assert {code for _path, code in found} <= {"asks_less_than_base"}


def test_the_defaults_of_the_province_stay_as_they_are_written_or_not():
    assert limited(asking("both"), asking()) == [("marks", "outside_limits")]
    assert limited(asking(), asking("both")) == [("marks", "outside_limits")]
    assert limited(asking("comment"), asking("both"))[0] == ("marks", "outside_limits")
    assert limited(asking(section="both"), asking()) == [("sections[0]", "section_outside_limits")]
    assert limited(asking(), asking(section="both")) == [("sections[0]", "section_outside_limits")]


def test_a_criterion_of_the_agencys_own_is_asked_what_the_section_is():
    base, own = asking("comment"), asking("comment")
    last = own["sections"][0]["criteria"][-1]
    own["sections"][0]["criteria"][-1] = last | {"code": "rieng", "criteria": [], "asks_when_cut": "nothing"}

    assert limited(own, base)[-1][1] == "asks_less_than_base"


def test_what_follows_a_base_that_asks_is_within_it():
    own, base = read(asking()), read(asking("both", "comment"))
    assert own
    assert base

    assert limited(follow(own, base, datetime.date(2026, 8, 1)), asking("both", "comment")) == []
    assert limited(follow(base, own, datetime.date(2026, 8, 1)), asking()) == []


# Following a base that moves


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"effective_to": "2026-12-31"},
        {"applies_to": {"categories": ["cadre"], "roles": ["staff"], "position_groups": []}},
        {"open_to_agencies": {"sections": [], "settings": []}, "overridable": []},
        {"open_to_agencies": {"sections": [OPEN], "settings": ["denominator"]}},
        {"sections": lambda data: list(reversed(data["sections"]))},
        {"sections": lambda data: [each for each in data["sections"] if each["code"] != OPEN]},
        {"classification": lambda data: {**data["classification"], "levels": data["classification"]["levels"][1:]}},
    ],
)
def test_what_follows_a_base_is_within_its_limits_and_keeps_what_is_the_agencys(moved: dict[str, Any]):
    base = data_of()
    base |= {key: value(base) if callable(value) else value for key, value in moved.items()}
    own = data_of(settings=["denominator"]) | {"code": "rieng", "name": "Riêng", "overridable": ["denominator"]}
    own["applies_to"] = {"categories": ["contract", "cadre"], "roles": ["head"], "position_groups": ["mot-cua"]}
    own["work"]["denominator"]["value"] = "completed"
    opened = next(each for each in own["sections"] if each["code"] == OPEN)
    opened["indicators"].append({"code": "rieng", "title": "Riêng", "measure": "outside", "weight": "20"})
    mine, shared = read(own), read(base)
    assert mine
    assert shared

    data = follow(mine, shared, datetime.date(2026, 7, 1))
    followed = read(data)

    assert followed
    assert check(followed, shared) == []
    assert (data["code"], data["name"], data["effective_from"]) == ("rieng", "Riêng", "2026-07-01")
    kept = any(each["indicators"][-1:] and each["indicators"][-1]["code"] == "rieng" for each in data["sections"])
    open_codes = base["open_to_agencies"]["sections"]
    assert kept == any(each["code"] == OPEN and OPEN in open_codes for each in base["sections"])
    assert (data["work"]["denominator"]["value"] == "completed") == (
        "denominator" in base["open_to_agencies"]["settings"]
    )

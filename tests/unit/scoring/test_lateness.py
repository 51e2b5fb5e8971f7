"""Lateness by bands of days: what a band takes, what a line must say, and that every way of scoring agrees."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.scoring import batch, engine
from cms.scoring.canonical import content_hash
from cms.scoring.conformity import departures
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.document import document
from cms.scoring.exact import to_text
from cms.scoring.inputs import read_subjects, write_subject
from cms.scoring.receipt import receipt
from cms.scoring.validation import check
from tests.unit.scoring import cases, naive, recompute
from tests.unit.scoring.definitions import decree, decree_data, define
from tests.unit.scoring.scored import codes, indicators, percents, problems_of, scored
from tests.unit.scoring.test_batch import outcomes, plain_people, scored_by_engine
from tests.unit.scoring.test_properties import often, seeds

BY_DAYS = {"value": "days", "citation": "Kế hoạch của tỉnh, mục II"}
# 1–3 days: 5 %; 4–7: 10 %; from 8 on: 25 %.
BANDS = [{"from_days": first, "points_off": off} for first, off in (("1", "5"), ("4", "10"), ("8", "25"))]
WORK = {"late_counted": BY_DAYS, "late_bands": BANDS}
PROGRESS = {"code": "c", "measure": "work_progress"}
FORM = indicators(PROGRESS, work=WORK)
PLAIN, DAILY = indicators(PROGRESS), indicators(PROGRESS, work={"late_counted": BY_DAYS})
LINE = {"assigned": "10", "completed": "10", "coefficient": "1"}


def late(days, **more):
    return {**LINE, "days_late": days, **more}


def progress(*lines, form=FORM, **more):
    return percents(scored(form, work=list(lines), **more))["c"]


# What a band takes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "left"), [(0, 100), (1, 95), (3, 95), (4, 90), (7, 90), (8, 75), (400, 75)])
def test_the_band_in_which_the_days_fall_takes_its_percentage_of_the_line(days, left):
    assert progress(late(days)) == left


def test_how_many_times_and_the_scope_of_failures_do_not_matter():
    assert progress(late(5, late_occurrences=3)) == 90
    for scope in ("unit", "line"):
        form = indicators({**PROGRESS, "work": {"failure_scope": scope}}, work=WORK)
        assert progress(late(5), form=form) == 90


def test_quality_is_as_ever():
    form = indicators({"code": "b", "measure": "work_quality"}, work=WORK)
    assert percents(scored(form, work=[late(9, quality_failures=2)]))["b"] == 95


def test_the_floor_holds_what_days_take():
    form = indicators({**PROGRESS, "work": {"floor": "80"}}, work=WORK)
    assert progress(late(5), form=form) == 90
    assert progress(late(9), form=form) == 80


def test_bands_of_any_decimals_are_exact():
    bands = [{"from_days": "1", "points_off": "33.3333"}, {"from_days": "2", "points_off": "66.6667"}]
    form = indicators(PROGRESS, work={**WORK, "late_bands": bands})
    assert progress(late(1), form=form) == 100 - Fraction("33.3333")
    assert progress(late(1), late(2), form=form) == 50


def test_what_is_excused_takes_nothing_and_needs_no_days():
    assert progress(late(9, late_exempt=True)) == 100
    assert progress({**LINE, "late_occurrences": 2, "late_exempt": True}) == 100


def test_without_bands_each_late_day_counts_as_a_time():
    assert progress(late(3), form=DAILY) == Fraction(925, 10)
    assert progress(late(3, late_occurrences=1), form=DAILY) == Fraction(925, 10)
    assert progress({**LINE, "late_occurrences": 2}, form=DAILY) == 95
    (row,) = receipt(scored(DAILY, work=[late(3)]))["steps"][0]["rows"]
    assert row[9:] == ["1 × (10 − 3 × 25%) = 9,25", "Chậm 3 ngày"]


# What a line must say ---------------------------------------------------------------------------------------------


def test_a_late_line_without_its_days_blocks_and_is_named():
    lines = [LINE, {**LINE, "late_occurrences": 1}, late(3), {**LINE, "late_occurrences": 2, "days_late": None}]
    score = scored(FORM, work=lines)
    assert (score.status, score.total, codes(score)) == ("blocked", None, ["late_days_missing"])
    assert score.reasons[0].what == "2, 4"
    (step,) = [each for each in receipt(score)["steps"] if each["code"] == "c"]
    assert step["note"].startswith("Chưa có số ngày chậm của dòng công việc 2, 4;")


def test_only_the_first_few_lines_without_days_are_named():
    score = scored(FORM, work=[{**LINE, "late_occurrences": 1}] * 30)
    assert score.reasons[0].what == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …"


def test_nobody_asks_for_days_that_do_not_count():
    late_line = {**LINE, "late_occurrences": 1}
    assert scored(indicators(PROGRESS), work=[late_line]).status == "scored"
    assert scored(indicators({"code": "a", "measure": "work_quantity"}, work=WORK), work=[late_line]).status == "scored"
    assert scored(FORM, indicators={"c": "90"}).status == "scored"


@pytest.mark.parametrize(
    ("form", "line", "code"),
    [
        (FORM, {"days_late": 0, "late_occurrences": 1}, "late_contradiction"),
        (FORM, {"days_late": 3, "late_occurrences": 0}, "late_contradiction"),
        (FORM, {"days_late": 3, "late_occurrences": 0, "late_exempt": True}, "late_contradiction"),
        (FORM, {"days_late": 3, "late_occurrences": 2}, None),
        (FORM, {"days_late": 3, "late_occurrences": None}, None),
        (FORM, {"days_late": 0}, None),
        (PLAIN, {"days_late": 3}, "late_times_missing"),
        (PLAIN, {"days_late": 3, "late_occurrences": 0}, "late_contradiction"),
        (PLAIN, {"days_late": 3, "late_occurrences": 1}, None),
        (PLAIN, {"days_late": 0}, None),
        (DAILY, {"days_late": 3}, None),
        (DAILY, {"days_late": 3, "late_occurrences": 1}, None),
        (DAILY, {"days_late": 0, "late_occurrences": 1}, "late_contradiction"),
        (FORM, {"days_late": "1.5"}, "not_a_count"),
        (FORM, {"days_late": -1}, "not_a_count"),
        (FORM, {"days_late": True}, "not_a_count"),
    ],
)
def test_days_and_times_that_cannot_both_be_so_are_named(form, line, code):
    found = problems_of(form, {"role": "staff", "work": [LINE, {**LINE, **line}]})
    assert found == ([("subjects[0].work[1].days_late", code)] if code else [])


@pytest.mark.parametrize("work", ["x", {"a": 1}, ["x", None, 3], [[]], [{"days_late": 2}]])
def test_work_that_is_no_work_is_told_and_no_more(work):
    assert problems_of(FORM, {"role": "staff", "work": work})


def test_days_come_back_as_they_were_given_and_nothing_is_not_zero():
    lines = [late(0), late(4), LINE, late(2, late_occurrences=1, late_exempt=True, exemption="Bão")]
    (subject,), _problems = read_subjects([{"role": "staff", "work": lines}], FORM)
    assert [line.days_late for line in subject.work] == [0, 4, None, 2]
    assert write_subject(subject)["work"] == lines
    assert read_subjects([write_subject(subject)], FORM) == ([subject], [])


@pytest.mark.parametrize("line", [late(2), late(2, late_occurrences=1), {**LINE, "late_occurrences": 1}])
def test_a_line_with_days_is_late_in_every_figure(line):
    data = decree_data(work=WORK)
    comparison = {"metric": "late_pct", "operator": "<=", "value": "49"}
    data["classification"]["levels"][0]["conditions"] = [{"title": "Ít việc chậm", "any": [comparison]}]
    definition = define(data)
    assert engine.figures([*read(definition, [line, LINE])], ["late_pct", "on_time_pct"]) == {
        "late_pct": 50,
        "on_time_pct": 50,
    }
    assert engine.figures([*read(definition, [{**line, "late_exempt": True}, LINE])], ["late_pct"]) == {"late_pct": 0}


def read(definition, work):
    (subject,), problems = read_subjects([{"role": "staff", "work": work}], definition)
    assert not problems
    return subject.work


# The definition ---------------------------------------------------------------------------------------------------


def test_a_framework_without_bands_keeps_its_bytes():
    written = write_definition(decree())
    assert "late_bands" not in written["work"]
    assert content_hash(write_definition(read_definition(written)[0])) == content_hash(written)


def test_a_framework_with_bands_is_written_and_read_again():
    written = write_definition(FORM)
    assert written["work"]["late_bands"] == BANDS
    assert read_definition(written) == (FORM, [])


def faults(bands, late_counted=BY_DAYS):
    work = {
        "late_counted": late_counted,
        "late_bands": [{"from_days": first, "points_off": off} for first, off in bands],
    }
    return {(each.path, each.code) for each in check(decree(work=work)) if "late" in each.path}


def test_bands_without_gap_overlap_or_relief_are_good():
    assert not faults([("1", "5"), ("4", "10"), ("8", "25")])
    assert not faults([("1", "0"), ("3", "100")])


@pytest.mark.parametrize(
    ("bands", "place", "code"),
    [
        ([("2", "5")], "[0].from_days", "late_bands_not_from_day_one"),
        ([("1", "5"), ("1", "10")], "[1].from_days", "late_bands_not_ascending"),
        ([("1", "5"), ("8", "10"), ("4", "25")], "[2].from_days", "late_bands_not_ascending"),
        ([("1", "5"), ("4", "5")], "[1].points_off", "late_band_not_more"),
        ([("1", "25"), ("4", "5")], "[1].points_off", "late_band_not_more"),
    ],
)
def test_what_is_wrong_with_bands_is_told_where_it_is(bands, place, code):
    assert faults(bands) == {(f"work.late_bands{place}", code)}


def test_bands_without_days_are_refused():
    times = {"value": "occurrences", "citation": "Điều 14"}
    assert faults([("1", "5")], times) == {("work.late_bands", "late_bands_without_days")}


@pytest.mark.parametrize(
    ("band", "path", "code"),
    [
        ({"from_days": "1.5", "points_off": "5"}, "from_days", "too_many_decimals"),
        ({"from_days": "0", "points_off": "5"}, "from_days", "too_small"),
        ({"from_days": "1", "points_off": "-5"}, "points_off", "too_small"),
        ({"from_days": "1", "points_off": "100.01"}, "points_off", "too_large"),
        ({"from_days": "1"}, "points_off", "missing"),
        ({"from_days": "1", "points_off": "5", "to_days": "3"}, "to_days", "unknown_key"),
    ],
)
def test_bands_that_cannot_be_read_are_told(band, path, code):
    _none, problems = read_definition(decree_data(work={**WORK, "late_bands": [band]}))
    assert [(each.path, each.code) for each in problems] == [(f"work.late_bands[0].{path}", code)]


def test_bands_depart_from_the_decree_and_it_is_said_how():
    (found,) = [each for each in departures(decree(work=WORK)) if each.code == "late_bands"]
    assert (found.article, found.path) == ("Điều 14", "work.late_bands")
    assert found.framework == (
        "việc chậm bị trừ một lần theo số ngày chậm: 1–3 ngày trừ 5%; 4–7 ngày trừ 10%; từ 8 ngày trừ 25%"
    )
    assert not [each for each in departures(decree()) if each.code.startswith("late")]


# The receipt ------------------------------------------------------------------------------------------------------


def test_the_receipt_says_which_band_how_many_days_and_what_went_off():
    reported = receipt(scored(FORM, work=[late(5, title="Báo cáo"), late(9), late(30, late_exempt=True), LINE]))
    steps = {step["code"]: step for step in reported["steps"]}
    assert "theo số ngày chậm: 1–3 ngày trừ 5%; 4–7 ngày trừ 10%; từ 8 ngày trừ 25%." in steps["lines"]["rule"]
    assert steps["lines"]["citation"].endswith("; Kế hoạch của tỉnh, mục II")
    first, second, excused, plain = steps["lines"]["rows"]
    assert first[9:] == ["1 × 10 × (100% − 10%) = 9", "Chậm 5 ngày (4–7 ngày trừ 10%)"]
    assert second[9:] == ["1 × 10 × (100% − 25%) = 7,5", "Chậm 9 ngày (từ 8 ngày trừ 25%)"]
    assert excused[9:] == ["10", "Chậm 30 ngày: nguyên nhân khách quan đã được xác nhận, không trừ"]
    assert plain[9:] == ["10", ""]
    assert steps["lines"]["totals"][9] == "36,5"
    assert reported["left_out"][0]["what"] == "Dòng 3: chậm 30 ngày"
    (setting,) = [each for each in reported["settings"] if each["code"] == "late_bands"]
    assert setting["text"] == "1–3 ngày trừ 5%; 4–7 ngày trừ 10%; từ 8 ngày trừ 25%"
    assert setting["citation"] == BY_DAYS["citation"]
    assert document(reported)


def test_a_floor_that_holds_what_days_take_is_told():
    form = indicators({**PROGRESS, "work": {"floor": "80"}}, work=WORK)
    steps = {step["code"]: step for step in receipt(scored(form, work=[late(9)]))["steps"]}
    (row,) = steps["lines"]["rows"]
    assert row[9:] == ["1 × 10 × (100% − 25%) → 8", "Chậm 9 ngày (từ 8 ngày trừ 25%); đã trừ đến mức thấp nhất"]


def test_a_line_without_days_leaves_its_cell_and_the_sum_open():
    form = indicators({"code": "a", "measure": "work_quantity"}, PROGRESS, work=WORK)
    steps = {
        step["code"]: step for step in receipt(scored(form, work=[{**LINE, "late_occurrences": 1}, late(5)]))["steps"]
    }
    assert steps["lines"]["rows"][0][9:] == ["", "Chậm 1 lần, chưa có số ngày chậm"]
    assert steps["lines"]["totals"][7:10] == ["20", "20", ""]


def test_every_row_and_indicator_of_a_receipt_can_be_worked_out_from_its_text():
    chance = random.Random(42)
    for _each in range(40):
        work = [{**cases.random_line(chance), "assigned": "3.5"} for _line in range(chance.choice([1, 2, 4, 7]))]
        for line in work:
            line["days_late"] = chance.choice([1, 3, 4, 8, 31]) if line["late_occurrences"] else 0
        steps = {step["code"]: step for step in receipt(scored(FORM, work=work))["steps"]}
        assert sum(recompute.outcome(row[9]) for row in steps["lines"]["rows"]) == recompute.number(
            steps["lines"]["totals"][9]
        )
        recompute.check(steps["c"]["arithmetic"])


# Every way agrees -------------------------------------------------------------------------------------------------


@st.composite
def tables(draw):
    """Draw a table of bands that makes sense."""
    begins = sorted(draw(st.sets(st.integers(2, 40), max_size=4)))
    offs = sorted(draw(st.sets(st.integers(0, 1_000_000), min_size=len(begins) + 1, max_size=len(begins) + 1)))
    pairs = zip([1, *begins], offs, strict=True)
    bands = [{"from_days": str(first), "points_off": to_text(Fraction(off, 10_000))} for first, off in pairs]
    return draw(st.sampled_from([bands, bands, bands, []]))


def with_days(chance, person):
    """Give the lines of a person the days that they are late; here and there nobody knows them."""
    for line in person.get("work") or []:
        days = chance.choice([1, 2, 3, 5, 9, 40]) if line["late_occurrences"] else 0
        line["days_late"] = None if chance.random() < 0.03 else days
        if days and chance.random() < 0.5 and line["days_late"]:
            del line["late_occurrences"]
    return person


def framework_with(chance, bands, make):
    framework = make(chance)
    framework["work"] |= {"late_counted": BY_DAYS, "late_bands": bands}
    return framework


@often
@given(seeds, tables())
def test_the_engine_and_the_naive_scoring_agree(seed, bands):
    chance = random.Random(seed)
    framework = framework_with(chance, bands, cases.random_framework)
    definition = define(framework)
    assert not check(definition)
    written = write_definition(definition)
    for _each in range(5):
        person, chosen = with_days(chance, cases.random_person(chance, framework)), cases.random_settings(chance)
        (subject,), problems = read_subjects([person], definition)
        assert not problems
        found, expected = engine.score(definition, subject, settings=chosen), naive.score(written, person, chosen)
        assert (found.status, found.total, found.level) == (expected.status, expected.total, expected.level)
        if found.total is not None:
            assert {each.section.code: each.points for each in found.sections} == expected.sections


@often
@given(seeds, tables())
def test_columns_agree_with_the_engine_to_the_digit(seed, bands):
    chance = random.Random(seed)
    framework = framework_with(chance, bands, cases.plain_framework)
    definition, chosen = define(framework), cases.random_settings(chance)
    assert batch.supports(definition)
    people = [with_days(chance, person) for person in plain_people(chance, framework, 20)]
    subjects, problems = read_subjects(people, definition)
    assert not problems
    assert outcomes(definition, subjects, chosen) == scored_by_engine(definition, subjects, chosen)


@settings(max_examples=100, deadline=None)
@given(tables(), st.integers(0, 60), st.integers(0, 60), st.sampled_from(["0", "12.5", "66.6667"]))
def test_more_days_never_leave_more_and_nothing_falls_below_the_floor(bands, days, more, floor):
    form = indicators({**PROGRESS, "work": {"floor": floor}}, work={**WORK, "late_bands": bands})
    before, after = progress(late(days), form=form), progress(late(days + more), form=form)
    assert Fraction(floor) <= after <= before <= 100
    assert not bands or after >= 100 - max(Fraction(band["points_off"]) for band in bands)

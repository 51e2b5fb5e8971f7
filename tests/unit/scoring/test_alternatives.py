"""What would have made a score another one, held against scores of the changed inputs themselves."""

from fractions import Fraction

from cms.scoring.alternatives import CASES, WORK, alternatives
from cms.scoring.check_code import check_code, read_check_code
from tests.unit.scoring.definitions import decree
from tests.unit.scoring.scored import LINE, scored

LATE = LINE | {"assigned": "2", "completed": "2", "late_occurrences": 1, "title": "Báo cáo"}
FAULTY = LINE | {"quality_failures": 1, "title": "Quyết định"}


def test_each_fault_is_taken_away_by_itself_and_calculated_again():
    form = decree()
    base = scored(form, common="27.5", work=[LATE, FAULTY])

    found = {each.sentence: each for each in alternatives(base)}

    on_time = scored(form, common="27.5", work=[LATE | {"late_occurrences": 0}, FAULTY])
    assert found["Nếu “Báo cáo” hoàn thành đúng hạn"].total == on_time.total
    everything = [LATE | {"late_occurrences": 0}, FAULTY | {"completed": "10", "quality_failures": 0}]
    whole = found["Nếu mọi công việc đều hoàn thành đủ, đúng hạn và đạt chất lượng"]
    assert (whole.total, whole.level) == (Fraction("97.5"), scored(form, common="27.5", work=everything).level)
    assert found["Nếu các tiêu chí chung đạt điểm tối đa (30)"].gain == Fraction("2.5")
    assert all(each.total - base.total == each.gain > 0 for each in found.values())
    gains = [each.gain for each in alternatives(base)]
    assert gains == sorted(gains, reverse=True)


def test_what_was_excused_would_change_nothing():
    excused = LATE | {"late_exempt": True, "exemption": "Mưa bão"}
    found = alternatives(scored(decree(), common="30", work=[excused]))
    assert not [each for each in found if each.kind == WORK]


def test_a_case_changes_the_level_and_not_the_points():
    form = decree()
    base = scored(form, common="30", work=[LINE | {"completed": "10"}], flags=["disciplined"])
    (case,) = alternatives(base)
    assert (case.kind, case.gain, base.level, case.level) == (CASES, 0, "not_completed", "excellent")
    assert alternatives(scored(form, common={"I": "9", "II": "9"}, work=[LINE])) == []


def test_a_code_is_read_as_it_is_written_and_as_people_type_it():
    code = check_code("sha256:" + "0123456789abcdef" * 4)
    assert code == "0123-4567-89AB-CDEF-0123"
    assert {read_check_code(code), read_check_code("0123 4567 89ab cdef 0123")} == {"sha256:0123456789abcdef0123"}
    assert read_check_code("0123-4567") is None

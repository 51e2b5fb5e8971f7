"""How many may hold a level: the allowance, the ranking, ties, groups, and that nobody is demoted."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.scoring.caps import Classified, allowance, rank
from cms.scoring.definition.classification import Cap
from cms.scoring.shape import Setting
from tests.unit.scoring.definitions import GOLDEN


def cap(rate: str = "20", base: str = "good_only", groups: tuple[str, ...] = (), small: str = "as_computed") -> Cap:
    return Cap(rate=Setting(Fraction(rate)), base=Setting(base), groups=Setting(groups), small_groups=Setting(small))


def people(*totals: str, level: str | None = "excellent", agency: str = "A", **more: str) -> list[Classified]:
    letters = "abcdefghij"
    return [
        Classified(f"{agency}{level}{letters[i]}", Fraction(total), level, agency, **more)
        for i, total in enumerate(totals)
    ]


def standing(result) -> list[tuple[str, int, str]]:
    return [(str(each.total), each.rank, each.standing) for each in result.groups[0].ranked]


@pytest.mark.parametrize("case", GOLDEN["caps"], ids=lambda case: f"{case['id']}-{case['rate']}-{case['base']}")
def test_allowances_of_the_golden_file(case):
    assert allowance(cap(str(case["rate"]), case["base"]), case["eligible"]) == case["expect_max"]


def test_the_exception_has_its_own_rate():
    assert allowance(Cap(), 30) == 5
    assert allowance(Cap(), 30, exception=True) == 6


@settings(max_examples=60)
@given(eligible=st.integers(0, 5_000), rate=st.integers(1, 100), tenths=st.integers(0, 9))
def test_the_allowance_is_the_most_that_keeps_the_rule(eligible, rate, tenths):
    exact = min(Fraction(rate) + Fraction(tenths, 10), Fraction(100))
    strict = allowance(cap(str(exact)), eligible)
    assert strict * 100 <= exact * (eligible - strict)
    assert (strict + 1) * 100 > exact * (eligible - strict - 1)
    inclusive = allowance(cap(str(exact), "good_or_better"), eligible)
    assert inclusive * 100 <= exact * eligible < (inclusive + 1) * 100


def test_people_are_ranked_by_total_and_the_line_is_drawn():
    result = rank(cap(), people("95", "91", "93") + people(*["75"] * 9, level="good"))
    assert result.groups[0].allowance == 2
    assert standing(result) == [("95", 1, "within"), ("93", 2, "within"), ("91", 3, "over")]
    assert result.groups[0].breached


def test_equal_totals_stay_equal_on_the_line():
    result = rank(cap(), people("95", "92", "92", "91") + people(*["75"] * 8, level="good"))
    assert standing(result) == [
        ("95", 1, "within"),
        ("92", 2, "on_the_line"),
        ("92", 2, "on_the_line"),
        ("91", 4, "over"),
    ]


def test_equal_totals_that_all_fit_are_within():
    result = rank(cap(), people("92", "92") + people(*["75"] * 10, level="good"))
    assert [each.standing for each in result.groups[0].ranked] == ["within", "within"]
    assert not result.groups[0].breached


def test_where_none_may_hold_the_level_all_are_over():
    result = rank(cap(), people("92", "92") + people("75", "75", level="good"))
    assert (result.groups[0].allowance, [each.standing for each in result.groups[0].ranked]) == (0, ["over", "over"])


def test_the_disqualified_and_the_lower_levels_do_not_count():
    low = people("95", level="not_completed") + people("60", "61", level="completed")
    assert rank(cap(), people("92") + low).groups[0].eligible == 1


def test_those_not_decided_are_named_and_not_counted():
    group = rank(cap(), people("92") + people("91", level=None)).groups[0]
    assert (group.eligible, group.undecided) == (1, ("ANonea",))
    assert "Chưa tính 1 trường hợp" in group.sentence


def test_groups_follow_the_setting():
    staff = people("92", agency="A", position_group="x") + people("93", agency="A", position_group="y")
    other = people("94", agency="B", position_group="x")

    def keys(*groups: str) -> list[tuple[str, ...]]:
        return [group.key for group in rank(cap(groups=groups), staff + other).groups]

    assert keys("agency", "position_group") == [("A", "x"), ("A", "y"), ("B", "x")]
    assert keys("agency") == [("A",), ("B",)]
    assert keys("position_group") == [("x",), ("y",)]
    assert keys() == [()]


def test_small_groups_are_pooled_only_where_a_decision_may_do_so():
    pooled = people("92", agency="A", pool="P") + people("93", agency="B", pool="P")
    assert len(rank(cap(groups=("agency",)), pooled).groups) == 2
    (group,) = rank(cap(groups=("agency",), small="pooled_by_decision"), pooled).groups
    assert (group.key, group.eligible) == (("P",), 2)


def test_an_exception_raises_the_rate_of_its_agency_only():
    both = [
        each
        for agency in "AB"
        for each in people("92", agency=agency) + people(*["75"] * 4, level="good", agency=agency)
    ]
    result = rank(cap("10", groups=("agency",)), both, exceptions={"A": "Quyết định 12/QĐ-UBND"})
    assert [(group.allowance, group.exception) for group in result.groups] == [(1, "Quyết định 12/QĐ-UBND"), (0, "")]
    assert rank(cap("10"), both, exceptions={"A": "Quyết định 12/QĐ-UBND"}).groups[0].exception == ""


def test_the_sentence_says_the_arithmetic_the_breach_and_the_tie():
    result = rank(cap(), people("95", "92", "92") + people(*["75"] * 9, level="good"))
    assert result.groups[0].sentence == (
        "12 trường hợp được tính làm cơ sở; tối đa 2 trường hợp “Hoàn thành xuất sắc nhiệm vụ” "
        "(20 × 12 ÷ (100 + 20), làm tròn xuống). "
        "Có 3 trường hợp đạt mức này theo điểm và điều kiện, vượt 1; không tự hạ mức của ai, cấp có thẩm quyền "
        "quyết định và ghi lý do. "
        "2 trường hợp bằng điểm nhau (92,00 điểm) trong khi chỉ còn 1; cấp có thẩm quyền lựa chọn."
    )


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(50, 60), st.sampled_from(["excellent", "good", None])), max_size=12), st.randoms()
)
def test_order_never_matters_and_everyone_with_the_level_is_shown(drawn, random):
    group = [Classified(str(i), Fraction(total), level) for i, (total, level) in enumerate(drawn)]
    shuffled = random.sample(group, len(group))
    assert rank(cap(), group) == rank(cap(), shuffled)
    shown = {each.id for found in rank(cap(), group).groups for each in found.ranked}
    assert shown == {person.id for person in group if person.level == "excellent"}

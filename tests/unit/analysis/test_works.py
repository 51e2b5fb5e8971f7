"""Which things are one work: judged pairs before guessed ones, and nothing joined that was judged apart."""

from hypothesis import given
from hypothesis import strategies as st

from cms.analysis.works import join_works


def test_what_is_alike_joins_and_is_marked_as_guessed():
    works, guessed = join_works(4, [], [], [(0, 1)])

    assert works[0] == works[1] and len(set(works)) == 3
    assert guessed == {works[0]}


def test_what_was_judged_joins_without_a_mark_and_a_guess_adds_one():
    works, guessed = join_works(3, [(0, 1)], [], [(0, 1)])
    assert works[0] == works[1] and not guessed

    works, guessed = join_works(3, [(0, 1)], [], [(1, 2)])
    assert len(set(works)) == 1 and guessed == set(works)


def test_what_was_judged_apart_stays_apart_over_others_too():
    works, _guessed = join_works(3, [], [(0, 2)], [(0, 1), (1, 2), (0, 2)])

    assert works[0] == works[1] != works[2]


def test_judgements_that_contradict_each_other_part():
    works, _guessed = join_works(3, [(0, 1), (1, 2)], [(0, 2)], [])

    assert works[0] == works[1] != works[2]


_pairs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1]))


@given(_pairs, _pairs, _pairs)
def test_no_work_holds_what_was_judged_apart(same, apart, alike):
    works, guessed = join_works(12, same, apart, alike)

    assert all(works[one] != works[other] for one, other in apart)
    assert guessed <= set(works)

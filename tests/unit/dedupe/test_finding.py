"""Pairs among many names, and one name among many."""

import pytest

from cms.dedupe.finding import MOST_EACH_WITH_EACH, Work, find_pairs
from cms.dedupe.index import Index
from tests.factories.similar_names import plant, quality


def test_planted_names_are_found_and_few_others():
    works, planted = plant(5_000)

    recall, precision = quality(planted, find_pairs(works))

    assert recall >= 0.95
    assert precision >= 0.90


@pytest.mark.parametrize("works", [[], [Work("1", "")], [Work("1", "  "), Work("2", "")]])
def test_a_list_without_names_has_no_pairs(works):
    assert find_pairs(works) == []


def test_one_list_sent_by_two_agencies_pairs_each_work_with_its_copy():
    works, _planted = plant(200, seed=3)
    names = list(dict.fromkeys(work.name for work in works))[:100]

    pairs = find_pairs([Work(f"{at}{agency}", name) for at, name in enumerate(names) for agency in "ab"])

    assert {(f"{at}a", f"{at}b") for at in range(100)} <= {(pair.a, pair.b) for pair in pairs}


def test_a_cluster_of_five_thousand_is_paired_with_its_first():
    pairs = find_pairs([Work(str(at), "Tiếp công dân") for at in range(5_000)])

    assert len(pairs) == 4_999
    assert {pair.a for pair in pairs} == {"0"}
    assert MOST_EACH_WITH_EACH < 5_000


def test_one_name_is_looked_up_among_many_without_itself():
    index = Index([Work("1", "Thẩm định dự toán ngân sách xã"), Work("2", "Tiếp công dân"), Work("3", "Tiếp dân")])

    assert [each.work.id for each in index.alike(Work("new", "Tham dinh du toan NS xa"))] == ["1"]
    assert [each.work.id for each in index.alike(Work("new", "Thẩm địhn dự toán ngân sách của xã"))] == ["1"]
    assert index.alike(Work("2", "Tiếp công dân")) == []
    assert index.alike(Work("new", "")) == []


def test_asking_the_index_finds_what_comparing_all_finds():
    works, planted = plant(2_000, seed=5)
    index = Index(works)
    by_id = {work.id: work for work in works}

    found = sum(first in {each.work.id for each in index.alike(by_id[copy], most=50)} for first, copy in planted)

    assert found / len(planted) >= 0.95

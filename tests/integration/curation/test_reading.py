"""What items say is known, compared as it comes, and joined into clusters."""

import pytest

from cms.catalogs import actions as catalog_actions
from cms.curation import actions
from cms.curation.known import known_works
from cms.curation.models import CatalogReading, Cluster, LikePair, WorkText, WorkUse
from cms.dedupe.finding import Work
from tests.factories import catalogs
from tests.integration.curation.conftest import OURS, THEIRS, make_list, read

pytestmark = pytest.mark.django_db


def names(pairs):
    return {(pair.one.name, pair.other.name) for pair in pairs.filter(is_current=True)}


def test_alike_works_of_two_agencies_are_joined_and_others_are_not(lists):
    assert names(LikePair.objects) == {(OURS[0], THEIRS[0]), (OURS[2], OURS[2])}
    assert sorted(Cluster.objects.values_list("texts", "catalogs", "open_pairs")) == [(1, 2, 1), (2, 2, 1)]
    pair = LikePair.objects.get(other__name=THEIRS[0])
    assert [code for code, _words in pair.reasons] == ["same_words", "written_out"]


def test_a_version_is_read_when_it_moves_on_and_forgotten_when_it_is_taken_back(
    people, province, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        version = make_list(people, province.statistics, OURS)
    assert WorkUse.objects.filter(version=version).count() == 3
    assert not CatalogReading.objects.filter(done_at=None).exists()

    with django_capture_on_commit_callbacks(execute=True):
        catalogs.send_back(version, people["editor"])
    assert not WorkUse.objects.exists()
    assert WorkText.objects.count() == 3


def test_what_an_item_said_before_is_remembered_and_is_no_pair(lists, people):
    version = lists[0]
    item = version.items.get(name=OURS[0])
    catalog_actions.edit_items(
        by=people["editor"], version=version, items=[item], reason="Rõ hơn",
        changes={"name": "Soạn thảo báo cáo hằng quý về cải cách hành chính"},
    )  # fmt: skip
    read()

    use = WorkUse.objects.get(item=item)
    assert (use.former.name, use.text.name) == (OURS[0], "Soạn thảo báo cáo hằng quý về cải cách hành chính")
    assert (OURS[0], use.text.name) not in names(LikePair.objects)
    assert (THEIRS[0], use.text.name) in names(LikePair.objects)


def test_names_of_one_and_of_two_thousand_characters_are_read(people, province):
    long = " ".join(["rà soát quy hoạch sử dụng đất"] * 70)[:1990]
    make_list(people, province.statistics, ["X", long])
    make_list(people, province.office, ["X", f"{long} xã"])
    read()

    assert LikePair.objects.filter(one__name="X", other__name="X", is_current=True).exists()
    assert WorkText.objects.filter(name=long).exists()


def test_the_same_list_from_two_agencies_is_asked_once_for_each_work(people, province):
    for agency in (province.statistics, province.office):
        make_list(people, agency, OURS)
    read()

    assert sorted(Cluster.objects.values_list("texts", "catalogs", "open_pairs")) == [(1, 2, 1)] * 3


def test_comparing_anew_keeps_what_was_judged(lists, people):
    pair = LikePair.objects.get(other__name=THEIRS[0])
    cluster = pair.one.cluster
    actions.judge(by=people["editor"], cluster=cluster, verdict="same", edition=cluster.edition)
    before = set(LikePair.objects.values_list("one", "other", "judgement"))

    actions.compare_all_anew()

    assert set(LikePair.objects.values_list("one", "other", "judgement")) == before
    assert known_works().alike(Work("", THEIRS[0]), 5)
